"""Two persons type a sheet for which two sign: every way of being one person twice is refused."""

import pytest

from aggregates.counting.count_events import TallyEvent
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream
from aggregates.errors import EntriesUnstated, TypedByOne, TypistNotSigner
from aggregates.rules import THIRD_RULES
from tests import builders as b
from tests.support import offices as o
from tests.support.gwt import Command, Log

SHEET = b.sheet({b.A: 6, b.B: 4})
FIRST, SECOND = o.keyid("nation-a"), o.keyid("nation-b")
BOTH = (FIRST, SECOND)
NIGHT = (o.founded(), *b.REGISTER[1:], *o.OFFICES, *b.DISTRICT[len(b.REGISTER) :])


@pytest.fixture
def log() -> Log:
    """Counting; the nation stands in for a centre, so that two persons sign."""
    return b.log_of(*NIGHT)


def sheet_typed_by(log: Log, *typists: str, **more: object) -> Command:
    """A sheet with who typed its entries."""
    digest = log.find(Contest, contest_stream(b.DISTRICT_1)).ballot_sha256
    stated = {"typists": list(typists)} if typists else {}
    return {**b.tally(SHEET), "ballot_sha256": digest, **stated, **more}


def test_two_persons_who_typed_and_sign_are_taken(log: Log) -> None:
    [event] = log.post(sheet_typed_by(log, SECOND, FIRST), on_behalf=True, signers=BOTH)
    assert isinstance(event, TallyEvent)
    assert event.notices == ()


def test_one_key_types_no_second_entry(log: Log) -> None:
    refusal = log.refuses(
        TypedByOne, sheet_typed_by(log, FIRST, FIRST), on_behalf=True, signers=BOTH
    )
    assert refusal.facts == {"keyid": FIRST}
    # A reason for one entry is none for two of the same person.
    again = sheet_typed_by(log, FIRST, FIRST, one_entry="急ぎ")
    log.refuses(TypedByOne, again, on_behalf=True, signers=BOTH)


def test_who_typed_signs(log: Log) -> None:
    other = o.keyid("somebody")
    log.refuses(TypistNotSigner, sheet_typed_by(log, FIRST, other), on_behalf=True, signers=BOTH)


def test_an_import_is_one_entry_and_says_so(log: Log) -> None:
    for command in (sheet_typed_by(log), sheet_typed_by(log, FIRST)):
        log.refuses(EntriesUnstated, command, on_behalf=True, signers=BOTH)

    stated = sheet_typed_by(log, FIRST, one_entry="計数機の表を取り込んだ。")
    [event] = log.post(stated, on_behalf=True, signers=BOTH)
    assert isinstance(event, TallyEvent)
    assert [(each.code, each.reason) for each in event.notices] == [
        ("one-entry", "計数機の表を取り込んだ。")
    ]


def test_a_blank_is_no_reason_and_two_entries_have_none(log: Log) -> None:
    blank = sheet_typed_by(log, FIRST, one_entry=" \u3000")
    log.refuses(EntriesUnstated, blank, on_behalf=True, signers=BOTH)
    both = sheet_typed_by(log, *BOTH, one_entry="急ぎ")
    log.refuses(EntriesUnstated, both, on_behalf=True, signers=BOTH)


def test_a_correction_is_typed_by_two_as_well(log: Log) -> None:
    log.post(sheet_typed_by(log, *BOTH), on_behalf=True, signers=BOTH)
    corrected = {
        **b.correction(b.sheet({b.A: 5, b.B: 5})),
        "ballot_sha256": sheet_typed_by(log)["ballot_sha256"],
    }
    log.refuses(EntriesUnstated, corrected, on_behalf=True, signers=BOTH)
    assert log.post({**corrected, "typists": list(BOTH)}, on_behalf=True, signers=BOTH)


def test_earlier_rules_do_not_ask() -> None:
    log = b.log_of(*NIGHT, rules=THIRD_RULES)
    assert log.post(sheet_typed_by(log), on_behalf=True, signers=BOTH)
