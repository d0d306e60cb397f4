"""A contest that is held on another day than its election: a head's poll that moved, a late one."""

from typing import Any

import pytest

from aggregates import errors as e
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream
from tests import builders as b
from tests.builders import amendments as am
from tests.builders.succession import depart
from tests.support.gwt import Command, Log

MAYOR = "mayor/13101"
MOVED = "2024-11-01"
NIGHT = "2024-11-01T22:00:00+09:00"
VOTES = {"m-1": 60, "m-2": 40}


def mayor(*commands: Command, **facts: Any) -> Log:  # noqa: ANN401 - JSON as offices send it
    """A mayor beside a council on one day; the mayor's poll may have moved."""
    return b.log_of(
        *b.REGISTER,
        b.contest(MAYOR, [b.CHIYODA], **facts),
        b.candidates(MAYOR, *VOTES),
        *commands,
    )


def test_a_heads_poll_moves_when_all_but_one_are_gone() -> None:
    """POEA 86-4(7): to the fifth day after; nominations are taken anew, and counting follows."""
    log = mayor(b.withdraw(MAYOR, "m-2"), am.amend_contest(MAYOR, [b.CHIYODA], polling_day=MOVED))
    log.given(b.candidates(MAYOR, "m-3"), b.OPEN)
    sheet = b.sheet({"m-1": 60, "m-3": 40})

    log.refuses(e.MomentTooEarly, b.tally(sheet, MAYOR, as_of=b.AT_22))
    assert log.post(b.tally(sheet, MAYOR, as_of=NIGHT))

    facts = log.find(Contest, contest_stream(MAYOR)).facts
    assert str(facts.polling_day) == MOVED


def test_who_is_gone_before_the_day_of_the_contest_did_not_stand() -> None:
    log = mayor(b.OPEN, polling_day=MOVED)

    log.refuses(e.WithdrawnAfterPolling, b.withdraw(MAYOR, "m-2", day=MOVED))
    log.refuses(e.DepartureNotAfterPolling, depart(MAYOR, "m-2", MOVED))
    assert log.post(b.withdraw(MAYOR, "m-2", day="2024-10-30"))
    assert log.post(depart(MAYOR, "m-1", "2024-11-02"))


def test_without_a_poll_winners_are_decided_from_its_own_day_on() -> None:
    """The clock of these tests stands on the polling day of the election."""
    log = mayor(b.withdraw(MAYOR, "m-2"), polling_day=MOVED)

    refusal = log.refuses(e.PollingDayNotReached, b.declare(MAYOR, "m-1"))

    assert refusal.facts["polling_day"] == MOVED


@pytest.mark.parametrize(
    ("day", "rules", "said"),
    [("2024-10-26", 2, "より後"), ("2024-10-27", 2, "より後"), (MOVED, 1, "規則2")],
)
def test_a_poll_moves_back_only_and_under_rules_2(day: str, rules: int, said: str) -> None:
    log = b.log_of(*b.REGISTER, rules=rules)

    refusal = log.refuses(e.ContestMalformed, b.contest(MAYOR, [b.CHIYODA], polling_day=day))

    assert said in str(refusal.facts["detail"])


def test_a_contest_on_the_day_of_its_election_has_no_day_in_its_bytes() -> None:
    defined = mayor().store.entries

    assert not any(b'"polling_day"' in entry.data for entry in defined if "contest" in entry.topic)
