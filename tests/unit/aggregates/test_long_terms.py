"""Seats of a long and of a short term filled by one Upper House election (POEA 115)."""

import pytest

from aggregates.counting.declaration import Declaration, remaining_successors
from aggregates.counting.outcome import Outcome
from aggregates.election.identifiers import declaration_stream
from aggregates.errors import (
    ContestMalformed,
    DeclarationDiffersFromLaw,
    LongTermsDifferFromLaw,
    LotNotCalledFor,
    LotRequired,
    SeatNotVacant,
    SuccessorDiffersFromLaw,
)
from tests import builders as b
from tests.builders.succession import depart, succeed
from tests.support.gwt import Command, Log

TOKYO = "upper-district/13"
LISTS = "upper-list/1"


def joint(votes: dict[str, int], *, seats: int = 3, long_seats: int = 2) -> Log:
    """A district of three seats, two of them long, counted to the end."""
    return b.log_of(
        *b.REGISTER,
        b.contest(TOKYO, [b.CHIYODA], seats, long_seats=long_seats, full_seats=2),
        b.candidates(TOKYO, *votes),
        b.OPEN,
        b.tally(b.sheet(votes), TOKYO),
    )


def declare(contest: str, *elected: str, long: tuple[str, ...], reason: str = "") -> Command:
    return {**b.declare(contest, *elected, reason=reason), "long_terms": list(long)}


def outcome_of(log: Log, contest: str = TOKYO) -> Outcome | None:
    return log.find(Declaration, declaration_stream(contest)).outcome


def test_the_most_votes_have_the_long_terms() -> None:
    """POEA 115(6); the minimum is that of 115(1) and 95(1)(ii): 1,000 / 3 / 6."""
    log = joint({"a": 300, "b": 400, "c": 200, "d": 100})

    log.refuses(LongTermsDifferFromLaw, b.declare(TOKYO, "a", "b", "c"))
    log.refuses(LongTermsDifferFromLaw, declare(TOKYO, "a", "b", "c", long=("a", "c")))
    log.refuses(DeclarationDiffersFromLaw, declare(TOKYO, "a", "b", "d", long=("a", "b")))
    log.post(declare(TOKYO, "b", "a", "c", long=("b", "a")))

    assert outcome_of(log) == Outcome(elected=("b", "a", "c"), long_terms=("b", "a"))


def test_equals_at_the_last_long_seat_draw_between_the_winners() -> None:
    log = joint({"a": 400, "b": 250, "c": 250, "d": 100})

    refusal = log.refuses(LotRequired, declare(TOKYO, "a", "b", "c", long=("a", "b")))
    log.refuses(LotNotCalledFor, b.lot(TOKYO, "c", "d"))
    log.post(b.lot(TOKYO, "c", "b"))
    log.post(declare(TOKYO, "a", "b", "c", long=("a", "c")))

    assert refusal.facts["between"] == ("b", "c")
    assert outcome_of(log) == Outcome(elected=("a", "c", "b"), long_terms=("a", "c"))


def test_a_lot_for_the_last_seat_is_none_for_the_terms() -> None:
    """Four are equal: one loses the seat, and then two of three draw the long terms."""
    log = joint({"a": 250, "b": 250, "c": 250, "d": 250})

    log.post(b.lot(TOKYO, "d", "b", "a", "c"))
    log.post(b.lot(TOKYO, "b", "a", "d"))
    log.post(declare(TOKYO, "a", "b", "d", long=("a", "b")))

    assert outcome_of(log) == Outcome(elected=("b", "a", "d"), long_terms=("b", "a"))


def test_long_seats_are_filled_before_short_ones_stay_empty() -> None:
    log = joint({"a": 900, "b": 70, "c": 20, "d": 10})

    log.post(declare(TOKYO, "a", "b", long=("a", "b")))

    assert outcome_of(log) == Outcome(elected=("a", "b"), long_terms=("a", "b"), vacant=1)


def test_without_a_poll_people_draw_who_has_the_long_terms() -> None:
    """POEA 115(7), 100(4)."""
    log = b.log_of(
        *b.REGISTER,
        b.contest(TOKYO, [b.CHIYODA], 3, long_seats=2),
        b.candidates(TOKYO, "a", "b", "c"),
        b.OPEN,
    )

    log.refuses(LotRequired, declare(TOKYO, "a", "b", "c", long=("a", "b")))
    log.post(b.lot(TOKYO, "c", "a", "b"))
    log.post(declare(TOKYO, "a", "b", "c", long=("a", "c")))

    assert outcome_of(log) == Outcome(
        elected=("c", "a", "b"), long_terms=("c", "a"), uncontested=True
    )


