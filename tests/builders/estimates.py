"""A night of which most figures were spread over units: told again, they are spread otherwise.

Two districts of a unit each, with the same sums of both. Whatever differs between two such nights
is an estimate.
"""

from collections.abc import Mapping
from typing import Final

from tests.builders.naming import CHIYODA, CHUO, DISTRICT_1, DISTRICT_2
from tests.builders.reports import correction, figures, tally, turnout, turnout_correction
from tests.support.gwt import Command

SPREAD: Final = (
    "cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters",
)  # fmt: skip
_PLACES = ((DISTRICT_1, "d1", CHIYODA), (DISTRICT_2, "d2", CHUO))


def spread_night(more: int) -> tuple[Command, ...]:
    """The first district has so many more of everything that was spread, the second fewer.

    Afterwards the first counts its turnout, and corrects its sheet, which stays an estimate.
    """
    reports = [
        command
        for (contest, stem, unit), sign in zip(_PLACES, (1, -1), strict=True)
        for command in (
            turnout(_turnout(sign * more), contest, unit),
            tally(_sheet(stem, sign * more), contest, unit),
        )
    ]
    counted = figures((990, 1010), (580, 590))
    return (*reports, turnout_correction(counted), correction(_sheet("d1", more, blank=1)))


def _turnout(more: int) -> Mapping[str, object]:
    return figures((900 + more, 900 - more), (500 + 4 * more, 537), estimated=True)


def _sheet(stem: str, more: int, blank: int = 0) -> dict[str, object]:
    valid, invalid, gone = 1010 + more, 20 + more + blank, 5 + more
    return {
        "votes": {f"{stem}-ao": 600_000, f"{stem}-aka": 400_000},
        "cut": 500 * more + 1_000,
        "nobody": 9_000 + 500 * more,
        "valid": valid,
        "invalid": invalid,
        "ballots": valid + invalid,
        "taken_away": gone,
        "rejected": 2 + more,
        "voters": valid + invalid + gone + 2 + more,
        "estimated": list(SPREAD),
        "pools_unstated": "公表からは分からない。",
    }
