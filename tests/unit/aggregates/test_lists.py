"""Declaring lists and justices: blocks with dual candidates, the Upper House list, the review."""

import pytest

from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import Outcome
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream, declaration_stream
from aggregates.errors import CandidateNotStanding, DistrictsNotDeclared, LotRequired
from tests import builders as b
from tests.support.gwt import Command, Log


def outcome_of(log: Log, contest: str) -> Outcome | None:
    return log.find(Declaration, declaration_stream(contest)).outcome


def district(contest: str, unit: str, ao: int, aka: int) -> Command:
    number = "d1" if contest == b.DISTRICT_1 else "d2"
    return b.tally(b.sheet({f"{number}-ao": ao, f"{number}-aka": aka}), contest, unit)


THREE_SEATS = b.contest(b.BLOCK, seats=3, block="tokyo")
BLOCK_VOTES = b.finals(b.BLOCK, b.sheet({"ao": 40, "aka": 20}), b.sheet({"ao": 20, "aka": 15}))
"""60 to 35 for three seats: ao, aka, ao."""

DISTRICT_1_COUNTED = district(b.DISTRICT_1, b.CHIYODA, 600, 400)
DISTRICT_2_COUNTED = district(b.DISTRICT_2, b.CHUO, 500, 300)
BOTH_COUNTED = (DISTRICT_1_COUNTED, DISTRICT_2_COUNTED)


@pytest.fixture
def house() -> Log:
    return b.log_of(*b.HOUSE, b.OPEN, *BLOCK_VOTES)


def test_a_block_waits_for_the_districts_of_its_dual_candidates(house: Log) -> None:
    house.given(*BOTH_COUNTED, b.declare(b.DISTRICT_1, "d1-ao"))

    refusal = house.refuses(DistrictsNotDeclared, b.declare(b.BLOCK, "ao-3", "aka-1"))

    assert refusal.facts["contests"] == (b.DISTRICT_2,)


def test_district_winners_leave_the_list_and_divisors_end_with_it(house: Log) -> None:
    """ao wins both districts: one member is left, so its second seat goes to aka.

    Between the losers of aka the 惜敗率 decides: 400/600 is more than 300/500.
    """
    house.given(*BOTH_COUNTED, b.declare(b.DISTRICT_1, "d1-ao"), b.declare(b.DISTRICT_2, "d2-ao"))

    house.post(b.declare(b.BLOCK, "ao-3", "aka-1", "aka-2"))

    assert outcome_of(house, b.BLOCK) == Outcome(
        elected=("aka-1", "aka-2", "ao-3"), list_seats={"aka": 2, "ao": 1}
    )


def test_seats_that_no_member_is_left_for_stay_vacant(house: Log) -> None:
    for member in ("ao-3", "aka-3"):
        house.given(b.withdraw(b.BLOCK, member, day=b.EVE))
    house.given(*BOTH_COUNTED)
    house.given(b.declare(b.DISTRICT_1, "d1-ao"), b.declare(b.DISTRICT_2, "d2-ao"))

    house.post(b.declare(b.BLOCK, "aka-1", "aka-2"))

    assert outcome_of(house, b.BLOCK) == Outcome(
        elected=("aka-1", "aka-2"), list_seats={"aka": 2, "ao": 0}, vacant=1
    )


def test_losers_of_one_list_with_the_same_ratio_wait_for_a_lot() -> None:
    """Half of the winner's votes each, and one seat for the two of them."""
    two_seats = b.contest(b.BLOCK, seats=2, block="tokyo")
    defined = [two_seats if each == THREE_SEATS else each for each in b.HOUSE]
    house = b.log_of(*defined, b.OPEN, *BLOCK_VOTES)
    house.given(
        district(b.DISTRICT_1, b.CHIYODA, 600, 300),
        district(b.DISTRICT_2, b.CHUO, 500, 250),
        b.declare(b.DISTRICT_1, "d1-ao"),
        b.declare(b.DISTRICT_2, "d2-ao"),
    )
    declared = b.declare(b.BLOCK, "ao-3", "aka-2")

    refusal = house.refuses(LotRequired, declared)
    assert refusal.facts == {"between": ("aka-1", "aka-2"), "seats_left": 1}
    house.given(b.lot(b.BLOCK, "aka-2", "aka-1"))
    house.post(declared)

    assert outcome_of(house, b.BLOCK) == Outcome(
        elected=("aka-2", "ao-3"), list_seats={"aka": 1, "ao": 1}
    )


def test_below_the_deposit_line_of_the_district_nobody_is_elected_from_the_list() -> None:
    house = b.log_of(*b.HOUSE, b.OPEN, *BLOCK_VOTES)
    house.given(
        district(b.DISTRICT_1, b.CHIYODA, 901, 99),
        district(b.DISTRICT_2, b.CHUO, 900, 100),
        b.declare(b.DISTRICT_1, "d1-ao"),
        b.declare(b.DISTRICT_2, "d2-ao"),
    )

    house.post(b.declare(b.BLOCK, "ao-3", "aka-2", "aka-3"))

    assert outcome_of(house, b.BLOCK) == Outcome(
        elected=("aka-2", "aka-3", "ao-3"), list_seats={"aka": 2, "ao": 1}
    )


def test_a_dual_candidate_elected_without_a_poll_leaves_the_list() -> None:
    """Only ao stands in the second district: its member is elected, the other falls away."""
    defined = (*b.HOUSE, b.withdraw(b.DISTRICT_2, "d2-aka", "withdrawn"), b.OPEN)
    house = b.log_of(*defined, *BLOCK_VOTES, DISTRICT_1_COUNTED)
    house.given(b.declare(b.DISTRICT_1, "d1-ao"), b.declare(b.DISTRICT_2, "d2-ao"))

    house.post(b.declare(b.BLOCK, "ao-3", "aka-1", "aka-3"))

    assert outcome_of(house, b.DISTRICT_2) == Outcome(elected=("d2-ao",), uncontested=True)


