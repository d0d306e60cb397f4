import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import msgspec
import psycopg
import pytest

from aggregates.base import Envelope, Signature
from aggregates.errors import (
    CountAlreadyFinal,
    EntryTooLarge,
    SheetUnbalanced,
    SubmissionReused,
    SupersedesAnother,
)
from infra.adapters.event_log import Log, Receipt
from infra.adapters.event_log.clock_guard import BEHIND_MAX
from infra.adapters.event_log.log_errors import ClockAhead, ClockRefused, LogClosed
from infra.adapters.event_log.log_writer import LogWriter
from infra.adapters.postgres.schemas import LogName
from tests import builders as b
from tests.support.posting import SetClock, posting, record

SHEET = b.sheet({b.A: 60, b.B: 40})
INTERIM = b.tally(b.sheet({b.A: 6, b.B: 4}), final=False)


@pytest.fixture
def counting(log: Log) -> Log:
    """A log in which counting is open."""
    record(log, *b.DISTRICT)
    return log


def _topics(log: Log, after: int = 0) -> list[str]:
    return [row.topic for row in log.reader.rows(after)]


def test_a_receipt_says_where_the_posting_is(counting: Log) -> None:
    start = counting.reader.last_position()
    sent = posting("tally-000001", b.tally(SHEET))
    receipt = counting.writer.post(*sent)
    row = counting.reader.row(receipt.position)
    event = dict(counting.reader.events())[receipt.position]
    assert (receipt.first_position, receipt.position) == (start + 1, start + 1)
    assert (row.topic, row.stream) == ("count.tally-finalised", receipt.stream)
    assert (receipt.stream, receipt.stream_version) == ("count/house-district/13-01/13101", 2)
    assert receipt.recorded_at == event.timestamp
    assert receipt.submission_id == event.provenance.submission == "tally-000001"
    assert receipt.body_sha256 == sent[1].hex()
    assert not receipt.repeated


def test_a_receipt_names_what_a_correction_supersedes(counting: Log) -> None:
    receipt = counting.writer.post(*posting("tally-000001", b.tally(SHEET)))
    changed = b.sheet({b.A: 40, b.B: 60})
    with pytest.raises(SupersedesAnother):
        counting.writer.post(
            *posting("correct-001", b.correction(changed, supersedes=receipt.stream_version + 1))
        )
    counting.writer.post(
        *posting("correct-002", b.correction(changed, supersedes=receipt.stream_version))
    )


def test_warnings_come_with_the_receipt_and_again_with_its_repetition(counting: Log) -> None:
    taken = b.sheet({b.A: 60, b.B: 40}, taken_away=-1, voters=99)
    sent = posting("tally-000001", b.tally(taken))
    first, second = counting.writer.post(*sent), counting.writer.post(*sent)
    assert [notice.code for notice in first.notices] == ["taken-away-negative"]
    assert second == msgspec.structs.replace(first, repeated=True)


def test_one_command_with_many_events_has_one_receipt(log: Log) -> None:
    *_, opened = record(log, *b.DISTRICT)
    assert _topics(log, opened.first_position - 1) == [
        "election.counting-opened",
        "count.opened",
        "count.opened",
    ]
    assert opened.position == log.reader.last_position() == opened.first_position + 2


def test_a_repetition_gets_the_original_receipt_and_records_nothing(counting: Log) -> None:
    sent = posting("tally-000001", b.tally(SHEET))
    first = counting.writer.post(*sent)
    last = counting.reader.last_position()
    assert counting.writer.post(*sent) == msgspec.structs.replace(first, repeated=True)
    assert counting.reader.last_position() == last


def test_a_repetition_reaches_another_process_that_never_saw_the_first(
    counting: Log, conninfo: str, log_name: LogName
) -> None:
    sent = posting("tally-000001", b.tally(SHEET))
    first = counting.writer.post(*sent)
    with Log(conninfo, log_name) as other:
        assert other.writer.post(*sent) == msgspec.structs.replace(first, repeated=True)


def test_repetitions_within_one_group_are_recorded_once(counting: Log) -> None:
    sent = posting("tally-000001", b.tally(SHEET))
    answers = [future.result() for future in [counting.writer.submit(*sent) for _ in range(50)]]
    assert {answer.position for answer in answers} == {counting.reader.last_position()}
    assert [answer.repeated for answer in answers].count(False) == 1


