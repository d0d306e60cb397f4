"""The 47 prefectures as squares of equal size, placed by `reference/prefecture_map.py`."""

from typing import NamedTuple

from aggregates.reference.prefecture_map import TILE_COLUMNS, TILE_PLACES, TILE_ROWS
from projections.documents.overview import PrefectureRow

SIDE = 60
GAP = 4

WIDTH = round(TILE_COLUMNS * (SIDE + GAP) - GAP)
HEIGHT = round(TILE_ROWS * (SIDE + GAP) - GAP)

_STEPS = (0.0, 0.01, 20.0, 40.0, 60.0, 80.0, 100.0)


class MapTile(NamedTuple):
    """One prefecture on the map.

    Attributes:
        code: Prefecture code.
        x: Left edge.
        y: Upper edge.
        row: What is known about it; None where no unit of the election lies.
        step: Progress in steps from 0 (nothing) to 6 (everything final).
        percent: Units whose figures are final, in percent, over every kind of contest.
    """

    code: str
    x: float
    y: float
    row: PrefectureRow | None
    step: int
    percent: float


def tiles(rows: list[PrefectureRow]) -> list[MapTile]:
    """Every prefecture in order of code."""
    known = {row.code: row for row in rows}
    return [_tile(code, known.get(code)) for code in sorted(TILE_PLACES)]


def _tile(code: str, row: PrefectureRow | None) -> MapTile:
    column, line = TILE_PLACES[code]
    percent = final_percent(row) if row is not None else 0.0
    step = sum(percent >= start for start in _STEPS) - 1
    return MapTile(
        code, round(column * (SIDE + GAP), 1), round(line * (SIDE + GAP), 1), row, step, percent
    )


def final_percent(row: PrefectureRow) -> float:
    """Units final out of all, in percent cut to one decimal: 100 only when every one is."""
    units = sum(progress.units for progress in row.progress.values())
    final = sum(progress.final - progress.contested for progress in row.progress.values())
    return max(0, final * 1000 // units) / 10 if units else 0.0