def test_t10_members_in_the_order_of_their_lists_have_the_long_terms() -> None:
    """P 1,000, Q 600, R 250 and 4 + 1 seats: P's three are long, of Q's two the first."""
    people = {name: [f"{name}-{n}" for n in (1, 2, 3)] for name in ("p", "q", "r")}
    votes = {"p": 980, "q": 580, "r": 250, "p-1": 5, "p-2": 10, "p-3": 5, "q-1": 0, "q-3": 20}
    named = {**dict.fromkeys((m for own in people.values() for m in own), 0), **votes}
    log = b.log_of(
        *b.REGISTER,
        b.contest(LISTS, [b.CHIYODA], 5, long_seats=4),
        *(b.party_list(LISTS, name, *map(b.member, own)) for name, own in people.items()),
        b.OPEN,
        b.tally(b.sheet(named), LISTS),
    )

    log.post(b.lot(LISTS, "q-2", "q-1"))
    log.post(declare(LISTS, "p-1", "p-2", "p-3", "q-2", "q-3",
                     long=("p-1", "p-2", "p-3", "q-3")))  # fmt: skip

    found = outcome_of(log, LISTS)
    assert found is not None
    assert sorted(found.long_terms) == ["p-1", "p-2", "p-3", "q-3"]
    assert found.elected == ("p-2", "p-1", "p-3", "q-3", "q-2")
    assert found.list_seats == {"p": 3, "q": 2, "r": 0}


class TestALongSeatThatFallsFree:
    """POEA 115(9): it goes to who won a short one."""

    DECLARED = declare(TOKYO, "b", "a", "c", long=("b", "a"))

    def vacated(self, *gone: str) -> Log:
        log = joint({"a": 300, "b": 400, "c": 200, "d": 100})
        return log.given(self.DECLARED, *(depart(TOKYO, each) for each in gone))

    def test_the_short_term_moves_up_and_not_the_best_loser(self) -> None:
        log = self.vacated("b")

        refusal = log.refuses(SuccessorDiffersFromLaw, succeed(TOKYO, "b", "d"))
        log.post(succeed(TOKYO, "b", "c"))

        assert refusal.facts["law"] == ("c",)
        assert log.find(Declaration, declaration_stream(TOKYO)).successors == {"b": "c"}

    def test_for_the_seat_it_leaves_nobody_is_named(self) -> None:
        log = self.vacated("b")
        log.post(succeed(TOKYO, "b", "c"))

        log.refuses(SeatNotVacant, succeed(TOKYO, "c", "d"))

    def test_a_short_seat_goes_to_the_best_loser(self) -> None:
        log = self.vacated("c")

        log.post(succeed(TOKYO, "c", "d"))

    def test_with_no_short_term_left_the_best_loser_moves_up(self) -> None:
        log = self.vacated("b", "a")
        log.post(succeed(TOKYO, "b", "c"))

        log.post(succeed(TOKYO, "a", "d"))

    def test_a_revision_keeps_who_moved_from_a_short_to_a_long_term(self) -> None:
        moved = {"b": "c"}

        assert remaining_successors(moved, ("b", "a", "c"), ("b", "a")) == moved
        assert remaining_successors(moved, ("b", "a", "c"), ("c", "a")) == {}
        assert remaining_successors(moved, ("b", "a", "c")) == {}


@pytest.mark.parametrize(
    ("contest", "seats", "long_seats"),
    [
        (TOKYO, 3, 3),
        (TOKYO, 3, 4),
        ("prefectural-assembly/13-1", 3, 2),
        ("house-block/tokyo", 3, 2),
    ],
)
def test_both_terms_have_a_seat_and_only_in_the_upper_house(
    contest: str, seats: int, long_seats: int
) -> None:
    log = b.log_of(*b.REGISTER)
    block = {"block": "tokyo"} if contest.startswith("house-block") else {}

    refusal = log.refuses(
        ContestMalformed, b.contest(contest, [b.CHIYODA], seats, long_seats=long_seats, **block)
    )

    assert refusal.facts["detail"] == f"任期の長い議員の数 {long_seats}"


def test_earlier_rules_do_not_know_two_terms() -> None:
    log = b.log_of(*b.REGISTER, rules=2)

    refusal = log.refuses(ContestMalformed, b.contest(TOKYO, [b.CHIYODA], 3, long_seats=2))

    assert "規則3" in str(refusal.facts["detail"])
