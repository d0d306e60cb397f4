"""The signs of life of a worker's place in its group."""

import pytest

from infra.adapters.kafka.group_membership import (
    HEARTBEAT_SECONDS_MAX,
    UNSETTLED_SECONDS_MAX,
    Signs,
    Vigil,
)

NEVER = float("inf")
JOINING = Signs(settled=False, heartbeat_seconds=NEVER)


def beating(seconds: float) -> Signs:
    return Signs(settled=True, heartbeat_seconds=seconds)


def test_a_member_that_settles_and_beats_is_left_alone() -> None:
    vigil = Vigil(now=100.0)
    vigil.watch(JOINING, 100.0 + UNSETTLED_SECONDS_MAX)
    for second in range(1000):
        vigil.watch(beating(1.5), 130.0 + second)


def test_a_member_that_is_not_taken_begins_anew() -> None:
    vigil = Vigil(now=100.0)
    with pytest.raises(TimeoutError, match="does not take"):
        vigil.watch(JOINING, 100.1 + UNSETTLED_SECONDS_MAX)


def test_dividing_anew_may_take_as_long_as_joining() -> None:
    vigil = Vigil(now=0.0)
    vigil.watch(beating(1.0), 500.0)
    vigil.watch(JOINING, 900.0)
    vigil.watch(JOINING, 900.0 + UNSETTLED_SECONDS_MAX)
    with pytest.raises(TimeoutError, match="does not take"):
        vigil.watch(JOINING, 900.1 + UNSETTLED_SECONDS_MAX)


def test_a_settled_member_that_does_not_beat_begins_anew() -> None:
    vigil = Vigil(now=0.0)
    # given one that was settled a moment ago, and has not had to beat
    vigil.watch(beating(NEVER), 10.0)
    vigil.watch(beating(NEVER), 10.0 + HEARTBEAT_SECONDS_MAX)
    with pytest.raises(TimeoutError, match="not told"):
        vigil.watch(beating(NEVER), 10.1 + HEARTBEAT_SECONDS_MAX)
