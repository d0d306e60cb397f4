"""A chart of seats and a tile map of turnout, as SVG that pages and paper share."""

from collections.abc import Iterator
from itertools import cycle
from typing import NamedTuple
from xml.sax.saxutils import escape

from aggregates.election.geography import PREFECTURES
from aggregates.reference.prefecture_map import TILE_COLUMNS, TILE_PLACES, TILE_ROWS
from infra.services.reporting.number_format import figure
from projections.statistics.table import TOTAL, Cell
from projections.statistics.tables.table_catalogue import Report

FONT = "Noto Sans CJK JP"
_BAR_COLOURS = (
    "#2f5d8a",
    "#8fb3d1",
    "#1f7a6b",
    "#a3cdbf",
    "#8a5a2f",
    "#d9bb8f",
    "#6a4c93",
    "#b9a7d4",
)
"""One per kind of contest in the order of the report; beyond these they begin again."""
_LOW, _HIGH = (0xE8, 0xF0, 0xF7), (0x1F, 0x4E, 0x79)
_DARK = 0.55
_MAPPED_MIN = 2
"""A map of a single prefecture says nothing."""


class Drawing(NamedTuple):
    """A chart or map, with what it shows.

    Attributes:
        title: Its heading.
        svg: Drawn.
        note: What has to be said under it.
        height: On paper, in millimetres.
    """

    title: str
    svg: str
    note: str
    height: int


def drawings(report: Report) -> Iterator[Drawing]:
    """The drawings of a report that have something to show."""
    found = (
        Drawing("党派別当選人数", seats_chart(report), "括弧内は選挙の種類ごとの内訳です。", 120),
        Drawing(
            "都道府県別投票率",
            turnout_map(report),
            f"1県を1つの升で示した略図です（％、{_mapped_kind(report)}）。",
            150,
        ),
    )
    return (each for each in found if each.svg)


def seats_chart(report: Report) -> str:
    """Seats by party, one bar each, its tiers one after the other; nothing without winners."""
    found = list(_seats(_records(report, "winners_by_party")))
    if not found:
        return ""
    row, left, width = 24, 170, 560
    most = max(1, *(sum(numbers) for _, numbers in found))
    parts: list[str] = []
    for place, (party, numbers) in enumerate(found):
        top, x = place * row, float(left)
        parts.append(_text(left - 8, top + 16, party, anchor="end"))
        for number, colour in zip(numbers, cycle(_BAR_COLOURS), strict=False):
            size = width * number / most
            parts.append(_rect(x, top + 3, size, row - 6, colour))
            x += size
        said = "＋".join(str(number) for number in numbers)
        parts.append(_text(x + 6, top + 16, f"{sum(numbers)}（{said}）"))
    return _svg(left + width + 130, row * len(found), parts)


def _records(report: Report, name: str) -> list[dict[str, Cell]]:
    """Rows of a table; none where the election has no such table, as a review of justices."""
    return [row for table in report.tables if table.id == name for row in table.records()]


def _seats(records: list[dict[str, Cell]]) -> Iterator[tuple[str, list[int]]]:
    seats: dict[str, dict[str, int]] = {}
    sections: list[str] = []
    for record in records:
        section, party = str(record["section"]), str(record["party"])
        if record["status"] != "計" or section == "total":
            continue
        if section not in sections:
            sections.append(section)
        number = record["total"]
        if party != TOTAL and isinstance(number, int):
            seats.setdefault(party, {})[section] = number
    order = sorted(seats.items(), key=lambda each: -sum(each[1].values()))
    for party, numbers in order:
        if any(numbers.values()):
            yield party, [numbers.get(section, 0) for section in sections]


def turnout_map(report: Report) -> str:
    """Turnout of every prefecture as a tile; nothing where fewer than two prefectures voted."""
    rates = _rates(_records(report, "turnout"))
    if len(rates) < _MAPPED_MIN:
        return ""
    low, high = min(rates.values()), max(rates.values())
    parts: list[str] = []
    size = 50
    for code, (column, row) in TILE_PLACES.items():
        x, y = column * size, row * size
        rate = rates.get(code)
        depth = 0.0 if rate is None else (rate - low) / max(high - low, 1)
        parts.append(_rect(x + 1, y + 1, size - 2, size - 2, _shade(depth)))
        ink = "#ffffff" if depth > _DARK else "#1a1a1a"
        name = PREFECTURES[code].removesuffix("県").removesuffix("府")
        name = name.removesuffix("都") if name != "京都" else name
        parts.append(_text(x + size / 2, y + 21, name, anchor="middle", ink=ink, size=12))
        said = figure("percent", rate) if rate is not None else "－"
        parts.append(_text(x + size / 2, y + 38, said, anchor="middle", ink=ink, size=12))
    return _svg(TILE_COLUMNS * size, TILE_ROWS * size, parts)


def _rates(records: list[dict[str, Cell]]) -> dict[str, int]:
    """Rates by prefecture of the kind of contest that most prefectures hold."""
    tiers = _rates_by_tier(records)
    return max(tiers.values(), key=len, default={})


def _rates_by_tier(records: list[dict[str, Cell]]) -> dict[str, dict[str, int]]:
    codes = {name: code for code, name in PREFECTURES.items()}
    tiers: dict[str, dict[str, int]] = {}
    for record in records:
        rate, code = record["rate_total"], codes.get(str(record["prefecture"]))
        if record["scope"] == "all" and isinstance(rate, int) and code is not None:
            tiers.setdefault(str(record["tier"]), {})[code] = rate
    return tiers


def _mapped_kind(report: Report) -> str:
    tiers = _rates_by_tier(_records(report, "turnout"))
    return report.words.get(max(tiers, key=lambda tier: len(tiers[tier]), default=""), "")


def _shade(depth: float) -> str:
    mixed = (round(a + (b - a) * depth) for a, b in zip(_LOW, _HIGH, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {place} fill="{colour}"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", ink: str = "#1a1a1a",
          size: int = 13) -> str:  # fmt: skip
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{ink}"'
    return f"<text {place}>{escape(text)}</text>"


def _svg(width: float, height: float, parts: list[str]) -> str:
    box = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    namespace = 'xmlns="http://www.w3.org/2000/svg"'
    return f'<svg {namespace} {box} font-family="{FONT}">{"".join(parts)}</svg>'
