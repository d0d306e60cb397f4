"""A clock that jumps while a process runs is not believed, whatever the log says."""

from datetime import UTC, datetime, timedelta

import pytest

from infra.adapters.event_log.clock_guard import BEHIND_MAX, JUMP_MAX, SILENCE_MAX, ClockGuard
from infra.adapters.event_log.log_errors import ClockRefused
from tests.support.posting import SetClock

EVENING = datetime(2024, 10, 27, 13, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Steady:
    """Seconds since the start, whatever the clock shows."""

    passed = 5000.0

    def __call__(self) -> float:
        return self.passed


@pytest.mark.parametrize("by", [JUMP_MAX + SECOND, -JUMP_MAX - SECOND, timedelta(days=400)])
def test_a_jump_is_named_until_the_clock_is_back(by: timedelta) -> None:
    clock, steady = SetClock(EVENING), Steady()
    guard = ClockGuard(clock, steady_seconds=steady)
    steady.passed += 3600
    clock.shows += timedelta(hours=1)
    assert guard.fault(None) == ""

    clock.shows += by
    assert "has moved" in guard.fault(None)
    with pytest.raises(ClockRefused):
        guard.require_plausible(clock.shows)

    clock.shows -= by
    guard.require_plausible(clock.shows)


@pytest.mark.parametrize(
    ("ahead", "is_believed"),
    [
        (SILENCE_MAX, True),
        (SILENCE_MAX + SECOND, False),
        (-BEHIND_MAX, True),
        (-BEHIND_MAX - SECOND, False),
    ],
)
def test_the_bounds_around_the_last_entry(ahead: timedelta, *, is_believed: bool) -> None:
    guard = ClockGuard(SetClock(EVENING + ahead))

    assert (guard.fault(EVENING) == "") == is_believed


def test_what_an_operator_confirms_is_believed_while_that_is_the_last_time() -> None:
    frozen = EVENING + timedelta(days=400)
    guard = ClockGuard(SetClock(EVENING), confirmed=frozen)

    assert guard.fault(frozen) == ""
    assert guard.fault(frozen + timedelta(days=1)) != ""


def test_the_clock_of_this_machine_is_watched_for_jumps() -> None:
    guard = ClockGuard()

    assert guard.fault(datetime.now(UTC)) == ""
