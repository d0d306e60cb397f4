"""From every state that commands can reach each lawful next act can still be recorded."""

from collections import Counter
from fractions import Fraction

import pytest

from aggregates import errors as e
from tests.support import act_oracle
from tests.support.act_sequences import STEPS, Course
from tests.support.budgets import examples

COURSES = examples(200)


@pytest.mark.slow  # 200 courses: not in `make quick`
@pytest.mark.property
def test_from_every_state_the_law_can_be_carried_out() -> None:
    """No act leads to a dead end, and nothing is declared that the law refuses."""
    refused: Counter[str] = Counter()
    recorded: Counter[str] = Counter()
    for seed in range(COURSES):
        course = Course(seed)

        course.play(STEPS)

        refused += course.refused
        recorded += course.recorded

    # What never happens is not tried.
    assert recorded.keys() >= {
        "contest.candidate-withdrawn",
        "contest.amended",
        "count.returned",
        "declaration.lot-drawn",
        "declaration.revised",
        "declaration.set-aside",
        "declaration.departure-recorded",
        "declaration.successor-declared",
        "election.closed",
        "contest.options-registered",
        "turnout.corrected",
    }
    assert refused.keys() >= {
        e.ElectionUndecided.code,
        e.ContestNotFinal.code,
        e.LotNotCalledFor.code,
        e.DeclarationDiffersFromLaw.code,
        e.LongTermsDifferFromLaw.code,
        e.SuccessorDiffersFromLaw.code,
        e.SeatNotVacant.code,
        e.WithdrawnAfterPolling.code,
    }


@pytest.mark.parametrize(("adopted", "quorum"), [(("a",), None), ((), 4), (("b",), 4), (("a",), 6)])
def test_the_oracle_refuses_what_a_poll_did_not_adopt(
    adopted: tuple[str, ...], quorum: int | None
) -> None:
    half = None if quorum is None else Fraction(quorum)
    votes = {"a": 2_000, "b": 2_000} if quorum is None else {"a": 3_000, "b": 2_000}
    with pytest.raises(AssertionError, match=r"by \{"):
        act_oracle.require_adopted(adopted, votes, 5, by_most=True, quorum=half)


@pytest.mark.parametrize(
    ("long", "said"), [(("b", "c"), "more than"), (("a",), "1 of 2"), (("a", "b"), "equal")]
)
def test_the_oracle_refuses_a_long_term_of_who_has_fewer_votes(
    long: tuple[str, ...], said: str
) -> None:
    with pytest.raises(AssertionError, match=said):
        act_oracle.require_long_terms(long, ("a", "b", "c"), VOTES, long_seats=2, lots=())


VOTES = {"a": 30_000, "b": 20_000, "c": 20_000, "d": 1_000}


@pytest.mark.parametrize(
    ("elected", "lots", "said"),
    [
        (("a", "b"), (), "equal"),
        (("a", "b"), (("c", "b"),), "equal"),
        (("b", "c"), (("b", "c"),), "more than"),
        (("a",), (), "1 of 2 seats"),
        (("a", "d"), (), "below the minimum"),
    ],
)
def test_the_oracle_refuses(
    elected: tuple[str, ...], lots: tuple[tuple[str, ...], ...], said: str
) -> None:
    with pytest.raises(AssertionError, match=said):
        act_oracle.require_elected(
            elected, VOTES, kind="mayor", seats=2, full_seats=2, valid=71, lots=lots
        )


def test_the_oracle_refuses_seats_against_the_quotients() -> None:
    able = {"x": 3, "y": 3}
    act_oracle.require_list_seats({"x": 2, "y": 1}, {"x": 60_000, "y": 40_000}, able)

    with pytest.raises(AssertionError, match="y before x"):
        act_oracle.require_list_seats({"x": 3, "y": 0}, {"x": 60_000, "y": 40_000}, able)