def test_an_id_is_not_used_for_another_content(counting: Log) -> None:
    sent = posting("tally-000001", INTERIM)
    first = counting.writer.post(*sent)
    last = counting.reader.last_position()
    with pytest.raises(SubmissionReused) as refused:
        counting.writer.post(*posting("tally-000001", b.tally(SHEET)))
    assert refused.value.facts == {
        "submission": "tally-000001",
        "position": first.position,
        "content_sha256": sent[1].hex(),
    }
    assert counting.reader.last_position() == last


def test_a_refusal_leaves_nothing_and_the_id_stays_free(counting: Log) -> None:
    last = counting.reader.last_position()
    with pytest.raises(SheetUnbalanced):
        counting.writer.post(*posting("tally-000001", b.tally({**SHEET, "valid": 99})))
    assert counting.reader.last_position() == last
    assert counting.writer.post(*posting("tally-000001", b.tally(SHEET))).position == last + 1


def test_a_refusal_in_the_middle_of_a_group_is_only_its_own(counting: Log) -> None:
    last = counting.reader.last_position()
    futures = [
        counting.writer.submit(*posting("first-0001", INTERIM)),
        counting.writer.submit(*posting("wrong-0001", b.tally({**SHEET, "valid": 99}))),
        counting.writer.submit(*posting("final-0001", b.tally(SHEET))),
        counting.writer.submit(*posting("final-0002", b.tally(SHEET))),
        counting.writer.submit(*posting("other-0001", b.tally(SHEET, unit_code=b.CHUO))),
    ]
    outcomes = [future.exception() or future.result() for future in futures]
    assert [type(outcome) for outcome in outcomes] == [
        Receipt,
        SheetUnbalanced,
        Receipt,
        CountAlreadyFinal,
        Receipt,
    ]
    assert _topics(counting, last) == [
        "count.tally-posted",
        "count.tally-finalised",
        "count.tally-finalised",
    ]


def test_an_entry_too_large_is_refused_and_its_stream_goes_on(counting: Log) -> None:
    huge = Envelope("A" * 70_000, "t", (Signature("k", "s"),))
    last = counting.reader.last_position()
    with pytest.raises(EntryTooLarge):
        counting.writer.post(*posting("tally-000001", b.tally(SHEET), sequence=1), envelope=huge)
    assert counting.reader.last_position() == last
    receipt = counting.writer.post(*posting("tally-000002", b.tally(SHEET)))
    assert (receipt.position, receipt.stream_version) == (last + 1, 2)


def test_a_refusal_after_the_decision_spares_what_the_group_did_before_it(
    conninfo: str, counting: Log
) -> None:
    """All in one transaction: recorded, decided but too large, recorded again in that stream."""
    huge = Envelope("A" * 70_000, "t", (Signature("k", "s"),))
    with psycopg.connect(conninfo) as holder:
        counting.recorder.lock(holder)
        # While somebody else has the lock, the first one waits for it and the others gather.
        note = counting.writer.submit(*posting("note-00001", b.NOTE))
        time.sleep(0.1)
        first = counting.writer.submit(*posting("first-0001", INTERIM))
        large = counting.writer.submit(
            *posting("final-0001", b.tally(SHEET), sequence=1), envelope=huge
        )
        final = counting.writer.submit(*posting("final-0002", b.tally(SHEET)))
    start = note.result().position
    assert (first.result().position, first.result().stream_version) == (start + 1, 2)
    assert isinstance(large.exception(), EntryTooLarge)
    assert (final.result().position, final.result().stream_version) == (start + 2, 3)


def test_who_sent_it_and_for_whom_is_on_record(counting: Log) -> None:
    envelope = Envelope("e30=", "application/json", (Signature("key-1", "c2ln"),))
    receipt = counting.writer.post(
        *posting(
            "tally-000001",
            b.tally(SHEET),
            office="pref-13",
            on_behalf=True,
            sequence=1,
            scan_sha256="ab" * 32,
        ),
        envelope=envelope,
    )
    provenance = dict(counting.reader.events())[receipt.position].provenance
    assert (provenance.office, provenance.on_behalf) == ("pref-13", True)
    assert provenance.envelope == envelope
    assert provenance.scan_sha256 == "ab" * 32


def test_decisions_follow_what_another_process_has_recorded(
    counting: Log, conninfo: str, log_name: LogName
) -> None:
    counting.writer.post(*posting("first-0001", INTERIM))
    with Log(conninfo, log_name) as other:
        other.writer.post(*posting("final-0001", b.tally(SHEET)))
    with pytest.raises(CountAlreadyFinal):
        counting.writer.post(*posting("final-0002", b.tally(SHEET)))


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2024, 10, 27, 13, 0, tzinfo=UTC))


