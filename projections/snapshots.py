"""A copy of a projection as it stands, cheap enough to keep a few: for reading the past.

Events, sheets and sums are never changed once they are made, so both projections share them, and
histories only grow, so both share the beginning; records and the containers that hold them are made
again.
"""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import TypeVar, cast

import msgspec

from projections.election_projection import ElectionProjection
from projections.state.election_state import ElectionRecord, KeyRecord, OfficeRecord
from projections.state.event_history import EventHistory, EventList, EventSource
from projections.state.recorded_moments import RecordedMoments
from projections.state.records import ContestRecord, CountRecord, PrefectureCounts
from projections.state.reporting_effort import ReportingEffort
from projections.state.survey_records import SurveyRecord
from projections.state.turnout_record import TurnoutRecord

RECORDS = (
    ElectionProjection, ElectionRecord, ContestRecord, PrefectureCounts, CountRecord, TurnoutRecord,
    SurveyRecord, OfficeRecord, KeyRecord, ReportingEffort, EventList,
)  # fmt: skip
_SHARED = (
    str, int, bool, float, bytes, tuple, frozenset, date, datetime, Fraction, msgspec.Struct,
    type(None),
)  # fmt: skip
_PLAIN = frozenset(_SHARED)
"""The same without what is derived from them: looked up at once."""

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
            if isinstance(value, _SHARED):
                return value
            known = _beginning(value, of)
            if known is None:
                known = _empty(value)
                # Not by recursion: contests refer to each other in long chains.
                waiting.append((value, known))
            made[id(value)] = known
        return cast("TValue", known)

    copy = of(state)
    while waiting:
        _fill(*waiting.pop(), of)
    return copy


def _beginning(value: object, of: Callable[[EventSource], EventSource]) -> object | None:
    """What only grows is the same up to here: it is shared, and each side goes on by itself."""
    if isinstance(value, EventHistory):
        return value.share(of(value.source))
    if isinstance(value, RecordedMoments):
        return value.share()
    # Where a log is read again: it is the same log.
    return value if isinstance(value, EventSource) and not isinstance(value, EventList) else None


def _empty(value: object) -> object:
    kind = type(value)
    if kind in {dict, list, *RECORDS}:
        return kind.__new__(kind)
    raise NotCopied(f"{kind.__name__} is neither shared nor copied")


def _fill(value: object, copy: object, of: Callable[[object], object]) -> None:
    if isinstance(value, dict) and isinstance(copy, dict):
        _fill_dict(value, copy, of)
    elif isinstance(value, list) and isinstance(copy, list):
        copy += value if value and isinstance(value[0], _SHARED) else map(of, value)
    else:
        for name in getattr(value, "__slots__", None) or vars(value):
            setattr(copy, name, of(getattr(value, name)))


def _fill_dict(
    value: dict[object, object], copy: dict[object, object], of: Callable[[object], object]
) -> None:
    # What a container holds is of one type, so the first value speaks for all.
    first = next(iter(value.values()), None)
    if isinstance(first, _SHARED):
        copy |= value
    else:
        for key, each in value.items():
            copy[key] = of(each)
