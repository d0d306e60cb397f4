"""議員定数 beside the seats to be filled, and the valid ballots that the lines are taken of."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import msgspec
import pytest

from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import Outcome
from aggregates.counting.race import Race, race_full_seats
from aggregates.election.contests.contest import Contest
from aggregates.election.contests.contest_events import ContestDefined
from aggregates.election.identifiers import declaration_stream
from aggregates.errors import ContestMalformed, DeclarationDiffersFromLaw
from aggregates.rule_package.japan import JAPAN
from tests import builders as b
from tests.support.gwt import Log

COUNCIL = "municipal-assembly/13101"
MAYOR = "mayor/13101"
DAY = date(2026, 11, 29)
FIVE = {"c-1": 2_400, "c-2": 2_200, "c-3": 2_000, "c-4": 1_800, "c-5": 1_600}


def counted(
    contest: str,
    votes: Mapping[str, int],
    *,
    sheet: Mapping[str, Any] = MappingProxyType({}),
    rules: int = 2,
    seats: int = 1,
    **facts: object,
) -> Log:
    """A contest of one unit, counted to the end; `sheet` replaces figures of its sheet."""
    return b.log_of(
        *b.REGISTER,
        b.contest(contest, [b.CHIYODA], seats, **facts),
        b.candidates(contest, *votes),
        b.OPEN,
        b.tally(b.sheet(votes) | dict(sheet), contest),
        rules=rules,
    )


def outcome_of(log: Log, contest: str) -> Outcome | None:
    return log.find(Declaration, declaration_stream(contest)).outcome


def test_a_by_election_of_an_assembly_is_divided_by_all_its_seats() -> None:
    log = counted(COUNCIL, FIVE, full_seats=30)

    log.post(b.declare(COUNCIL, "c-1"))

    assert outcome_of(log, COUNCIL) == Outcome(elected=("c-1",))


def test_without_them_the_seats_to_be_filled_divide() -> None:
    log = counted(COUNCIL, FIVE)

    log.refuses(DeclarationDiffersFromLaw, b.declare(COUNCIL, "c-1"))
    log.post(b.declare(COUNCIL))

    assert outcome_of(log, COUNCIL) == Outcome(vacant=1)


def test_a_definition_that_does_not_state_them_keeps_its_bytes() -> None:
    log = b.log_of(*b.REGISTER)

    (defined,) = log.post(b.contest(COUNCIL, [b.CHIYODA], seats=3))
    (stated,) = log.post(b.contest("municipal-assembly/13102", [b.CHUO], 1, full_seats=30))

    assert isinstance(defined, ContestDefined)
    assert isinstance(stated, ContestDefined)
    assert b"full_seats" not in msgspec.json.encode(defined)
    assert b'"full_seats":30' in msgspec.json.encode(stated)
    rule = JAPAN.rule("municipal-assembly", DAY)
    assert [made.contest.all_seats(rule) for made in (defined, stated)] == [3, 30]


@pytest.mark.parametrize(
    ("contest", "seats", "full_seats"),
    [(COUNCIL, 3, 2), (MAYOR, 1, 2), ("house-district/13-01", 1, 3)],
)
def test_full_seats_that_cannot_be_are_refused(contest: str, seats: int, full_seats: int) -> None:
    log = b.log_of(*b.REGISTER)

    refusal = log.refuses(
        ContestMalformed, b.contest(contest, [b.CHIYODA], seats, full_seats=full_seats)
    )

    assert refusal.facts["detail"] == f"議員定数 {full_seats}"


def test_an_upper_house_district_may_fill_more_than_regularly() -> None:
    log = b.log_of(*b.REGISTER)

    assert log.post(b.contest("upper-district/13", seats=5, full_seats=4))


MAYORS = {"m-1": 249, "m-2": 248, "m-3": 248, "m-4": 248, "m-5": 2}
TO_NOBODY = {"nobody": 5_000, "valid": 1_000, "ballots": 1_000, "voters": 1_000}


@pytest.mark.parametrize(("rules", "full_seats"), [(1, 1), (2, 6)])
def test_a_district_of_the_upper_house_has_the_seats_of_a_regular_election(
    rules: int, full_seats: int
) -> None:
    """By annexed table 3, also where one seat is filled; the first rules did not know it."""
    log = counted("upper-district/13", FIVE, rules=rules, prefectures=["13"])
    facts = log.find(Contest, "contest/upper-district/13").facts
    nobody: frozenset[str] = frozenset()
    rule = JAPAN.rule(facts.kind, DAY)
    race = Race(facts=facts, rule=rule, options={}, withdrawn=nobody, polling_day=DAY, rules=rules)

    assert race_full_seats(race) == full_seats


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [(1, Outcome(elected=("m-1",))), (2, Outcome(vacant=1))],
)
def test_ballots_that_belong_to_nobody_are_valid_votes(rules: int, outcome: Outcome) -> None:
    """T7: A 995, C 5 of a mayor's poll: 250 are needed; the first rules said 248.750."""
    log = counted(MAYOR, MAYORS, sheet=TO_NOBODY, rules=rules)

    log.post(b.declare(MAYOR, *outcome.elected))

    assert outcome_of(log, MAYOR) == outcome