def test_who_no_longer_stands_in_the_district_is_not_elected_from_the_list(house: Log) -> None:
    """A dual candidate without votes has no 惜敗率; the block is decided all the same."""
    house.given(b.withdraw(b.DISTRICT_1, "d1-aka", day=b.EVE))
    sheet = b.sheet({"d1-ao": 600}, invalid=400)
    house.given(b.tally(sheet, b.DISTRICT_1), DISTRICT_2_COUNTED)
    house.given(b.declare(b.DISTRICT_1, "d1-ao"), b.declare(b.DISTRICT_2, "d2-ao"))

    house.post(b.declare(b.BLOCK, "ao-3", "aka-2", "aka-3"))

    decided = outcome_of(house, b.BLOCK)
    assert decided is not None
    assert decided.elected == ("aka-2", "aka-3", "ao-3")


def test_equal_lists_at_the_last_seat_are_decided_by_lot() -> None:
    log = b.log_of(*b.UPPER_LIST, b.OPEN)
    even = b.sheet({"ao": 5, "ao-1": 1, "ao-2": 0, "ao-first": 0, "aka": 4, "aka-1": 2, "aka-2": 0})
    log.given(*b.finals(b.UPPER, even, even))
    declared = b.declare(b.UPPER, "aka-1", "aka-2", "ao-first")

    assert log.refuses(LotRequired, declared).facts == {"between": ("aka", "ao"), "seats_left": 1}
    log.given(b.lot(b.UPPER, "aka", "ao"))
    log.post(declared)

    assert outcome_of(log, b.UPPER) == Outcome(
        elected=("aka-1", "aka-2", "ao-first"), list_seats={"aka": 2, "ao": 1}
    )


UPPER_SHEET = {"ao": 50, "ao-1": 3, "ao-2": 7, "ao-first": 0, "aka": 20, "aka-1": 5, "aka-2": 5}


def test_an_upper_list_elects_the_priority_first_and_then_by_personal_votes() -> None:
    log = b.log_of(*b.UPPER_LIST, b.OPEN)
    log.given(*b.finals(b.UPPER, b.sheet(UPPER_SHEET), b.sheet(UPPER_SHEET)))
    declared = b.declare(b.UPPER, "ao-first", "ao-2", "aka-2")

    refusal = log.refuses(LotRequired, declared)
    assert refusal.facts["between"] == ("aka-1", "aka-2")
    log.given(b.lot(b.UPPER, "aka-2", "aka-1"))
    log.post(declared)

    assert outcome_of(log, b.UPPER) == Outcome(
        elected=("aka-2", "ao-first", "ao-2"), list_seats={"aka": 1, "ao": 2}
    )


def test_members_fall_with_their_list() -> None:
    log = b.log_of(*b.UPPER_LIST, b.OPEN, b.withdraw(b.UPPER, "aka", "withdrawn", day=b.EVE))
    ao = {each: own for each, own in UPPER_SHEET.items() if each.startswith("ao")}

    assert log.find(Contest, contest_stream(b.UPPER)).votable() == set(ao)
    log.given(*b.finals(b.UPPER, b.sheet(ao, invalid=30), b.sheet(ao, invalid=30)))
    log.post(b.declare(b.UPPER, "ao-first", "ao-2", "ao-1"))

    assert outcome_of(log, b.UPPER) == Outcome(
        elected=("ao-first", "ao-2", "ao-1"), list_seats={"ao": 3}
    )


def test_a_withdrawn_member_takes_no_votes_but_the_list_does() -> None:
    log = b.log_of(*b.UPPER_LIST, b.OPEN, b.withdraw(b.UPPER, "ao-2", day=b.EVE))

    log.refuses(CandidateNotStanding, b.tally(b.sheet(UPPER_SHEET), b.UPPER))
    rest = {each: own for each, own in UPPER_SHEET.items() if each != "ao-2"}
    [event] = log.post(b.tally(b.sheet(rest, invalid=7), b.UPPER))

    assert event.TOPIC == "count.tally-finalised"


def review(first: tuple[int, int], second: tuple[int, int]) -> tuple[Command, ...]:
    sheet = b.review_sheet({"j1": first, "j2": second}, 10)
    return b.finals(b.JUSTICES, sheet, sheet)


def electors(number: int) -> tuple[Command, ...]:
    figures = b.figures((number, number), (5, 5))
    return tuple(b.turnout(figures, b.JUSTICES, unit) for unit in (b.CHIYODA, b.CHUO))


def test_a_justice_with_more_yes_than_no_is_dismissed() -> None:
    log = b.log_of(*b.HOUSE, b.OPEN, *electors(500), *review((6, 4), (5, 5)))

    log.post(b.declare(b.JUSTICES, "j1"))

    assert outcome_of(log, b.JUSTICES) == Outcome(dismissed=("j1",))


def test_below_a_hundredth_of_the_electors_nobody_is_dismissed() -> None:
    log = b.log_of(*b.HOUSE, b.OPEN, *electors(501), *review((6, 4), (5, 5)))

    log.post(b.declare(b.JUSTICES))

    assert outcome_of(log, b.JUSTICES) == Outcome()


def test_electors_are_not_asked_for_when_every_justice_stays() -> None:
    log = b.log_of(*b.HOUSE, b.OPEN, *review((5, 5), (1, 8)))

    log.post(b.declare(b.JUSTICES))

    assert outcome_of(log, b.JUSTICES) == Outcome()
