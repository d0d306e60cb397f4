"""Units of one contest never overlap: what two of them cover would be counted twice.

A municipality that lies in several contests or districts is divided into numbered parts (`13101.1`,
`13101.2`); only such parts may name the same municipality. A designated city covers its wards.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from aggregates.election.geography import Unit, covered_municipalities, is_numbered_part

DESIGNATED_CITIES: Final = (
    "01100", "04100", "11100", "12100", "14100", "14130", "14150", "15100",
    "22100", "22130", "23100", "26100", "27100", "27140", "28100", "33100",
    "34100", "40100", "40130", "43100",
)  # fmt: skip
"""Cities designated by cabinet order, which have wards (全国地方公共団体コード)."""

_TOKYO: Final = "13"
"""Its codes of that range are the special wards, which belong to no city."""


def overlap_fault(units: Iterable[Unit]) -> str:
    """Two units that cover the same place, in Japanese; empty when none do."""
    by_place: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        for place in covered_municipalities(unit):
            by_place[place].append(unit.code)
    for place, codes in sorted(by_place.items()):
        wholes = [code for code in codes if not is_numbered_part(code)]
        if wholes and len(codes) > 1:
            return _sentence(place, codes)
        city = _city(place)
        if city is not None and city in by_place:
            return _sentence(city, [*by_place[city], *codes])
    return ""


def _sentence(place: str, codes: list[str]) -> str:
    named = "と".join(dict.fromkeys(codes))
    return f"{named}は同じ市区町村{place}を含み、票が二重に数えられます"


def _city(place: str) -> str | None:
    """The designated city of a ward; None for what is no ward."""
    is_ward = place[2] == "1" and not place.startswith(_TOKYO) and place not in DESIGNATED_CITIES
    if not is_ward:
        return None
    within = [city for city in DESIGNATED_CITIES if city[:2] == place[:2] and city < place]
    return within[-1] if within else None
