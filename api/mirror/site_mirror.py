"""All pages of a published state as files, found as a reader finds them: by their links."""

import asyncio
import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import httpx
import structlog
from starlette.types import ASGIApp

from api.app import create_app
from api.http.app_state import AppState
from api.http.limits.rate_limits import RateLimit
from api.mirror.mirror_addresses import file_path, is_feed, is_mirrored
from api.mirror.mirror_folder import MirrorFolder
from api.mirror.mirror_page import MirrorPage
from api.web.assets import address, assets
from infra.adapters.event_log.event_log import Log
from infra.services.publishing.publisher import Publisher
from infra.services.queries.published_read_model import PublishedReadModel

_BEGINNINGS: Final = (
    "/", "/en/", "/easy/", "/screen/", "/en/screen/", "/embed/national/", "/en/embed/national/",
    "/favicon.ico",
)  # fmt: skip
"""Pages that nothing need lead to: readers begin there, and others frame them."""
_OFFICES_SCRIPTS: Final = ("centre/", "control/", "setup/", "survey/", "report/")
_CONTEST: Final = re.compile(r"((?:/en)?)(/contests/[^/]+/[^/]+/)")
_FALLBACK: Final = "http://mirror.invalid"
"""Where the site is while nobody said where: no page of a mirror writes it."""

_log = structlog.get_logger(__name__)


class MirrorPass(NamedTuple):
    """What a pass over the pages did.

    Attributes:
        pages: Files of the mirror: pages, pictures, styles and scripts.
        written: Those whose bytes were others.
        written_bytes: Their bytes.
        removed: Those to which nothing leads any more.
        missing: Addresses to which pages lead and that did not answer.
    """

    pages: int
    written: int
    written_bytes: int
    removed: int
    missing: tuple[str, ...]


class SiteMirror:
    """Writes the pages of what a publisher has published.

    Args:
        log: The log.
        publisher: Its documents; pages are rendered from the very same state.
        to: The folder of both.

    Raises:
        FolderInUse: The folder has a site that is not of a mirror.
    """

    def __init__(self, log: Log, publisher: Publisher, to: Path) -> None:
        self._publisher = publisher
        self._folder = MirrorFolder(to)
        self._live = PublishedReadModel(log, publisher.state, publisher.roots)
        self._services = AppState(log, self._live, RateLimit(0, 1))
        self._services.is_mirror = True
        self._app: ASGIApp = create_app(self._services)

    def close(self) -> None:
        """Let go of what rendering needs."""
        self._services.broadcast.close()
        self._services.admission.close()
        self._services.uploads.close()
        self._live.stop()

    def write(self) -> MirrorPass:
        """Write every page of the published state.

        Raises:
            OSError: A file cannot be written. The next pass writes what this one left.
        """
        self._folder.begin()
        # Scripts and styles first: whoever finds a page finds what it needs.
        for name, asset in assets().items():
            if not name.startswith(_OFFICES_SCRIPTS):
                self._folder.write(file_path(address(name)), asset.body)
        # In a thread of its own: whoever calls may have a loop that runs.
        with ThreadPoolExecutor(1, "mirror") as aside:
            missing = aside.submit(lambda: asyncio.run(self._follow())).result()
        self._folder.remember()
        # While something failed nobody knows what it would have led to.
        removed = 0 if missing else self._folder.remove_others()
        for each in missing:
            _log.error("publish.page", address=each)
        folder = self._folder
        return MirrorPass(
            len(folder.files), folder.written, folder.written_bytes, removed, tuple(missing)
        )

    async def _follow(self) -> list[str]:
        missing: list[str] = []
        waiting = deque(_BEGINNINGS)
        seen = set(waiting)
        site = self._services.public_address or _FALLBACK
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=site) as client:
            while waiting:
                asked = waiting.popleft()
                found = await self._take(client, asked)
                if found is None:
                    missing.append(asked)
                    continue
                waiting.extend(sorted(found - seen))
                seen |= found
        return missing

    async def _take(self, client: httpx.AsyncClient, asked: str) -> set[str] | None:
        """Write one address; gives those it leads to, None where it did not answer."""
        answer = await _ask(client, asked)
        if answer.has_redirect_location:
            answer = await _ask(client, answer.headers["location"])
        if not answer.is_success:
            return None
        if not answer.headers.get("content-type", "").startswith("text/html"):
            self._folder.write(file_path(asked), answer.content)
            return set()
        page = MirrorPage(answer.content, self._has_document)
        card = await self._has_card(client, page, asked)
        self._folder.write(file_path(asked), page.body)
        if not card:
            return None
        framed = _framed(asked)
        static = {each for each in page.addresses if each.startswith("/static/")}
        return (page.addresses - static) | framed

    async def _has_card(self, client: httpx.AsyncClient, page: MirrorPage, asked: str) -> bool:
        """Draw the picture of a page anew where the page changes; it shows the same figures."""
        if not page.card or not is_mirrored(page.card):
            return True
        path = file_path(page.card)
        if path in self._folder.files:
            return True
        if self._folder.has(path) and self._folder.is_same(file_path(asked), page.body):
            self._folder.keep(path)
            return True
        answer = await _ask(client, page.card)
        if answer.is_success:
            self._folder.write(path, answer.content)
        return answer.is_success

    def _has_document(self, address: str) -> bool:
        parts = urlsplit(address)
        return is_feed(address) and not parts.query and self._folder.has(file_path(parts.path))


async def _ask(client: httpx.AsyncClient, asked: str) -> httpx.Response:
    """What the application answers; its addresses end in no slash but those of whole parts."""
    path = asked.rstrip("/")
    whole = path in {"", "/en", "/easy"}
    return await client.get(f"{path}/" if whole else path)


def _framed(asked: str) -> set[str]:
    """The form of a contest that others frame: no link leads there, its page says the address."""
    found = _CONTEST.fullmatch(asked)
    return set() if found is None else {f"{found[1]}/embed{found[2]}"}
