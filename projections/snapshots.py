"""A copy of a projection as it stands, cheap enough to keep a few: for reading the past.

Events, sheets and sums are never changed once they are made, so both projections share them;
records and the containers that hold them are made again.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TypeVar, cast

import msgspec

from projections.election_projection import ElectionProjection
from projections.state.election_state import ElectionRecord, KeyRecord, OfficeRecord
from projections.state.records import ContestRecord, CountRecord, PrefectureCounts
from projections.state.survey_records import SurveyRecord
from projections.state.turnout_record import TurnoutRecord

_RECORDS = (
    ElectionProjection, ElectionRecord, ContestRecord, PrefectureCounts, CountRecord, TurnoutRecord,
    SurveyRecord, OfficeRecord, KeyRecord,
)  # fmt: skip
_SHARED = (str, int, float, bytes, tuple, frozenset, date, Fraction, msgspec.Struct, type(None))

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
        if isinstance(value, _SHARED):
            return value
        known = made.get(id(value))
        if known is None:
            known = _empty(value)
            made[id(value)] = known
            # Not by recursion: contests refer to each other in long chains.
            waiting.append((value, known))
        return cast("TValue", known)

    copy = of(state)
    while waiting:
        _fill(*waiting.pop(), of)
    return copy


def _empty(value: object) -> object:
    kind = type(value)
    if kind in {dict, list, *_RECORDS}:
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
