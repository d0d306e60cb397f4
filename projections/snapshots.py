"""A copy of a projection as it stands, cheap enough to keep a few: for reading the past.

Events, sheets and sums are never changed once they are made, so both projections share them, and
histories only grow, so both share the beginning; records and the containers that hold them are made
again.
"""

from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from fractions import Fraction
from typing import TypeVar, cast

import msgspec

from projections.election_projection import ElectionProjection
from projections.state.election_state import ElectionRecord, KeyRecord, OfficeRecord
from projections.state.event_history import EventHistory, EventSource, HeldHistory
from projections.state.recorded_moments import RecordedMoments
from projections.state.records import ContestRecord, CountRecord, PrefectureCounts
from projections.state.reporting_effort import ReportingEffort
from projections.state.survey_records import SurveyRecord
from projections.state.turnout_record import TurnoutRecord

RECORDS = (
    ElectionProjection, ElectionRecord, ContestRecord, PrefectureCounts, CountRecord, TurnoutRecord,
    SurveyRecord, OfficeRecord, KeyRecord,
)  # fmt: skip
_SHARED = (
    str, int, bool, float, bytes, tuple, frozenset, date, datetime, Fraction, msgspec.Struct,
    type(None),
)  # fmt: skip
_PLAIN: set[type] = set(_SHARED)
"""The same, and what turned out to be derived from them: looked up at once."""
_MADE_AGAIN = frozenset({dict, list, *RECORDS})

TValue = TypeVar("TValue")


class NotCopied(TypeError):  # noqa: N818 - it says what is missing
    """A projection holds something that is neither shared nor copied; say here which it is."""


def copy_projection(state: ElectionProjection) -> ElectionProjection:
    """A copy that goes its own way from here.

    Raises:
        NotCopied: The projection holds a type that is not known here.
    """
    made: dict[int, object] = {}
    waiting: list[tuple[object, object]] = []

    def of(value: TValue) -> TValue:
        if type(value) in _PLAIN:
            return value
        known = made.get(id(value))
        if known is None:
            kind = type(value)
            if kind in _MADE_AGAIN:
                known = kind.__new__(kind)
                # Not by recursion: contests refer to each other in long chains.
                waiting.append((value, known))
            elif kind is ReportingEffort:
                known = copy(value)
            elif isinstance(value, _SHARED):
                _PLAIN.add(kind)
                return value
            else:
                known = _share(value)
            made[id(value)] = known
        return cast("TValue", known)

    copied = of(state)
    while waiting:
        _fill(*waiting.pop(), of)
    return copied


def _share(value: object) -> object:
    """What only grows is the same up to here, and each side goes on by itself."""
    if isinstance(value, EventHistory | HeldHistory | RecordedMoments):
        return value.share()
    # Where a log is read again: it is the same log.
    if isinstance(value, EventSource):
        return value
    raise NotCopied(f"{type(value).__name__} is neither shared nor copied")


def _fill(value: object, made: object, of: Callable[[object], object]) -> None:
    if isinstance(value, dict) and isinstance(made, dict):
        _fill_dict(value, made, of)
    elif isinstance(value, list) and isinstance(made, list):
        made += value if value and isinstance(value[0], _SHARED) else map(of, value)
    else:
        for name in getattr(value, "__slots__", None) or vars(value):
            part = getattr(value, name)
            setattr(made, name, part if type(part) in _PLAIN else of(part))


def _fill_dict(
    value: dict[object, object], made: dict[object, object], of: Callable[[object], object]
) -> None:
    # What a container holds is of one type, so the first value speaks for all.
    first = next(iter(value.values()), None)
    if isinstance(first, _SHARED):
        made |= value
    else:
        for key, each in value.items():
            made[key] = of(each)
