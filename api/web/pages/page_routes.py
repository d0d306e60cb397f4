"""Pages for people, put together: templates, files, and the routes of each role."""

from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException

from aggregates.counting.succession import DEPARTURE_CAUSES
from aggregates.rule_package.japan import JAPAN
from api.http.app_state import AppState
from api.web import assets
from api.web.filters import FILTERS
from api.web.kept_pages import KeptPages
from api.web.kind_names import KIND_WORDS, NOTICE_WORDS, STATUS_WORDS, ballots, kinds_by_most
from api.web.page_request import PageRequest
from api.web.pages import (
    archive_pages,
    auditor_pages,
    centre,
    control,
    embed_pages,
    people_pages,
    public_pages,
    race_page,
    report_pages,
    savings_page,
    seat_map_page,
    setup,
    site_pages,
    survey_pages,
)
from api.web.pages.easy import easy_pages
from api.web.pages.easy.furigana import reading_above, with_furigana
from api.web.seat_bar import majority
from api.web.staleness import FreshnessMonitor
from infra.services.archive.previous_elections import ArchiveUnreadableError

_NOT_FOUND = 404
_BROKEN = 502
_TEMPLATES = Path(__file__).parents[1] / "templates"
_ROUTERS: tuple[APIRouter, ...] = (
    public_pages.router,
    race_page.router,
    seat_map_page.router,
    site_pages.file_router,
    site_pages.router,
    people_pages.router,
    embed_pages.router,
    auditor_pages.router,
    savings_page.router,
    archive_pages.router,
    survey_pages.router,
    report_pages.router,
    centre.router,
    control.router,
    setup.router,
)


def install(app: FastAPI) -> None:
    """Add the pages, in both languages, and what they need."""
    app.state.templates = templates()
    services: AppState = app.state.services
    app.state.pages = KeptPages(services.live)
    app.state.watch = FreshnessMonitor(services.live, lambda: services.public)
    app.state.key_mailbox = setup.KeyMailbox()
    include_pages(app)
    _show_missing_pages(app)


def include_pages(app: FastAPI) -> None:
    """Add the addresses of pages and of what they ask."""
    app.include_router(assets.router)
    app.include_router(survey_pages.data_router)
    app.include_router(report_pages.data_router)
    app.include_router(centre.data_router)
    app.include_router(centre.code_router)
    app.include_router(control.data_router)
    app.include_router(setup.data_router)
    app.include_router(setup.check_router)
    app.include_router(setup.mailbox_router)
    _include_in_both_languages(app, _ROUTERS)
    app.include_router(easy_pages.router)


def install_founding(app: FastAPI, running: FastAPI) -> None:
    """Add the page that founds an election, where there is no log yet; all others lead there.

    Args:
        app: The application of such a server.
        running: The table of one that has a log.
    """
    app.state.templates = templates()
    app.state.key_mailbox = setup.KeyMailbox()
    app.include_router(assets.router)
    app.include_router(setup.data_router)
    app.include_router(setup.check_router)
    # A founder's key may be made on a device of its own, before there is an election.
    app.include_router(setup.mailbox_router)
    app.include_router(centre.code_router)
    _include_in_both_languages(app, (setup.router, site_pages.file_router))
    setup.add_awaited_routes(app, running)
    _show_missing_pages(app)


def _include_in_both_languages(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    for router in routers:
        app.include_router(router)
        app.include_router(router, prefix="/en")


@cache
def templates() -> Environment:
    """The templates with their filters and words: compiled once in a process, however many apps."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, furigana=with_furigana, reading=reading_above)
    environment.globals.update(
        asset=assets.address,
        kinds=KIND_WORDS,
        ballots=ballots(JAPAN),
        kinds_by_most=kinds_by_most(JAPAN),
        statuses=STATUS_WORDS,
        notices=NOTICE_WORDS,
        departure_causes=DEPARTURE_CAUSES,
        majority=majority,
    )
    return environment


def _show_missing_pages(app: FastAPI) -> None:
    """People who mistype an address get a page; programs keep getting a problem."""
    for kind in (HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _page_or(app.exception_handlers[kind]))
    app.add_exception_handler(ArchiveUnreadableError, _not_as_published)


def _page_or(as_problem: Callable[..., object]) -> Callable[..., Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        accepts = request.headers.get("accept", "")
        is_page = "text/html" in accepts and not request.url.path.startswith("/v1/")
        # What cannot be read as a number or a word of the address leads nowhere either.
        if is_page and getattr(error, "status_code", _NOT_FOUND) == _NOT_FOUND:
            return PageRequest(request).missing()
        answered: Response = await as_problem(request, error)  # type: ignore[misc]
        return answered

    return answer


async def _not_as_published(request: Request, _: Exception) -> Response:
    return PageRequest(request).plain("archive_broken.html", {}, status=_BROKEN)
