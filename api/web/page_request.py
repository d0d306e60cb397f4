"""One visit of a page: who asks for what, in which language, at which position of the log.

A page is rendered once per version and kept compressed; the same reader coming back gets 304. No
page sets a cookie, and no page holds a script or a style of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated
from urllib.parse import unquote, urlencode

from fastapi import Depends, Request, Response
from jinja2 import Environment

from aggregates.rule_package.package import RulePackage
from api.http.app_state import AppState, app_state
from api.web.assets import edition
from api.web.colors import shades
from api.web.kind_names import ballots, kind_names
from api.web.page_cache import CachedPage, PageCache
from api.web.staleness import FreshnessMonitor, Staleness
from api.web.translations import Language, prefecture_names, translator
from projections.election_projection import ElectionProjection
from projections.views.entry_history import marks
from projections.views.search import search
from projections.views.whole_election.election_shape import election_shape

Context = dict[str, object]

_SECONDS = "public, max-age=2"
_MOMENTS = 24
"""Moments of the night offered to go back to."""
_LIKELY = 5
"""What may have been meant by an address that leads nowhere."""
_FRAMES_NOWHERE = "frame-ancestors 'none'"
_FRAMES_ANYWHERE = "frame-ancestors *"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"
)
_DIGITS_MAX = 15


class PageRequest:
    """One request for a page.

    Attributes:
        request: The request.
        services: The log and its night.
        language: `ja`, or `en` below /en.
        path: Address of the page without the language.
        at: Position of the log to be shown; 0 for the present.
        has_position: False when the address asks for a position that is no number.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.services: AppState = app_state(request)
        path = request.url.path
        is_english = path == "/en" or path.startswith("/en/")
        self.language: Language = "en" if is_english else "ja"
        self.path = (path.removeprefix("/en") or "/") if is_english else path
        typed = request.query_params.get("at", "")
        self.at = _position(typed)
        self.has_position = typed == "" or self.at > 0

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
        build: Callable[[ElectionProjection], Context],
        *,
        query: Mapping[str, str] | None = None,
        stamp: str = "",
        frames: bool = False,
    ) -> Response:
        """A page of the documents it shows; missing when one of them does not exist.

        Args:
            template: Name of the template.
            documents: Public documents whose change changes this page.
            build: Asks the state for what the template shows.
            query: What else of the address matters: the query as far as the page knows it.
            stamp: What else changes this page, beside its documents.
            frames: Whether other sites may show this page in a frame.
        """
        needed = tuple(documents)
        if not self.services.election:
            return self.plain("waiting.html", {}, status=200)
        if not self.has_position or self.at > self.services.live.position:
            return self.missing()
        asked = {name: value for name, value in (query or {}).items() if value}
        if 0 < self.at < self.services.live.position:
            return self._past(template, needed, build, asked, frames=frames)
        try:
            version = self.services.live.read(lambda n: max(n.versions[each] for each in needed))
        except KeyError:
            return self.missing()
        standing = self._standing()
        tag = f'"{version}-{edition()}{standing.token}{stamp}"'
        address = f"{self.request.url.path}?{urlencode(asked)}"
        kept = self._cache.get(address, tag)
        if kept is None:
            shown = self.services.live.read(lambda state: {**_common(state), **build(state)})
            shown |= {"position": version, "documents": " ".join(needed)}
            shown |= {"asked": asked, "compared": needed[0]}
            kept = self._cache.put(address, tag, self._render(template, shown, standing))
        return self._answer(kept, frames=frames)

    def _past(
        self,
        template: str,
        needed: tuple[str, ...],
        build: Callable[[ElectionProjection], Context],
        asked: Mapping[str, str],
        *,
        frames: bool,
    ) -> Response:
        """The page as it stood at a position; it will never change, so it needs no stream."""
        address = f"{self.request.url.path}?{urlencode({**asked, 'at': self.at})}"
        tag = f'"{self.at}-{edition()}"'
        kept = self._cache.get(address, tag)
        if kept is None:

            def at_position(state: ElectionProjection) -> Context | None:
                if any(each not in state.versions for each in needed):
                    return None
                return {**_common(state), **build(state), "position": self.at, "past": self.at}

            shown = self.services.live.read_at(self.at, at_position)
            if shown is None:
                return self.missing()
            shown |= {
                "end": self.services.live.position,
                "moments": self.services.live.read(lambda state: marks(state, _MOMENTS)),
                "asked": asked,
                "compared": needed[0],
            }
            kept = self._cache.put(address, tag, self._render(template, shown))
        return self._answer(kept, frames=frames)

    def still(self, template: str, context: Context, *, stamp: str) -> Response:
        """A page that does not follow this log; the context brings the head of its election.

        Args:
            template: Name of the template.
            context: What it shows.
            stamp: What it shows has this version.
        """
        tag = f'"{stamp}-{edition()}"'
        kept = self._cache.get(self.request.url.path, tag)
        if kept is None:
            kept = self._cache.put(self.request.url.path, tag, self._render(template, context))
        return self._answer(kept, frames=False)

    def plain(self, template: str, context: Context, *, status: int) -> Response:
        """A page outside the versions: waiting, missing."""
        context = {"head": None, **context}
        headers = self._headers(frames=False) | {"Cache-Control": "no-store"}
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
                    "head": _head(state),
                    "likely": search(state, meant, _LIKELY)[0],
                    "end": state.position,
                }
            )
            is_beyond = not self.has_position or self.at > self.services.live.position
            shown["typed_at"] = self.request.query_params["at"][:20] if is_beyond else ""
        self.at = 0
        return self.plain("missing.html", shown, status=404)

    @property
    def _cache(self) -> PageCache:
        cache: PageCache = self.request.app.state.pages
        return cache

    def _standing(self) -> Staleness:
        watch: FreshnessMonitor = self.request.app.state.watch
        return watch.standing()

    def _render(self, template: str, context: Context, standing: Staleness | None = None) -> bytes:
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
            "standing": standing or Staleness(),
            "prefecture_names": prefecture_names(self.language),
            **context,
        }
        if isinstance(package := shown.get("package"), RulePackage):
            shown |= {"kinds": kind_names(package, self.language), "ballots": ballots(package)}
        return environment.get_template(template).render(shown).encode()

    def _answer(self, kept: CachedPage, *, frames: bool) -> Response:
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


def _head(state: ElectionProjection) -> Context:
    """Which election, and whether it is real."""
    facts = state.register().facts
    return {
        "election": facts.id,
        "name": facts.name,
        "environment": facts.environment,
        "is_rehearsal": facts.environment == "rehearsal",
        "polling_day": facts.polling_day,
        "is_replay": facts.is_replay,
        "is_national": election_shape(state).is_national,
        "has_review": any(c.rule.ballot == "justices" for c in state.contests.values()),
    }


def _common(state: ElectionProjection) -> Context:
    """What every page shows: which election, where the log stands, the parties' colours."""
    parties = state.register().parties
    return {
        "head": _head(state),
        "phase": state.register().phase,
        "updated_at": state.times[-1],
        "parties": parties,
        "shades": shades(parties),
        "end": state.position,
        "moments": marks(state, _MOMENTS),
        "package": state.register().package,
    }


def _position(text: str) -> int:
    """A position from the address; 0 where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX else 0


def _visit(request: Request) -> PageRequest:
    return PageRequest(request)


AVisit = Annotated[PageRequest, Depends(_visit)]
