"""Whether the turnout of a unit is unlike that of the other units of its contest.

Compared with the median of the others, in median absolute deviations, so that neither one odd unit
nor the usual difference of town and country moves the measure. Official figures of units were not
at hand to measure false alarms on: the limits are wide.
"""

from collections.abc import Sequence
from statistics import median
from typing import Final

_OTHERS_MIN: Final = 4
_DEVIATIONS: Final = 4.0
_OF_NORMAL: Final = 1.4826
"""Makes a median absolute deviation that of the normal distribution."""
_USUAL_POINTS: Final = 300
"""Hundredths of a percent by which units differ at the least, however alike those reported are."""
_ELECTORS_MIN: Final = 300


def unlike_turnout(voters: int, electors: int, others: Sequence[int]) -> int | None:
    """The median of the others in hundredths of a percent, where the unit's rate is unlike theirs.

    Args:
        voters: Of the unit.
        electors: Of the unit.
        others: Rates of other units of the contest, in hundredths of a percent.
    """
    if len(others) < _OTHERS_MIN or electors < _ELECTORS_MIN:
        return None
    middle = median(others)
    spread = _OF_NORMAL * median(abs(each - middle) for each in others)
    apart = abs(voters * 10_000 / electors - middle)
    return round(middle) if apart > _DEVIATIONS * max(spread, _USUAL_POINTS) else None