@pytest.mark.parametrize(
    ("most", "outcome"), [(25_000_000, Outcome(elected=("m-1",))), (24_999_900, Outcome(vacant=1))]
)
def test_what_division_cut_is_among_the_valid_votes(most: int, outcome: Outcome) -> None:
    """T6: A 99,999.400 and B 0.600 are 100,000 valid votes: 25,000 are needed, not 24,999.850."""
    rest = (99_999_400 - most) // 4
    votes = {"m-1": most} | {f"m-{n}": rest for n in (2, 3, 4)}
    votes["m-5"] = 99_999_400 - sum(votes.values())
    figures = {"valid": 100_000, "ballots": 100_000, "voters": 100_000}
    log = counted(MAYOR, votes, sheet={"votes": votes, "cut": 600, **figures})

    log.post(b.declare(MAYOR, *outcome.elected))

    assert outcome_of(log, MAYOR) == outcome


def test_exactly_the_minimum_wins() -> None:
    log = counted(MAYOR, {**MAYORS, "m-1": 250, "m-5": 1}, sheet=TO_NOBODY)

    log.post(b.declare(MAYOR, "m-1"))

    assert outcome_of(log, MAYOR) == Outcome(elected=("m-1",))


@pytest.mark.parametrize(
    ("contest", "facts"),
    [
        (MAYOR, {"causes": ["increase"]}),
        (COUNCIL, {"causes": ["re-election", "by-election"]}),
        ("head-recall/13101", {"causes": ["by-election"]}),
        (COUNCIL, {"causes": ["by-election"], "repeats": "house49/x"}),
        (COUNCIL, {"repeats": "house49/x"}),
    ],
)
def test_why_a_contest_is_held_has_to_fit_its_kind(contest: str, facts: dict[str, object]) -> None:
    """Only assemblies grow, only seats are vacated, only a re-election repeats another."""
    seats = 0 if contest.startswith("head-recall") else 1

    b.log_of(*b.REGISTER).refuses(ContestMalformed, b.contest(contest, [b.CHIYODA], seats, **facts))


def test_several_causes_are_held_as_one_under_rules_that_know_them() -> None:
    """POEA 115(1)(ii): re-election, by-election and increase of one assembly."""
    facts = {"causes": ["by-election", "re-election", "increase"], "repeats": "house49/x"}
    several = b.contest(COUNCIL, [b.CHIYODA], 1, full_seats=30, **facts)

    assert b.log_of(*b.REGISTER).post(several)
    refusal = b.log_of(*b.REGISTER, rules=2).refuses(ContestMalformed, several)
    assert "規則3" in str(refusal.facts["detail"])
