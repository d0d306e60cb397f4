"""Seats of the Upper House districts at a regular election (POEA 14, annexed table 3): data.

The table states both halves of the House; a regular election fills one of them. Seats not listed
are one. Polling days before the table begins, and places that are no district in it, are unknown:
nothing is guessed for them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from aggregates.law.thresholds import Dated

_PREFECTURES = 47
_JOINT = (("31", "32"), ("36", "39"))
"""鳥取・島根 and 徳島・高知 are one district each (合同選挙区)."""


def _table(several: Mapping[str, int]) -> Mapping[tuple[str, ...], int]:
    joined = {code for joint in _JOINT for code in joint}
    alone = (f"{number:02d}" for number in range(1, _PREFECTURES + 1))
    single = {(code,): several.get(code, 1) for code in alone if code not in joined}
    return MappingProxyType({**single, **dict.fromkeys(_JOINT, 1)})


_OF_2018 = _table(
    {
        "01": 3,
        "08": 2,
        "11": 4,
        "12": 3,
        "13": 6,
        "14": 4,
        "22": 2,
        "23": 4,
        "26": 2,
        "27": 4,
        "28": 3,
        "34": 2,
        "40": 3,
    }
)

REGULAR_SEATS: Dated[Mapping[tuple[str, ...], int]] = (
    # Amendment of 2018 (平成30年法律第75号), from the regular election of 2019 on; 148 seats.
    (date(2018, 10, 25), _OF_2018),
)


def regular_seats(prefectures: Sequence[str], polling_day: date) -> int | None:
    """Return the seats that a district fills at a regular election; None where unknown.

    Args:
        prefectures: codes of the prefectures of the district, ascending.
        polling_day: picks the table in force.
    """
    tables = [table for since, table in REGULAR_SEATS if since <= polling_day]
    return tables[-1].get(tuple(prefectures)) if tables else None
