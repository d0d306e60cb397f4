"""What crawlers, feed readers and messengers ask of a site: its map, icon, pictures to share."""

import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from typing import Final

from fastapi import APIRouter, Response

from aggregates.election.geography import prefectures_among
from api.web.card_png import card_png
from api.web.page_request import AVisit, Context
from api.web.pages.overview_parts import overview_parts
from api.web.pages.public_pages import contest_page
from api.web.translations import easy_address, has_easy_form
from projections.election_projection import ElectionProjection
from projections.views.whole_election.race_list import list_address

router = APIRouter(include_in_schema=False)
file_router = APIRouter(include_in_schema=False)
"""What a server without an election has, too."""

_MINUTES: Final = {"Cache-Control": "public, max-age=300"}
_SHARED: Final = {"Cache-Control": "public, max-age=30", "X-Content-Type-Options": "nosniff"}
_PAGES: Final = (
    "/", "/races", "/turnout", "/corrections", "/coverage", "/downloads", "/audit", "/reports/",
)  # fmt: skip
_FORMS: Final = {"png": "image/png", "svg": "image/svg+xml"}
"""Networks show PNG; SVG is smaller and sharp at any size."""
_URLS_MAX: Final = 40_000
"""A site map has at most 50,000 addresses (sitemaps.org)."""

_ICON_SIDE: Final = 32
_BLUE, _WHITE = bytes((0x00, 0x17, 0xC1)), bytes((255, 255, 255))
_BAR_X: Final = 7
_BARS: Final = ((9, 25), (16, 25), (23, 22))
"""(first row, end of the row) of the three bars of the icon, three rows high from column 7."""


@file_router.get("/favicon.ico")
def favicon() -> Response:
    """The icon for programs that ask for it under its old name."""
    return Response(_icon(), media_type="image/x-icon", headers=_MINUTES)


@cache
def _icon() -> bytes:
    """An ICO file with one PNG in it, drawn as `icon.svg` is."""
    rows = []
    for y in range(_ICON_SIDE):
        end = next((end for first, end in _BARS if first <= y < first + 3), 0)
        rows.append(
            b"\x00" + b"".join(_WHITE if _BAR_X <= x < end else _BLUE for x in range(_ICON_SIDE))
        )
    header = struct.pack(">IIBBBBB", _ICON_SIDE, _ICON_SIDE, 8, 2, 0, 0, 0)
    image = b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body)
        for name, body in (
            (b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""),
        )
    )  # fmt: skip
    entry = struct.pack("<BBBBHHII", _ICON_SIDE, _ICON_SIDE, 0, 0, 1, 24, len(image), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + image


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@file_router.get("/robots.txt")
def robots(visit: AVisit) -> Response:
    """Everything public may be found, except what is computed for one reader; no rehearsal."""
    is_live = visit.services.election and visit.services.live.read(
        lambda state: state.register().facts.environment == "live"
    )
    lines = ["User-agent: *"]
    if is_live:
        own = ("/audit/diff", "/search", "/centre", "/control")
        lines += [f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in own]
        lines += ["Disallow: /*?*at=", f"Sitemap: {_site(visit)}/sitemap.xml"]
    else:
        lines.append("Disallow: /")
    return Response("\n".join(lines) + "\n", media_type="text/plain", headers=_MINUTES)


@router.get("/sitemap.xml")
def sitemap(visit: AVisit) -> Response:
    """Every page of contests and places, each with its other languages."""
    if not visit.services.election:
        return visit.missing()
    site = _site(visit)
    paths = visit.services.live.read(lambda state: list(_paths(state)))[:_URLS_MAX]
    body = "".join(_url(site, path) for path in paths)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{body}</urlset>\n'
    )
    return Response(text, media_type="application/xml", headers=_MINUTES)


def _site(visit: AVisit) -> str:
    return str(visit.request.base_url).rstrip("/")


def _paths(state: ElectionProjection) -> Iterator[str]:
    yield from _PAGES
    prefectures = prefectures_among(u.prefecture for u in state.register().units.values())
    yield from (f"/prefectures/{code}" for code in prefectures)
    yield from dict.fromkeys(
        list_address(contest) if contest.is_list else f"/contests/{contest.facts.id}"
        for contest in state.contests.values()
    )
    yield from (f"/parties/{party}" for party in state.register().parties)
    yield from (f"/districts/{code}" for code in state.register().units)


def _url(site: str, path: str) -> str:
    forms = {"en": f"/en{path}", "ja": path}
    if has_easy_form(path):
        forms["ja-simple"] = easy_address(path)
    other = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(site + address)}"/>'
        for language, address in forms.items()
    )
    return f"<url><loc>{escape(site + path)}</loc>{other}</url>\n"


@router.get("/cards/national.{form}")
def national_card(form: str, visit: AVisit) -> Response:
    """The picture of the election as a whole, for messengers."""
    return _card(visit, "national", lambda state: {**overview_parts(state), "contest": None}, form)


@router.get("/cards/contests/{kind}/{slug}.{form}")
def contest_card(kind: str, slug: str, form: str, visit: AVisit) -> Response:
    """The picture of one race."""
    key = f"contests/{kind}/{slug}"
    build = contest_page(key)
    return _card(visit, key, lambda state: {**build(state), "contest": key}, form)


def _card(
    visit: AVisit, document: str, build: Callable[[ElectionProjection], Context], form: str
) -> Response:
    found = visit.picture("card.xml", document, build) if form in _FORMS else None
    if found is None:
        return visit.missing()
    body = card_png(found) if form == "png" else found
    return Response(body, media_type=_FORMS[form], headers=_SHARED)
