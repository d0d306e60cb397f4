"""Declaring the winners of a contest of persons: lots, uncontested, re-election, revision."""

import pytest

from aggregates.counting.contest_totals import ContestTotals, DistrictStanding
from aggregates.counting.declaration import Declaration, OutcomeDeclared, OutcomeRevised
from aggregates.counting.outcome import Outcome
from aggregates.election.identifiers import declaration_stream
from aggregates.errors import (
    AlreadyDeclared,
    CountsOutdated,
    DeclarationDiffersFromLaw,
    LotNotCalledFor,
    LotRequired,
    NothingToRevise,
)
from tests import builders as b
from tests.support.gwt import Log

COUNTED = b.finals(b.DISTRICT_1, b.sheet({b.A: 600, b.B: 300}), b.sheet({b.A: 200, b.B: 400}))
TIED = b.finals(b.DISTRICT_1, b.sheet({b.A: 600, b.B: 300}), b.sheet({b.A: 100, b.B: 400}))
CORRECTED = b.correction(b.sheet({b.A: 450, b.B: 450}))


@pytest.fixture
def log() -> Log:
    return b.log_of(*b.DISTRICT)


def declaration_of(log: Log, contest: str = b.DISTRICT_1) -> Declaration:
    return log.find(Declaration, declaration_stream(contest))


def test_the_council_declares_whom_the_counts_name(log: Log) -> None:
    log.given(*COUNTED)

    begun, declared = log.post(b.declare(b.DISTRICT_1, b.A))

    assert begun.TOPIC == "declaration.begun"
    assert isinstance(declared, OutcomeDeclared)
    assert declared.outcome == Outcome(elected=(b.A,))
    assert declared.totals == ContestTotals(
        votes={b.A: 800_000, b.B: 700_000}, ballots=1500, electors=0, valid=1500
    )


def test_confirmed_counts_are_final_as_well(log: Log) -> None:
    log.given(*COUNTED, b.confirm())

    log.post(b.declare(b.DISTRICT_1, b.A))

    assert declaration_of(log).standing() == DistrictStanding(
        votes={b.A: 800_000, b.B: 700_000}, elected=(b.A,), valid=1500
    )


def test_a_declaration_that_only_began_has_no_standing(log: Log) -> None:
    log.given(*TIED, b.lot(b.DISTRICT_1, b.B, b.A))

    assert declaration_of(log).standing() is None


def test_equals_wait_for_the_lot_that_people_draw(log: Log) -> None:
    log.given(*TIED)
    refusal = log.refuses(LotRequired, b.declare(b.DISTRICT_1, b.A))
    assert refusal.facts == {"between": (b.A, b.B), "seats_left": 1}

    log.given(b.lot(b.DISTRICT_1, b.B, b.A))

    log.refuses(DeclarationDiffersFromLaw, b.declare(b.DISTRICT_1, b.A))
    log.post(b.declare(b.DISTRICT_1, b.B))
    assert declaration_of(log).outcome == Outcome(elected=(b.B,))


def test_a_lot_is_drawn_once(log: Log) -> None:
    log.given(*TIED, b.lot(b.DISTRICT_1, b.B, b.A))

    log.refuses(LotNotCalledFor, b.lot(b.DISTRICT_1, b.A, b.B))


def test_a_lot_between_others_does_not_decide_a_later_tie() -> None:
    log = b.log_of(*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, "a", "b", "c"))
    first = b.finals(b.DISTRICT_1, *[b.sheet({"a": 50, "b": 50, "c": 1})] * 2)
    log.given(b.OPEN, *first, b.lot(b.DISTRICT_1, "b", "a"), b.declare(b.DISTRICT_1, "b"))
    log.given(b.correction(b.sheet({"a": 50, "b": 50, "c": 99})))

    revised = b.declare(b.DISTRICT_1, "b", reason="訂正のため")

    assert log.refuses(LotRequired, revised).facts["between"] == ("a", "b", "c")


def test_a_result_changed_by_a_correction_is_revised_with_a_reason(log: Log) -> None:
    log.given(*COUNTED, b.declare(b.DISTRICT_1, b.A), CORRECTED)

    log.refuses(AlreadyDeclared, b.declare(b.DISTRICT_1, b.B))
    [event] = log.post(b.declare(b.DISTRICT_1, b.B, reason="開票区の訂正"))

    assert isinstance(event, OutcomeRevised)
    assert event.reason == "開票区の訂正"
    assert declaration_of(log).outcome == Outcome(elected=(b.B,))


def test_corrected_totals_with_the_same_winner_can_be_put_on_record(log: Log) -> None:
    log.given(*COUNTED, b.declare(b.DISTRICT_1, b.A))
    log.given(b.correction(b.sheet({b.A: 601, b.B: 299})))
    again = b.declare(b.DISTRICT_1, b.A, reason="票数の訂正")

    log.post(again)

    log.refuses(NothingToRevise, again)


