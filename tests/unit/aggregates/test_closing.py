"""Closing an election loses nothing, and what the law still changes afterwards is taken."""

import msgspec
import pytest

from aggregates import errors as e
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration, DeclarationSetAside
from aggregates.counting.outcome import Outcome
from aggregates.election.identifiers import VOTE, count_stream, declaration_stream
from tests import builders as b
from tests.support import offices as o
from tests.support.gwt import Command, Log

SHEETS = (b.sheet({b.A: 5, b.B: 4}), b.sheet({b.A: 5, b.B: 4}))
COUNTED = (*b.DISTRICT, *b.finals(b.DISTRICT_1, *SHEETS))
CLOSED = (*COUNTED, b.declare(b.DISTRICT_1, b.A), b.CLOSE)
FOUND = b.correction(b.sheet({b.A: 5, b.B: 7}), supersedes=2, as_of=b.AT_23)
TWO = (o.keyid("nation-a"), o.keyid("nation-b"))


def founded(commands: tuple[Command, ...]) -> Log:
    """The same in an election with founders, posted by somebody who is not in its register."""
    log = Log()
    for command in (o.founded(), *commands[1:]):
        log.post(command, office="trial")
    return log


def outcome_of(log: Log) -> Outcome | None:
    return log.find(Declaration, declaration_stream(b.DISTRICT_1)).outcome


@pytest.mark.parametrize(
    ("given", "contests", "units"),
    [
        (b.DISTRICT, (b.DISTRICT_1,), (f"{b.DISTRICT_1}:13101", f"{b.DISTRICT_1}:13102")),
        (COUNTED, (b.DISTRICT_1,), ()),
        ((*CLOSED[:-1], b.give_back()), (), (f"{b.DISTRICT_1}:13101",)),
    ],
    ids=["nothing counted", "nobody declared", "returned after the declaration"],
)
def test_what_is_undecided_or_uncounted_is_named(
    given: tuple[Command, ...], contests: tuple[str, ...], units: tuple[str, ...]
) -> None:
    refusal = b.log_of(*given).refuses(e.ElectionUndecided, b.CLOSE)

    assert refusal.facts == {"contests": contests, "units": units}


def test_a_tie_that_nobody_drew_is_not_lost_by_closing() -> None:
    even = b.sheet({b.A: 5, b.B: 5})
    log = b.log_of(*b.DISTRICT, *b.finals(b.DISTRICT_1, even, even))

    log.refuses(e.ElectionUndecided, b.CLOSE)
    log.given(b.lot(b.DISTRICT_1, b.B, b.A), b.declare(b.DISTRICT_1, b.B), b.CLOSE)

    assert outcome_of(log) == Outcome(elected=(b.B,))


def test_under_the_first_rules_an_election_closes_as_it_is() -> None:
    log = Log(rules=1).given(*b.DISTRICT, b.CLOSE)

    log.refuses(e.ElectionIsClosed, b.declare(b.DISTRICT_1, b.A))


def test_an_election_without_any_poll_closes_without_counting() -> None:
    alone = (*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A))

    assert b.log_of(*alone, b.declare(b.DISTRICT_1, b.A)).post(b.CLOSE)


def test_a_ballot_found_later_is_recorded_and_the_decision_revised() -> None:
    log = b.log_of(*CLOSED)

    log.given(FOUND, b.confirm(), b.declare(b.DISTRICT_1, b.B, reason="票が見つかったため"))

    assert outcome_of(log) == Outcome(elected=(b.B,))


def test_a_tie_that_a_correction_makes_after_closing_is_drawn() -> None:
    even = b.correction(b.sheet({b.A: 5, b.B: 6}), supersedes=2, as_of=b.AT_23)
    log = b.log_of(*CLOSED, even)

    log.given(b.lot(b.DISTRICT_1, b.B, b.A), b.declare(b.DISTRICT_1, b.B, reason="訂正のため"))

    assert outcome_of(log) == Outcome(elected=(b.B,))


