"""One visit of a page: who asks for what, in which language, at which position of the log.

No page sets a cookie, and no page holds a script or a style of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, TypeVar, cast
from urllib.parse import quote, unquote, urlencode

from fastapi import Depends, Request, Response
from jinja2 import Environment

from aggregates.rule_package.package import RulePackage
from api.http.app_state import AppState, app_state
from api.http.cached_response import answer
from api.http.limits.client_address import sender_address
from api.http.limits.past_charge import charge_past
from api.web import translations as words
from api.web.assets import edition
from api.web.kept_pages import EncodedPage, KeptPages
from api.web.kind_names import ballots, kind_names, kinds_by_most
from api.web.page_facts import MOMENTS, common_facts, election_facts
from api.web.staleness import FreshnessMonitor, Staleness
from api.web.translations import Language, prefecture_names, translator
from projections.election_projection import ElectionProjection
from projections.views.entry_history import marks
from projections.views.searching.search import search

Context = dict[str, object]
TAnswer = TypeVar("TAnswer")

_SECONDS = "public, max-age=2"
_LIKELY = 5
"""What may have been meant by an address that leads nowhere."""
_FRAMES_NOWHERE = "frame-ancestors 'none'"
_FRAMES_ANYWHERE = "frame-ancestors *"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"
)
_DIGITS_MAX = 15
_PATH = "/:@!$&'()*+,;=~"


class PageRequest:
    """One request for a page.

    Attributes:
        request: The request.
        services: The log and its night.
        prefix: How its address says the language: empty, `/en`, or that of plain Japanese.
        language: `ja`, or `en` below /en.
        path: Address of the page without the language.
        at: Position of the log to be shown; 0 for the present.
        has_position: False when the address asks for a position that is no number.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.services: AppState = app_state(request)
        # As the server took it: a library's address is put together with what the request says
        # of its host, and pages are kept by this one.
        path: str = request.scope["path"]
        self.prefix, own = words.split_prefix(path)
        self.language: Language = "en" if self.prefix == "/en" else "ja"
        # Two slashes, or what a browser takes for them, would name a host in links to this page.
        self.path = quote(f"/{own.lstrip('/')}", safe=_PATH)
        typed = request.query_params.get("at", "")
        self.at = _position(typed)
        self.has_position = typed == "" or self.at > 0

    def link(self, path: str, **query: object) -> str:
        """An address in the reader's language."""
        prefix = "" if self.prefix == words.EASY and not words.has_easy_form(path) else self.prefix
        travelled = {"at": self.at} if self.at and not path.startswith("/v1/") else {}
        asked = {k: v for k, v in {**query, **travelled}.items() if v not in {None, ""}}
        return f"{prefix}{path}" + (f"?{urlencode(asked)}" if asked else "")

    def page(
        self,
        template: str,
        documents: Iterable[str],
        build: Callable[[ElectionProjection], Context],
        *,
        query: Mapping[str, str] | None = None,
        stamp: str | None = None,
        frames: bool = False,
    ) -> Response:
        """A page of the documents it shows; missing when one of them does not exist.

        Args:
            template: Name of the template.
            documents: Public documents whose change changes this page.
            build: Asks the state for what the template shows.
            query: What else of the address matters: the query as far as the page knows it. Under
                these words the page is kept, so `build` must know no others.
            stamp: What else changes this page, which its route alone knows, be it nothing at the
                moment; None where nothing ever does: then it is answered without its route.
            frames: Whether other sites may show this page in a frame.
        """
        needed = tuple(documents)
        if not self.services.election:
            return self.plain("waiting.html", {}, status=200)
        if not self.has_position or self.at > self.services.live.position:
            return self.missing()
        asked = {name: value for name, value in (query or {}).items() if value}
        if 0 < self.at < self.services.live.position:
            return self._past(template, needed, build, asked, stamp=stamp, frames=frames)
        self.at = 0  # The present by its number is the present, and so are its links.
        watch: FreshnessMonitor = self.request.app.state.watch
        standing = watch.standing()

        def make() -> EncodedPage | None:
            shown = self.services.live.read(lambda state: _shown(state, needed, build))
            if shown is None:
                return None
            shown |= {"documents": " ".join(needed), "asked": asked, "compared": needed[0]}
            return EncodedPage(
                self._render(template, shown, standing),
                _SECONDS,
                tag=f"{shown['position']}-{edition()}{standing.token}{stamp or ''}",
                version=cast("int", shown["position"]),
                documents=needed,
                standing=standing.token,
                stamp=stamp,
                more=_headers(frames=frames),
            )

        return self._answer(asked, make, standing.token, stamp)

    def _past(
        self,
        template: str,
        needed: tuple[str, ...],
        build: Callable[[ElectionProjection], Context],
        asked: Mapping[str, str],
        *,
        stamp: str | None,
        frames: bool,
    ) -> Response:
        """The page as it stood at a position; the log never changes it, so it needs no stream."""

        def make() -> EncodedPage | None:
            shown = self.read_past(
                self.at, lambda state: _shown(state, needed, build, past=self.at)
            )
            if shown is None:
                return None
            shown |= {
                "end": self.services.live.position,
                "moments": self.services.live.read(lambda state: marks(state, MOMENTS)),
                "asked": asked,
                "compared": needed[0],
            }
            return EncodedPage(
                self._render(template, shown),
                _SECONDS,
                tag=f"{self.at}-{edition()}",
                stamp=stamp,
                more=_headers(frames=frames),
            )

        return self._answer({**asked, "at": str(self.at)}, make, stamp=stamp)

    def read_past(self, at: int, question: Callable[[ElectionProjection], TAnswer]) -> TAnswer:
        """Ask the state as it was at a position; the reader pays, or has to wait (429)."""
        charge_past(self.services.limit, sender_address(self.request, self.services.proxies))
        return self.services.live.read_at(at, question)

    def still(self, template: str, context: Context, *, stamp: str) -> Response:
        """A page that does not follow this log; the context brings the head of its election.

        Args:
            template: Name of the template.
            context: What it shows.
            stamp: What it shows has this version.
        """

        def make() -> EncodedPage:
            body = self._render(template, context)
            tag = f"{stamp}-{edition()}"
            return EncodedPage(body, _SECONDS, tag=tag, stamp=stamp, more=_headers(frames=False))

        return self._answer({}, make, stamp=stamp)

    def picture(
        self, template: str, document: str, build: Callable[[ElectionProjection], Context]
    ) -> bytes | None:
        """A picture of a document at the position asked for; None when there is none."""
        live = self.services.live
        if not self.services.election or not self.has_position or self.at > live.position:
            return None

        def shown(state: ElectionProjection) -> Context | None:
            return _shown(state, (document,), build, self.at)

        is_past = 0 < self.at < live.position
        found = self.read_past(self.at, shown) if is_past else live.read(shown)
        return self._render(template, found) if found is not None else None

    def plain(self, template: str, context: Context, *, status: int) -> Response:
        """A page outside the versions: waiting, missing."""
        context = {"head": None, **context}
        headers = _headers(frames=False) | {"Cache-Control": "no-store"}
        headers |= {"X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
        return Response(self._render(template, context), status, headers, "text/html")

    def missing(self) -> Response:
        """There is no such page: what was asked for, and what may have been meant."""
        kind, _, rest = self.path.strip("/").partition("/")
        meant = unquote(rest.rpartition("/")[2] or kind)
        shown: Context = {"kind": kind, "meant": meant, "likely": [], "end": 0}
        shown |= {"typed_at": "", "then": self.at}
        if self.services.election:
            shown |= self.services.live.read(
                lambda state: {
                    "head": election_facts(state),
                    "likely": search(state, meant, _LIKELY)[0],
                    "end": state.position,
                }
            )
            is_beyond = not self.has_position or self.at > self.services.live.position
            shown["typed_at"] = self.request.query_params["at"][:20] if is_beyond else ""
        self.at = 0
        return self.plain("missing.html", shown, status=404)

    def _render(self, template: str, context: Context, standing: Staleness | None = None) -> bytes:
        environment: Environment = self.request.app.state.templates
        other: Language = "ja" if self.language == "en" else "en"
        shown = {
            "t": translator(self.language),
            "lang": self.language,
            "other_language": other,
            "other_address": ("/en" if other == "en" else "") + self.path,
            "easy_address": words.easy_address(self.path),
            "link": self.link,
            "site": self.services.public_address,
            "is_mirror": self.services.is_mirror,
            "path": self.path,
            "past": None,
            "standing": standing or Staleness(),
            "prefecture_names": prefecture_names(self.language),
            **context,
        }
        if isinstance(package := shown.get("package"), RulePackage):
            shown |= {
                "kinds": kind_names(package, self.language),
                "ballots": ballots(package),
                "kinds_by_most": kinds_by_most(package),
            }
        return environment.get_template(template).render(shown).encode()

    def _answer(
        self,
        asked: Mapping[str, str],
        make: Callable[[], EncodedPage | None],
        standing: str | None = None,
        stamp: str | None = None,
    ) -> Response:
        """The page of this address, from memory or made now; missing where there is none."""
        pages: KeptPages = self.request.app.state.pages
        path: str = self.request.scope["path"]
        address = f"{path}?{urlencode(asked)}" if asked else path
        found = pages.get_or_make(address, make, standing, stamp)
        return self.missing() if found is None else answer(self.request, found)


def _headers(*, frames: bool) -> dict[str, str]:
    ancestors = _FRAMES_ANYWHERE if frames else _FRAMES_NOWHERE
    return {
        "content-security-policy": f"{_POLICY}; {ancestors}",
        "referrer-policy": "no-referrer",
    }


def _shown(
    state: ElectionProjection,
    needed: tuple[str, ...],
    build: Callable[[ElectionProjection], Context],
    past: int = 0,
) -> Context | None:
    """What a page shows of one position; None when a document of it does not exist."""
    if any(each not in state.versions for each in needed):
        return None
    position = past or max(state.versions[each] for each in needed)
    then = {"past": past} if past else {}
    return {**common_facts(state), **build(state), "position": position, **then}


def _position(text: str) -> int:
    """A position from the address; 0 where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX else 0


AVisit = Annotated[PageRequest, Depends()]