@pytest.fixture
def timed(conninfo: str, log_name: LogName, clock: SetClock) -> Iterator[Log]:
    with Log(conninfo, log_name, clock=clock) as opened:
        yield opened


def test_time_never_goes_back_along_the_log(
    timed: Log, conninfo: str, log_name: LogName, clock: SetClock
) -> None:
    record(timed, *b.DISTRICT)
    evening = clock.shows
    clock.shows -= timedelta(seconds=20)
    assert timed.writer.post(*posting("first-0001", INTERIM)).recorded_at == evening
    behind = SetClock(evening - BEHIND_MAX)
    with Log(conninfo, log_name, clock=behind) as other:
        assert other.writer.post(*posting("final-0001", b.tally(SHEET))).recorded_at == evening
        clock.shows = evening + timedelta(seconds=1)
        assert timed.writer.post(*posting("note-00001", b.NOTE)).recorded_at == clock.shows
        behind.shows += timedelta(seconds=1)
        assert other.writer.post(*posting("note-00002", b.NOTE)).recorded_at == clock.shows


def test_nothing_is_recorded_by_a_clock_that_contradicts_the_log(
    timed: Log, conninfo: str, log_name: LogName, clock: SetClock
) -> None:
    """A year ahead, or back again from there: no entry freezes the time of all later ones."""
    record(timed, *b.DISTRICT)
    evening = clock.shows
    for days in (400, -400):
        clock.shows = evening + timedelta(days=days)
        with pytest.raises(ClockRefused, match="KAIHYO_CLOCK_CONFIRMED=2024-10-27T13:00:00"):
            timed.writer.post(*posting("first-0001", INTERIM))
        assert timed.write_fault(evening)
    clock.shows = evening
    assert timed.writer.post(*posting("first-0001", INTERIM)).recorded_at == evening
    assert timed.write_fault(evening) == ""

    later = SetClock(evening + timedelta(days=400))
    with Log(conninfo, log_name, clock=later, clock_confirmed=evening) as confirmed:
        assert confirmed.writer.post(*posting("note-00001", b.NOTE)).recorded_at == later.shows


def test_a_log_has_one_writer_however_many_begin_it(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(8)
    init = LogWriter.__init__

    def begin_slowly(*given: object, **named: object) -> None:
        time.sleep(0.02)  # Long enough for the others to come in between, if they may.
        init(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(LogWriter, "__init__", begin_slowly)

    def begin(_: int) -> LogWriter:
        together.wait()
        return log.writer

    with ThreadPoolExecutor(8) as threads:
        assert len({id(writer) for writer in threads.map(begin, range(8))}) == 1


def test_a_closed_writer_takes_nothing(log: Log) -> None:
    log.writer.close()
    with pytest.raises(LogClosed):
        log.writer.post(*posting("define-0001", b.election()))


def test_a_store_of_one_aggregate_decides_the_same(conninfo: str, log: Log) -> None:
    """However little is remembered between transactions, decisions are on the true state."""
    writer = LogWriter(conninfo, log.recorder, group_max=1)
    writer._store._aggregates_max = 1
    for number, command in enumerate([*b.DISTRICT, INTERIM, b.tally(SHEET)]):
        writer.post(*posting(f"given-{number:06d}", command))
    with pytest.raises(CountAlreadyFinal):
        writer.post(*posting("final-0002", b.tally(SHEET)))
    writer.close()
    assert _topics(log)[-2:] == ["count.tally-posted", "count.tally-finalised"]


def test_a_machine_whose_clock_runs_ahead_records_nothing(
    conninfo: str, log_name: LogName, log: Log
) -> None:
    """One entry of tomorrow would stamp everybody's entries with tomorrow."""
    ahead = SetClock(datetime.now(UTC) + timedelta(days=1))

    with Log(conninfo, log_name, clock=ahead) as wrong, pytest.raises(ClockAhead, match="NTP"):
        record(wrong, *b.REGISTER)

    assert log.reader.last_position() == 0


def test_once_the_clock_is_set_right_the_same_writer_records(
    conninfo: str, log_name: LogName
) -> None:
    clock = SetClock(datetime.now(UTC) + timedelta(days=1))
    with Log(conninfo, log_name, clock=clock) as log:
        with pytest.raises(ClockAhead):
            record(log, *b.REGISTER)

        clock.shows = datetime.now(UTC)
        record(log, *b.REGISTER)

        assert log.reader.last_position() > 0