@pytest.mark.parametrize("given", [CLOSED, CLOSED[:-1]], ids=["closed", "counting"])
def test_a_declaration_that_is_set_aside_leaves_the_contest_undecided(
    given: tuple[Command, ...],
) -> None:
    log = b.log_of(*given, b.set_aside(b.DISTRICT_1))

    assert outcome_of(log) is None
    log.refuses(e.NothingToRevise, b.set_aside(b.DISTRICT_1))
    log.given(FOUND, b.declare(b.DISTRICT_1, b.B))
    assert outcome_of(log) == Outcome(elected=(b.B,))


@pytest.mark.parametrize(
    "command",
    [
        b.confirm(),
        b.give_back(),
        b.lot(b.DISTRICT_1, b.B, b.A),
        b.declare(b.DISTRICT_1, b.B, reason="訂正のため"),
        b.set_aside(b.DISTRICT_1),
        o.revoke(o.SECOND, "second-a"),
    ],
    ids=lambda command: str(command["command"]),
)
def test_one_person_alone_changes_nothing_after_closing(command: Command) -> None:
    log = founded(CLOSED)

    log.refuses(e.TwoPersonsNeeded, command, signers=TWO[:1])


def test_one_person_alone_sets_nothing_aside_while_counting() -> None:
    log = founded(CLOSED[:-1])

    refusal = log.refuses(e.TwoPersonsNeeded, b.set_aside(b.DISTRICT_1), signers=TWO[:1])

    assert refusal.facts == {"signed": 1}
    assert log.post(b.set_aside(b.DISTRICT_1), signers=TWO)


def test_a_log_closed_under_the_first_rules_can_be_carried_on() -> None:
    log = Log(rules=1).given(*CLOSED)
    log.refuses(e.ElectionIsClosed, FOUND)

    log.given(b.CHANGE_RULES, FOUND)

    assert log.topics()[-1] == "count.tally-corrected"


def test_a_judgment_names_units_that_vote_again_and_hidden_invalid_ballots() -> None:
    hidden = [{"unit": b.CHIYODA, "ballots": 3}]
    told = {**b.set_aside(b.DISTRICT_1), "area": [b.CHIYODA], "hidden_invalid": hidden}
    log = b.log_of(*CLOSED)

    log.refuses(e.UnitUnknown, {**told, "area": ["13999"]})
    log.refuses(
        e.HiddenInvalidBeyondVotes,
        {**told, "hidden_invalid": [{"unit": b.CHIYODA, "ballots": 1_000_000}]},
    )
    (event,) = log.post(told)

    assert isinstance(event, DeclarationSetAside)
    assert event.area == (b.CHIYODA,)
    assert [(each.unit, each.ballots) for each in event.hidden_invalid] == [(b.CHIYODA, 3)]


def test_no_unit_of_a_judgment_stands_twice() -> None:
    """Its electors would be counted twice, and each row alone be within the votes."""
    log = b.log_of(*CLOSED)
    sheet = log.find(Count, count_stream(b.DISTRICT_1, b.CHIYODA)).latest
    assert sheet is not None
    half = {"unit": b.CHIYODA, "ballots": sum(sheet.votes.values()) // VOTE // 2 + 1}
    told = b.set_aside(b.DISTRICT_1)

    log.refuses(e.CommandMalformed, {**told, "area": [b.CHIYODA, b.CHIYODA]})
    log.refuses(e.CommandMalformed, {**told, "hidden_invalid": [half, half]})
    assert log.post({**told, "hidden_invalid": [half]})


def test_earlier_rules_know_no_area_that_votes_again() -> None:
    log = Log(rules=2).given(*CLOSED)

    log.refuses(e.RulesTooEarly, {**b.set_aside(b.DISTRICT_1), "area": [b.CHIYODA]})
    (event,) = log.post(b.set_aside(b.DISTRICT_1))
    assert not {b"area", b"hidden_invalid"} & set(msgspec.json.encode(event).split(b'"'))
