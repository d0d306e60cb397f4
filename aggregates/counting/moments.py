"""The moment that a report states: when figures of a contest can have been known at all.

A count begins after the polls close, turnout on the polling day; before it only early voting can
be reported. Polls that were moved (POEA 57), counts that were repeated and figures that a dispute
changed (202 to 208) come later, so the last day is far off: what ends the span in a live election
is the moment at which the report is received. A rehearsal goes by its own clock: it plays the
polling day at any time, or takes the very day on which it is held for one.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

import msgspec

from aggregates.errors import (
    DayNotReached,
    MomentNotReached,
    MomentTooEarly,
    OnlyEarlyVotingBefore,
)
from aggregates.reference.japan_time import JAPAN_TIME

FIRST_POLLS_CLOSE: Final = time(16, tzinfo=JAPAN_TIME)
"""Polls close at 20:00, at most four hours earlier where a commission decides so (POEA 40)."""

SPAN: Final = timedelta(days=366)
"""How long after the polling day a contest's figures may still change: polls held again, objection,
petition and suit, with the courts' goal of 100 days (POEA 213) more than once."""

EARLY_VOTING: Final = timedelta(days=18)
"""It begins on the day after the notice, which is at most 17 days before (POEA 32 to 34)."""

CLOCKS_DIFFER: Final = timedelta(minutes=10)
"""How far ahead of the log's clock the clock of a centre may be."""

ROUND_HOUR: Final = timedelta(hours=1)
"""How long before its log a rehearsal may have begun, also where that was before midnight."""


class ReportingDay(msgspec.Struct, frozen=True, kw_only=True):
    """What a stated moment is held against.

    Attributes:
        polling_day: Of the contest.
        rehearsal: Whether this is a rehearsal, which goes by its own clock.
        begun_at: When the log began.
        received_at: When the report is recorded.
    """

    polling_day: date
    rehearsal: bool
    begun_at: datetime
    received_at: datetime


class _Span(msgspec.Struct, frozen=True):
    """The moments that belong to one polling day, in Japanese time."""

    early_voting: datetime
    midnight: datetime
    polls_close: datetime
    end: datetime


@lru_cache(maxsize=64)
def _span(polling_day: date) -> _Span:
    midnight = datetime.combine(polling_day, time(tzinfo=JAPAN_TIME))
    return _Span(
        early_voting=midnight - EARLY_VOTING,
        midnight=midnight,
        polls_close=datetime.combine(polling_day, FIRST_POLLS_CLOSE),
        end=midnight + SPAN,
    )


def require_count_moment(as_of: datetime, day: ReportingDay) -> None:
    """Refuse a tally of a moment at which nothing can have been counted.

    Raises:
        MomentTooEarly: Before any polls of the day close.
        MomentNotReached: It has not come yet, or is long after the polling day.
    """
    if _is_now_in_rehearsal(as_of, day):
        return
    span = _span(day.polling_day)
    if as_of < span.polls_close:
        raise MomentTooEarly(as_of=_format(as_of), first=_format(span.polls_close))
    _require_reached(as_of, span, day)


def require_turnout_moment(as_of: datetime, day: ReportingDay, *, only_early: bool) -> None:
    """Refuse turnout of a moment at which nobody can have voted, or not in this way.

    Args:
        as_of: The moment stated.
        day: What it is held against.
        only_early: Whether it is an interim report that says nobody voted on the day.

    Raises:
        MomentTooEarly: Before early voting begins.
        OnlyEarlyVotingBefore: Before the polling day, and not early voting alone.
        MomentNotReached: It has not come yet, or is long after the polling day.
    """
    if _is_now_in_rehearsal(as_of, day):
        return
    span = _span(day.polling_day)
    if as_of < span.early_voting:
        raise MomentTooEarly(as_of=_format(as_of), first=_format(span.early_voting))
    if as_of < span.midnight and not only_early:
        raise OnlyEarlyVotingBefore(as_of=_format(as_of), polling_day=day.polling_day.isoformat())
    _require_reached(as_of, span, day)


def require_day_reached(person: str, stated: date, day: ReportingDay) -> None:
    """Refuse a day on which somebody is said to be gone, and which has not come yet.

    A rehearsal plays days to come at any time.

    Args:
        person: Who is gone: candidate, member, list or justice.
        stated: The day, in Japan.
        day: What it is held against.

    Raises:
        DayNotReached: It begins later than the log's clock and those of the offices can say.
    """
    today = (day.received_at + CLOCKS_DIFFER).astimezone(JAPAN_TIME).date()
    if not day.rehearsal and stated > today:
        raise DayNotReached(person=person, day=stated.isoformat(), today=today.isoformat())


def _require_reached(as_of: datetime, span: _Span, day: ReportingDay) -> None:
    last = span.end if day.rehearsal else min(span.end, day.received_at + CLOCKS_DIFFER)
    if as_of > last:
        raise MomentNotReached(as_of=_format(as_of), last=_format(last))


def _is_now_in_rehearsal(as_of: datetime, day: ReportingDay) -> bool:
    """Whether a rehearsal states a moment of the days on which it is held."""
    if not day.rehearsal or as_of > day.received_at + CLOCKS_DIFFER:
        return False
    return as_of >= _first_moment(day.begun_at)


@lru_cache(maxsize=64)
def _first_moment(begun_at: datetime) -> datetime:
    """The midnight from which a rehearsal may take moments for those on which it is held.

    Pages state whole minutes, and people the hour before: the day on which the log began counts.
    """
    begun = (begun_at - ROUND_HOUR).astimezone(JAPAN_TIME)
    return datetime.combine(begun.date(), time(tzinfo=JAPAN_TIME))


def _format(moment: datetime) -> str:
    return moment.astimezone(JAPAN_TIME).isoformat(timespec="minutes")
