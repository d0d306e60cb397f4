"""Where each prefecture stands on a map of equal tiles, on pages and on paper.

A tile shows each prefecture with its own weight; neighbours stand beside each other as far as
squares can. Rows are counted from the north, columns from the west.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TILE_PLACES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType({
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
})  # fmt: skip
"""Code -> (column, row). Shikoku and Kyushu are set off by a little water."""

TILE_COLUMNS: Final = 14
TILE_ROWS: Final = 12.2
