"""One visit of a page: who asks for what, in which language, at which position of the log.

A page is rendered once per version and kept compressed; the same reader coming back gets 304. No
page sets a cookie, and no page holds a script or a style of its own.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Annotated, NamedTuple
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from jinja2 import Environment

from api.house import House, house_of
from api.web.assets import edition
from api.web.words import Language, prefecture_names, translator
from projections.night import Night
from projections.pages.history import marks

Context = dict[str, object]

_SECONDS = "public, max-age=2"
_PAGES_MAX = 500
_MOMENTS = 24
"""Moments of the night offered to go back to."""
_FRAMES_NOWHERE = "frame-ancestors 'none'"
_FRAMES_ANYWHERE = "frame-ancestors *"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"
)


class Kept(NamedTuple):
    """A rendered page."""

    tag: str
    body: bytes
    compressed: bytes


class PageShelf:
    """The pages rendered last, by address."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Kept] = OrderedDict()

    def get(self, address: str, tag: str) -> Kept | None:
        """The page of this version, if it is still here."""
        kept = self._pages.get(address)
        return kept if kept is not None and kept.tag == tag else None

    def put(self, address: str, tag: str, body: bytes) -> Kept:
        """Keep a page, and let go of the oldest."""
        kept = Kept(tag, body, gzip.compress(body, 6, mtime=0))
        self._pages[address] = kept
        self._pages.move_to_end(address)
        while len(self._pages) > _PAGES_MAX:
            self._pages.popitem(last=False)
        return kept


class Visit:
    """One request for a page.

    Attributes:
        request: The request.
        house: The log and its night.
        language: `ja`, or `en` below /en.
        path: Address of the page without the language.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.house: House = house_of(request)
        path = request.url.path
        is_english = path == "/en" or path.startswith("/en/")
        self.language: Language = "en" if is_english else "ja"
        self.path = (path.removeprefix("/en") or "/") if is_english else path
        self.at = _position(request.query_params.get("at", ""))

    def link(self, path: str, **query: object) -> str:
        """An address in the reader's language."""
        prefix = "/en" if self.language == "en" else ""
        travelled = {"at": self.at} if self.at and not path.startswith("/v1/") else {}
        asked = {k: v for k, v in {**query, **travelled}.items() if v not in {None, ""}}
        return f"{prefix}{path}" + (f"?{urlencode(asked)}" if asked else "")

    def page(
        self,
        template: str,
        documents: Iterable[str],
        build: Callable[[Night], Context],
        *,
        key: str = "",
        frames: bool = False,
    ) -> Response:
        """A page of the documents it shows; missing when one of them does not exist.

        Args:
            template: Name of the template.
            documents: Public documents whose change changes this page.
            build: Asks the night for what the template shows.
            key: What else of the address matters: the query as far as the page knows it.
            frames: Whether other sites may show this page in a frame.
        """
        needed = tuple(documents)
        if not self.house.election:
            return self.plain("waiting.html", {}, status=200)
        if 0 < self.at < self.house.live.position:
            return self._past(template, needed, build, frames=frames)
        try:
            version = self.house.live.read(lambda n: max(n.versions[each] for each in needed))
        except KeyError:
            return self.missing()
        address = f"{self.request.url.path}?{key}"
        tag = f'"{version}-{edition()}"'
        shelf: PageShelf = self.request.app.state.pages
        kept = shelf.get(address, tag)
        if kept is None:
            shown = self.house.live.read(lambda night: {**_common(night), **build(night)})
            shown |= {"position": version, "documents": " ".join(needed), "past": None}
            kept = shelf.put(address, tag, self._render(template, shown))
        return self._answer(kept, frames=frames)

    def _past(
        self,
        template: str,
        needed: tuple[str, ...],
        build: Callable[[Night], Context],
        *,
        frames: bool,
    ) -> Response:
        """The page as it stood at a position; it will never change, so it needs no stream."""
        address = str(self.request.url)
        shelf: PageShelf = self.request.app.state.pages
        tag = f'"{self.at}-{edition()}"'
        kept = shelf.get(address, tag)
        if kept is None:

            def at_position(night: Night) -> Context | None:
                if any(each not in night.versions for each in needed):
                    return None
                return {**_common(night), **build(night), "position": self.at, "past": self.at}

            shown = self.house.live.read_at(self.at, at_position)
            if shown is None:
                return self.missing()
            shown["end"] = self.house.live.position
            kept = shelf.put(address, tag, self._render(template, shown))
        return self._answer(kept, frames=frames)

    def plain(self, template: str, context: Context, *, status: int) -> Response:
        """A page outside the versions: waiting, missing."""
        context = {"head": None, **context}
        headers = self._headers(frames=False) | {"Cache-Control": "no-store"}
        return Response(self._render(template, context), status, headers, "text/html")

    def missing(self) -> Response:
        """There is no such page."""
        head = None
        if self.house.election:
            head = self.house.live.read(_common)["head"]
        return self.plain("missing.html", {"head": head}, status=404)

    def _render(self, template: str, context: Context) -> bytes:
        environment: Environment = self.request.app.state.templates
        other: Language = "ja" if self.language == "en" else "en"
        shown = {
            "t": translator(self.language),
            "lang": self.language,
            "other_language": other,
            "other_address": ("/en" if other == "en" else "") + self.path,
            "link": self.link,
            "path": self.path,
            "past": None,
            "prefecture_names": prefecture_names(self.language),
            **context,
        }
        return environment.get_template(template).render(shown).encode()

    def _answer(self, kept: Kept, *, frames: bool) -> Response:
        headers = self._headers(frames=frames) | {"ETag": kept.tag, "Cache-Control": _SECONDS}
        if self.request.headers.get("if-none-match") == kept.tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in self.request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(kept.compressed, headers=headers, media_type="text/html")
        return Response(kept.body, headers=headers, media_type="text/html")

    @staticmethod
    def _headers(*, frames: bool) -> dict[str, str]:
        ancestors = _FRAMES_ANYWHERE if frames else _FRAMES_NOWHERE
        return {
            "Content-Security-Policy": f"{_POLICY}; {ancestors}",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Vary": "Accept-Encoding",
        }


def _common(night: Night) -> Context:
    """What every page shows: which election, whether it is real, where the log stands."""
    facts = night.register().facts
    return {
        "head": {
            "election": facts.id,
            "name": facts.name,
            "environment": facts.environment,
            "is_rehearsal": facts.environment == "rehearsal",
            "polling_day": facts.polling_day,
        },
        "phase": night.register().phase,
        "updated_at": night.times[-1],
        "parties": night.register().parties,
        "end": night.position,
        "moments": marks(night, _MOMENTS),
    }


_DIGITS_MAX = 15


def _position(text: str) -> int:
    """A position from the address; 0 for the present."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX else 0


def _visit(request: Request) -> Visit:
    return Visit(request)


AVisit = Annotated[Visit, Depends(_visit)]
