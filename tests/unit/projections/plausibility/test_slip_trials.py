"""How many slips in official counts are asked about, and how seldom nothing was wrong."""

import pytest

from tests.support.slip_trials import (
    CLEAN,
    Votes,
    exchanges,
    official_contests,
    other_slips,
    try_slips,
)

pytestmark = pytest.mark.official


@pytest.fixture(scope="module")
def contests() -> list[list[Votes]]:
    return official_contests()


def test_exchanges_are_asked_about_at_two_questions_in_a_hundred_counts(
    contests: list[list[Votes]],
) -> None:
    trials = try_slips(contests, exchanges)

    assert trials[CLEAN].tried == 1_695
    assert trials[CLEAN].found <= 33
    assert trials["first and second exchanged, more than 20 points apart"].share >= 90
    assert trials["first and second exchanged, 10-20 points apart"].share >= 50
    assert trials["second and third exchanged, more than 20 points apart"].share >= 99
    assert trials["second and third exchanged, 10-20 points apart"].share >= 94


def test_two_other_units_are_enough_to_begin_with(contests: list[list[Votes]]) -> None:
    trials = try_slips(contests, exchanges, known=2)

    assert trials[CLEAN].found <= 33
    assert trials["first and second exchanged, more than 20 points apart"].share >= 80


def test_shifted_lists_zeros_and_digits_are_asked_about(contests: list[list[Votes]]) -> None:
    trials = try_slips(contests[::16], other_slips)

    asked = {slip: each for slip, each in trials.items() if slip != CLEAN and "turned" not in slip}
    # Two shifts of a list; a zero, a digit lost and one more in each of three places.
    assert len(asked) == 2 + 3 * 3
    for slip, each in asked.items():
        assert each.share >= 95, slip
        assert each.named >= each.found / 2, slip
