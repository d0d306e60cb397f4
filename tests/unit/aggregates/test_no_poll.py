"""Contests on which nobody votes: announced from the notice day, declared from the polling day."""

from datetime import date

import pytest

from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import Outcome
from aggregates.election.identifiers import declaration_stream
from aggregates.errors import (
    ContestUncontested,
    CountingNotOpen,
    DistrictsNotDeclared,
    PollingDayNotReached,
    PollNeeded,
)
from tests import builders as b
from tests.support.gwt import Command, Log

ALONE = (*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A))
BLOCK = b.contest(b.BLOCK, seats=3, block="tokyo")
EARLY = {"electors": {"male": 480, "female": 520}, "voters": {"male": 2, "female": 2}}


def outcome_of(log: Log, contest: str) -> Outcome | None:
    return log.find(Declaration, declaration_stream(contest)).outcome


def test_the_winner_is_declared_without_counting_ever_opening() -> None:
    log = b.log_of(*ALONE, b.no_poll(b.DISTRICT_1))

    log.post(b.declare(b.DISTRICT_1, b.A))

    assert outcome_of(log, b.DISTRICT_1) == Outcome(elected=(b.A,), uncontested=True)
    assert not any(topic.startswith("count.") for topic in log.topics())


def test_under_the_first_rules_counting_has_to_open() -> None:
    log = Log(rules=1).given(*ALONE)

    log.refuses(CountingNotOpen, b.declare(b.DISTRICT_1, b.A))


def test_before_the_polling_day_nobody_is_declared() -> None:
    log = b.log_of(b.election(polling_day="2024-10-28"), *ALONE[1:])

    refusal = log.refuses(PollingDayNotReached, b.declare(b.DISTRICT_1, b.A))

    assert refusal.facts["polling_day"] == date(2024, 10, 28).isoformat()


def test_a_later_nomination_brings_the_poll_back() -> None:
    log = b.log_of(*ALONE, b.no_poll(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.B))

    log.refuses(CountingNotOpen, b.declare(b.DISTRICT_1, b.A))
    log.post(b.OPEN)

    assert "count.opened" in log.topics()


@pytest.mark.parametrize("opened", [(), (b.OPEN,)])
def test_turnout_is_none_where_nobody_votes(opened: tuple[Command, ...]) -> None:
    log = b.log_of(*ALONE, *opened)

    refusal = log.refuses(ContestUncontested, b.turnout(EARLY, final=False))

    assert refusal.facts["contest"] == b.DISTRICT_1


def test_turnout_is_taken_while_a_poll_is_possible_and_corrected_after_it_fell_away() -> None:
    """Nobody is nominated yet; then two stand, and early votes of them are in the box."""
    log = b.log_of(*ALONE[:-1])
    assert log.post(b.turnout(EARLY, final=False, as_of=b.AT_22))
    log.given(b.candidates(b.DISTRICT_1, b.A, b.B), b.withdraw(b.DISTRICT_1, b.B))

    log.refuses(ContestUncontested, b.turnout(EARLY, final=False, as_of=b.AT_23))
    fewer = {**EARLY, "voters": {"male": 1, "female": 2}}
    assert log.post(b.turnout_correction(fewer, supersedes=2, final=False))


def test_lists_of_whom_no_statement_is_made_are_polled() -> None:
    """POEA 100(5): turnout is refused once it is announced that no poll is held."""
    named = b.party_list(b.BLOCK, "ao", b.member("ao-1", 1))
    log = b.log_of(*b.REGISTER, BLOCK, named)
    assert log.post(b.turnout(EARLY, b.BLOCK, final=False))

    log.post(b.no_poll(b.BLOCK))

    log.refuses(ContestUncontested, b.turnout(EARLY, b.BLOCK, final=False, as_of=b.AT_23))


@pytest.mark.parametrize("rules", [1, 4])
def test_earlier_rules_took_turnout_of_a_contest_without_a_poll(rules: int) -> None:
    assert Log(rules=rules).given(*ALONE, b.OPEN).post(b.turnout(b.figures((10, 10), (5, 5))))


@pytest.mark.parametrize(
    ("kind", "lists", "elected"),
    [
        # POEA 100(2): one list alone, though it has more members than there are seats.
        (BLOCK, {"ao": 4}, {"ao": 3}),
        # POEA 100(2): no more members on all lists together than seats.
        (BLOCK, {"ao": 2, "aka": 1}, {"ao": 2, "aka": 1}),
        # POEA 100(3): the same for the lists of the Upper House.
        (b.contest(b.UPPER, seats=3), {"ao": 1, "aka": 1}, {"ao": 1, "aka": 1}),
    ],
)
def test_lists_can_go_without_a_poll(
    kind: dict[str, object], lists: dict[str, int], elected: dict[str, int]
) -> None:
    contest = str(kind["contest"]["id"])  # type: ignore[index]
    log = b.log_of(*b.REGISTER, kind, *_lists(contest, lists))

    people = [f"{name}-{n}" for name in sorted(elected) for n in range(1, elected[name] + 1)]
    log.post(b.declare(contest, *people))

    assert outcome_of(log, contest) == Outcome(
        elected=tuple(people),
        list_seats=elected,
        vacant=3 - len(people),
        uncontested=True,
    )


@pytest.mark.parametrize(
    ("contest", "lists"),
    [(b.BLOCK, {"ao": 2, "aka": 2}), (b.UPPER, {"ao": 4})],
)
def test_more_members_than_seats_need_a_poll(contest: str, lists: dict[str, int]) -> None:
    block = "tokyo" if contest == b.BLOCK else ""
    log = b.log_of(*b.REGISTER, b.contest(contest, seats=3, block=block), *_lists(contest, lists))

    log.refuses(PollNeeded, b.no_poll(contest))


def test_a_block_without_a_poll_waits_for_the_districts_of_its_members() -> None:
    """POEA 100(7), (8): who won a district counts as not written on the list."""
    dual = b.member("ao-1", 1, dual=(b.DISTRICT_1, b.A))
    log = b.log_of(
        *ALONE, BLOCK, b.party_list(b.BLOCK, "ao", dual, b.member("ao-2", 2), party="ao")
    )

    log.refuses(DistrictsNotDeclared, b.declare(b.BLOCK, "ao-2"))
    log.given(b.declare(b.DISTRICT_1, b.A), b.declare(b.BLOCK, "ao-2"))

    assert outcome_of(log, b.BLOCK) == Outcome(
        elected=("ao-2",), list_seats={"ao": 1}, vacant=2, uncontested=True
    )


def _lists(contest: str, lists: dict[str, int]) -> list[dict[str, object]]:
    made = []
    for name, size in lists.items():
        ranks = range(1, size + 1)
        upper = contest == b.UPPER
        members = [b.member(f"{name}-{n}", 0 if upper else n) for n in ranks]
        made.append(dict(b.party_list(contest, name, *members, party=name)))
    return made
