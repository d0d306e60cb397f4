"""The moment of a report: of the polling day, and come; in a rehearsal by its own clock."""

from datetime import date, datetime, timedelta

import pytest

from aggregates.counting.moments import (
    CLOCKS_DIFFER,
    ReportingDay,
    require_count_moment,
    require_day_reached,
    require_turnout_moment,
)
from aggregates.errors import (
    DayNotReached,
    MomentNotReached,
    MomentTooEarly,
    OnlyEarlyVotingBefore,
)

DAY = date(2026, 2, 8)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00")


RECEIVED = _at("2026-02-08T23:30:00")


def _day(*, rehearsal: bool = False, received_at: datetime = RECEIVED) -> ReportingDay:
    begun_at = received_at - timedelta(days=1) if rehearsal else _at("2026-01-20T09:00:00")
    return ReportingDay(
        polling_day=DAY, rehearsal=rehearsal, begun_at=begun_at, received_at=received_at
    )


@pytest.mark.parametrize("text", ["2026-02-08T16:00:00", "2026-02-08T21:00:00"])
def test_a_count_begins_after_the_first_polls_close(text: str) -> None:
    require_count_moment(_at(text), _day())


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("2026-02-08T15:59:59", MomentTooEarly),
        ("1999-02-08T23:30:00", MomentTooEarly),
        ("2026-02-08T23:40:01", MomentNotReached),
        ("2062-02-08T23:30:00", MomentNotReached),
    ],
)
def test_a_live_tally_is_of_the_day_and_has_come(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        require_count_moment(_at(text), _day())


def test_clocks_may_differ_by_some_minutes() -> None:
    require_count_moment(RECEIVED + CLOCKS_DIFFER, _day())


def test_polls_that_were_moved_and_disputes_come_later() -> None:
    later = _at("2026-08-01T12:00:00")

    require_count_moment(later, _day(received_at=later))


def test_nothing_changes_years_later() -> None:
    with pytest.raises(MomentNotReached):
        require_count_moment(
            _at("2027-03-01T12:00:00"), _day(received_at=_at("2027-03-01T12:00:00"))
        )


def test_turnout_is_of_the_day_from_midnight_on() -> None:
    require_turnout_moment(_at("2026-02-08T00:00:00"), _day(), only_early=False)


def test_before_the_day_there_is_early_voting_only() -> None:
    require_turnout_moment(_at("2026-02-07T20:00:00"), _day(), only_early=True)

    with pytest.raises(OnlyEarlyVotingBefore):
        require_turnout_moment(_at("2026-02-07T20:00:00"), _day(), only_early=False)
    with pytest.raises(MomentTooEarly):
        require_turnout_moment(_at("2026-01-20T20:00:00"), _day(), only_early=True)


@pytest.mark.parametrize("received", ["2025-11-30T10:00:00", "2026-11-30T10:00:00"])
def test_a_rehearsal_plays_the_polling_day_at_any_time(received: str) -> None:
    day = _day(rehearsal=True, received_at=_at(received))

    require_count_moment(_at("2026-02-08T23:30:00"), day)
    require_turnout_moment(_at("2026-02-08T10:00:00"), day, only_early=False)


def test_a_rehearsal_may_take_the_day_on_which_it_is_held() -> None:
    day = _day(rehearsal=True, received_at=_at("2025-11-30T10:00:00"))

    require_count_moment(_at("2025-11-30T10:05:00"), day)
    require_turnout_moment(_at("2025-11-30T09:00:00"), day, only_early=False)


def test_the_day_of_a_rehearsal_begins_before_its_log() -> None:
    received = _at("2025-11-30T10:00:30")
    day = ReportingDay(polling_day=DAY, rehearsal=True, begun_at=received, received_at=received)

    require_count_moment(_at("2025-11-30T10:00:00"), day)
    require_turnout_moment(_at("2025-11-30T07:00:00"), day, only_early=False)


@pytest.mark.parametrize("text", ["2025-11-28T10:00:00", "2025-12-05T10:00:00"])
def test_a_rehearsal_has_no_other_day(text: str) -> None:
    day = _day(rehearsal=True, received_at=_at("2025-11-30T10:00:00"))

    with pytest.raises(MomentTooEarly):
        require_count_moment(_at(text), day)


@pytest.mark.parametrize(
    ("received", "reached"),
    [
        ("2026-02-08T23:49:59", "2026-02-08"),
        ("2026-02-08T23:50:00", "2026-02-09"),
        ("2026-02-09T00:05:00", "2026-02-09"),
    ],
)
def test_a_day_on_which_somebody_is_gone_begins_in_japan_by_either_clock(
    received: str, reached: str
) -> None:
    day = _day(received_at=_at(received))
    last = date.fromisoformat(reached)

    require_day_reached("a", last, day)

    with pytest.raises(DayNotReached) as refused:
        require_day_reached("a", last + timedelta(days=1), day)
    assert refused.value.facts["today"] == reached


def test_a_rehearsal_plays_days_to_come() -> None:
    require_day_reached("a", date(2062, 2, 8), _day(rehearsal=True))
