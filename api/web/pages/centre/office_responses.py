"""How the pages of offices answer: shells of pages, and data read at one position."""

import gzip
from typing import Annotated

import msgspec
from fastapi import Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.http.app_state import wait_until_read
from api.web import assets
from api.web.page_request import AVisit, Context, PageRequest
from api.web.translations import Language

_NEVER = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept-Encoding",
}
_COMPRESSED_FROM = 1_000
_COMPRESSION = 4
"""A whole board has a megabyte; beyond this level it takes longer than a slow connection gains."""


def shell(visit: PageRequest, template: str, *folders: str) -> Response:
    """A page that fills itself in the browser; it holds nothing that changes during the night.

    Args:
        visit: Who asks.
        template: Its frame.
        folders: Where its modules lie: named in the page, they are fetched all at once.
    """
    if not visit.services.election:
        return visit.plain("waiting.html", {}, status=200)
    facts = visit.services.live.read(lambda state: state.register().facts)
    head = {
        "election": facts.id,
        "name": facts.name,
        "environment": facts.environment,
        "is_rehearsal": facts.environment == "rehearsal",
        "polling_day": facts.polling_day,
    }
    shown: Context = {"head": head, "modules": modules(folders, visit.language)}
    return visit.plain(template, shown, status=200)


def modules(folders: tuple[str, ...], language: Language) -> list[str]:
    """Scripts of some folders, for a page that names them so that they are fetched all at once."""
    return [
        name
        for name in assets.assets()
        if name.endswith(".js")
        and name.partition("/")[0] in folders
        and not name.endswith("service_worker.js")
        and (language == "en" or name != assets.ENGLISH)
    ]


def data(request: Request, value: object) -> Response:
    """Data for a page of an office: never kept by anybody on the way."""
    body = msgspec.json.encode(value)
    headers = dict(_NEVER)
    if len(body) > _COMPRESSED_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, _COMPRESSION, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, headers=headers, media_type="application/json")


_CATCH_UP_SECONDS_MAX = 3.0


async def _up_to_date(
    visit: AVisit, seen: Annotated[int, Query(ge=0, le=2**53)] = 0
) -> PageRequest:
    """A visit that reads no earlier than what the page has seen: who posts reads it next.

    Raises:
        HTTPException: 503 while the election is not defined; the page asks again.
    """
    if not await run_in_threadpool(lambda: visit.services.election):
        raise HTTPException(503, "No election is defined yet.")
    await wait_until_read(visit.services, seen, _CATCH_UP_SECONDS_MAX)
    return visit


UpToDate = Annotated[PageRequest, Depends(_up_to_date)]
