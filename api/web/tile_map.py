"""The 47 prefectures as squares of equal size, in a layout of our own.

A square shows each prefecture with its own weight; neighbours stand beside each other as far as
squares can. Rows are counted from the north, columns from the west.
"""

from collections.abc import Mapping
from typing import NamedTuple

from projections.documents.overview import PrefectureRow

SIDE = 60
GAP = 4

# Code -> (column, row). Shikoku and Kyushu are set off by a little water.
_PLACES: Mapping[str, tuple[float, float]] = {
    "01": (12, 0), "02": (12, 1.3), "05": (11, 2.3), "03": (12, 2.3),
    "06": (11, 3.3), "04": (12, 3.3), "17": (9, 4.3), "16": (10, 4.3), "15": (11, 4.3),
    "07": (12, 4.3), "18": (8, 5.3), "21": (9, 5.3), "20": (10, 5.3), "10": (11, 5.3),
    "09": (12, 5.3), "08": (13, 5.3), "32": (4, 6.3), "31": (5, 6.3), "28": (6, 6.3),
    "26": (7, 6.3), "25": (8, 6.3), "23": (9, 6.3), "19": (10, 6.3), "11": (11, 6.3),
    "13": (12, 6.3), "12": (13, 6.3), "35": (3, 7.3), "34": (4, 7.3), "33": (5, 7.3),
    "27": (7, 7.3), "29": (8, 7.3), "24": (9, 7.3), "22": (10, 7.3), "14": (11, 7.3),
    "30": (8, 8.3), "38": (4.6, 8.6), "37": (5.6, 8.6), "39": (4.6, 9.6), "36": (5.6, 9.6),
    "42": (0, 7.9), "41": (1, 7.9), "40": (2, 7.9), "43": (1, 8.9), "44": (2, 8.9),
    "46": (1, 9.9), "45": (2, 9.9), "47": (0, 11.2),
}  # fmt: skip

_COLUMNS, _ROWS = 14, 12.2
WIDTH = round(_COLUMNS * (SIDE + GAP) - GAP)
HEIGHT = round(_ROWS * (SIDE + GAP) - GAP)

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
    return [_tile(code, known.get(code)) for code in sorted(_PLACES)]


def _tile(code: str, row: PrefectureRow | None) -> MapTile:
    column, line = _PLACES[code]
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
