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


AMENDED = am.amend_contest(MAYOR, [b.CHIYODA], polling_day=MOVED)
VOTERS = {"male": 50, "female": 50}
OF_THE_DAY = {"electors": {"male": 100, "female": 100}, "voters": VOTERS}
EARLY = {**OF_THE_DAY, "by_method": {"on_the_day": 0, "early": 100, "absentee": 0}}
SHEET = b.sheet(VOTES)


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ((b.OPEN, b.tally(SHEET, MAYOR, final=True)), "開票報告"),
        ((b.turnout(OF_THE_DAY, MAYOR, final=False),), "投票状況"),
        ((b.turnout(EARLY, MAYOR, final=True),), "投票状況"),
        ((b.withdraw(MAYOR, "m-2"), b.declare(MAYOR, "m-1")), "当選人の決定"),
        ((b.OPEN, depart(MAYOR, "m-1", "2024-10-30")), "m-1の異動（2024-10-30）"),
        ((b.OPEN, depart(MAYOR, "m-1", MOVED)), f"m-1の異動（{MOVED}）"),
    ],
)
def test_a_poll_does_not_move_past_what_is_recorded_of_it(
    recorded: tuple[Command, ...], said: str
) -> None:
    log = mayor(*recorded)

    refusal = log.refuses(e.PollingDayPastRecords, AMENDED)

    assert said in str(refusal.facts["recorded"])
    assert refusal.facts["polling_day"] == MOVED


@pytest.mark.parametrize(
    "recorded",
    [
        (),
        (b.OPEN,),
        (b.turnout(EARLY, MAYOR, final=False, as_of="2024-10-20T20:00:00+09:00"),),
        (b.OPEN, depart(MAYOR, "m-1", "2024-11-02")),
        (b.withdraw(MAYOR, "m-2", day="2024-10-20"),),
    ],
)
def test_early_voting_and_who_is_gone_either_way_let_a_poll_move(
    recorded: tuple[Command, ...],
) -> None:
    assert mayor(*recorded).post(AMENDED)


def test_a_poll_does_not_move_forward_past_who_was_gone_before_it() -> None:
    gone = b.withdraw(MAYOR, "m-2", day="2024-10-30")
    log = mayor(gone, polling_day=MOVED)

    refusal = log.refuses(e.PollingDayPastRecords, am.amend_contest(MAYOR, [b.CHIYODA]))

    assert refusal.facts["recorded"] == "m-2の取りやめ（2024-10-30）"


def test_reports_of_units_that_leave_the_contest_do_not_hold_its_day() -> None:
    log = b.log_of(
        *b.REGISTER,
        b.contest(b.DISTRICT_1),
        b.candidates(b.DISTRICT_1, b.A, b.B),
        b.turnout(OF_THE_DAY, final=False),
    )
    moved = am.amend_contest(b.DISTRICT_1, [b.CHUO], set_aside=(b.CHIYODA,), polling_day=MOVED)

    assert log.post(moved)


@pytest.mark.parametrize("rules", [2, 4])
def test_earlier_rules_moved_a_poll_whatever_was_recorded(rules: int) -> None:
    log = b.log_of(
        *b.REGISTER, b.contest(MAYOR, [b.CHIYODA]), b.candidates(MAYOR, *VOTES), rules=rules
    )

    assert log.given(b.turnout(OF_THE_DAY, MAYOR, final=False)).post(AMENDED)