def test_no_more_candidates_than_seats_means_no_poll() -> None:
    log = b.log_of(*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A), b.OPEN)

    log.post(b.declare(b.DISTRICT_1, b.A))

    assert log.store.streams("count/") == []
    assert declaration_of(log).outcome == Outcome(elected=(b.A,), uncontested=True)


def test_a_withdrawal_before_counting_can_leave_no_poll() -> None:
    defined = (*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A, b.B))
    log = b.log_of(*defined, b.withdraw(b.DISTRICT_1, b.B, "withdrawn"), b.OPEN)

    log.post(b.declare(b.DISTRICT_1, b.A))

    assert declaration_of(log).outcome == Outcome(elected=(b.A,), uncontested=True)


def test_seats_without_candidates_stay_vacant() -> None:
    log = b.log_of(*b.REGISTER, b.contest(b.DISTRICT_1), b.OPEN)

    log.post(b.declare(b.DISTRICT_1))

    assert declaration_of(log).outcome == Outcome(vacant=1, uncontested=True)


def test_a_death_before_the_poll_that_is_recorded_late_does_not_undo_it(log: Log) -> None:
    """The votes cast decide: the other one still needs the statutory minimum."""
    log.given(*COUNTED, b.withdraw(b.DISTRICT_1, b.A, day=b.EVE))
    refusal = log.refuses(CountsOutdated, b.declare(b.DISTRICT_1, b.B))
    assert refusal.facts["units"] == (b.CHIYODA, b.CHUO)
    log.given(
        b.correction(b.sheet({b.B: 300}, invalid=600)),
        b.correction(b.sheet({b.B: 400}, invalid=200), unit_code=b.CHUO),
    )

    log.post(b.declare(b.DISTRICT_1, b.B))

    decided = declaration_of(log)
    assert decided.outcome == Outcome(elected=(b.B,))
    assert decided.totals == ContestTotals(votes={b.B: 700_000}, ballots=1500, valid=700)


def test_nobody_reaches_the_minimum_and_a_re_election_follows() -> None:
    log = b.log_of(*b.GOVERNOR_RACE, b.OPEN)
    even = b.sheet({"g1": 24, "g2": 23, "g3": 22, "g4": 21, "g5": 10})
    log.given(*b.finals(b.GOVERNOR, even, even))

    log.refuses(DeclarationDiffersFromLaw, b.declare(b.GOVERNOR, "g1"))
    log.post(b.declare(b.GOVERNOR))

    assert declaration_of(log, b.GOVERNOR).outcome == Outcome(vacant=1)


def test_exactly_the_minimum_is_enough() -> None:
    log = b.log_of(*b.GOVERNOR_RACE, b.OPEN)
    even = b.sheet({"g1": 25, "g2": 24, "g3": 23, "g4": 18, "g5": 10})
    log.given(*b.finals(b.GOVERNOR, even, even))

    log.post(b.declare(b.GOVERNOR, "g1"))

    assert declaration_of(log, b.GOVERNOR).outcome == Outcome(elected=("g1",))


def test_a_whole_prefecture_posts_as_one_unit() -> None:
    log = b.log_of(*b.REGISTER, b.unit("p14", "14", "prefecture"))
    log.given(
        b.contest("upper-district/13", [b.CHIYODA, "p14"], 2, prefectures=["13", "14"]),
        b.candidates("upper-district/13", "x", "y", "z"),
        b.OPEN,
        b.tally(b.sheet({"x": 10, "y": 5, "z": 3}), "upper-district/13"),
    )
    on_behalf = b.tally(b.sheet({"x": 0, "y": 900, "z": 800}), "upper-district/13", "p14")

    [event] = log.post(on_behalf, office="14", on_behalf=True)
    log.post(b.declare("upper-district/13", "y", "z"))

    assert event.provenance.on_behalf
    decided = declaration_of(log, "upper-district/13").outcome
    assert decided == Outcome(elected=("y", "z"))


def test_shared_votes_are_summed_as_they_were_cut(log: Log) -> None:
    """Two of one name share 1 ballot in three: .333 and .666, and .001 is cut."""
    shared = {
        **b.sheet({b.A: 0, b.B: 0}),
        "votes": {b.A: 100_333, b.B: 200_666},
        "cut": 1,
        "valid": 301,
        "ballots": 301,
        "voters": 301,
        "pools_unstated": "表に内訳がない",
    }
    log.given(*b.finals(b.DISTRICT_1, shared, shared), b.declare(b.DISTRICT_1, b.B))

    totals = declaration_of(log).totals

    assert totals is not None
    assert totals.votes == {b.A: 200_666, b.B: 401_332}
