"""Whatever breaks between the writer and the database, a posting is recorded once or not at all,
and a receipt is never given for what is not in the log."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path
from statistics import median

import psycopg
import pytest

from infra.adapters.event_log import Log, LogUnavailable, Receipt
from infra.adapters.event_log.log_writer import LogWriter
from infra.adapters.event_log.writer_session import RETRY_SECONDS_MAX
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from tests import builders as b
from tests.contract.wire import Loss, Wire
from tests.support.posting import posting, record

SHEET = b.sheet({b.A: 60, b.B: 40})


@pytest.fixture
def wire(conninfo: str, tmp_path: Path) -> Iterator[Wire]:
    breaking = Wire(conninfo, tmp_path)
    yield breaking
    breaking.close()


@pytest.fixture
def far(wire: Wire, log: Log) -> Iterator[LogWriter]:
    """A writer whose wire can break, of a log in which counting is open."""
    record(log, *b.DISTRICT)
    writer = LogWriter(wire.conninfo, log.recorder, retry_seconds_max=5)
    writer.post(*posting("note-first", b.NOTE))
    yield writer
    writer.close()


def _recorded(log: Log, submission_id: str) -> list[int]:
    return [p for p, event in log.reader.events() if event.provenance.submission == submission_id]


@pytest.mark.parametrize(
    "losses",
    [
        ["commit"],
        ["reply"],
        ["commit", "commit", "reply"],
        ["reply", "commit"],
        ["reply", "reply", "reply"],
    ],
)
def test_a_commit_or_its_reply_lost_is_resolved(
    log: Log, far: LogWriter, wire: Wire, losses: list[Loss]
) -> None:
    wire.lose(*losses)
    receipt = far.post(*posting("tally-000001", b.tally(SHEET)))
    assert wire.lost == len(losses)
    assert _recorded(log, "tally-000001") == [receipt.position]
    assert log.reader.row(receipt.position).version == receipt.stream_version == 2


def test_a_turn_is_two_round_trips(far: LogWriter, wire: Wire) -> None:
    """The lock and what is asked behind it; what is written and the commit.

    In the median: what is sent in one go may leave in two pieces where the machine is busy, and the
    answer to the first be there before the second.
    """
    far.post(*posting("tally-000001", b.tally(SHEET)))

    spoken = [wire.spoken]
    for number in range(10):
        far.post(*posting(f"note-{number:05d}", b.NOTE))
        spoken.append(wire.spoken)

    assert median(after - before for before, after in pairwise(spoken)) <= 2


def test_what_the_database_refuses_is_not_committed_with_what_it_took(
    conninfo: str, log: Log
) -> None:
    record(log, *b.DISTRICT)
    last = log.reader.last_position()
    with psycopg.connect(conninfo, autocommit=True) as operator:
        operator.execute(_NO_SUBMISSION)
        with pytest.raises(psycopg.errors.CheckViolation):
            log.writer.post(*posting("tally-000001", b.tally(SHEET)))
        assert log.reader.last_position() == last
        operator.execute("ALTER TABLE house50_rehearsal.submissions DROP CONSTRAINT never")
    assert log.writer.post(*posting("tally-000001", b.tally(SHEET))).position == last + 1


_NO_SUBMISSION = """
ALTER TABLE house50_rehearsal.submissions
    ADD CONSTRAINT never CHECK (submission_id <> 'tally-000001') NOT VALID;
"""
"""Refused after the events were taken and before the commit, which is on its way already."""


def test_after_a_lost_reply_the_answer_is_the_original_one(
    log: Log, far: LogWriter, wire: Wire
) -> None:
    wire.lose("reply")
    receipt = far.post(*posting("tally-000001", b.tally(SHEET)))
    assert receipt.repeated, "the first attempt was recorded, so the second is a repetition"
    assert receipt.recorded_at == dict(log.reader.events())[receipt.position].timestamp


def test_a_group_with_a_lost_reply_is_recorded_once_and_in_order(
    log: Log, far: LogWriter, wire: Wire
) -> None:
    wire.lose("reply", "commit", "reply")
    futures = [far.submit(*posting(f"note-{number:05d}", b.NOTE)) for number in range(1000)]
    positions = [future.result().position for future in futures]
    assert positions == sorted(set(positions))
    last = log.reader.last_position()
    assert positions == list(range(last - 999, last + 1))


def test_a_database_that_stays_away_is_never_a_success(log: Log, wire: Wire) -> None:
    record(log, *b.DISTRICT)
    last = log.reader.last_position()
    writer = LogWriter(wire.conninfo, log.recorder, retry_seconds_max=2)
    wire.cut()
    waits = []
    for _ in range(2):
        start = time.monotonic()
        with pytest.raises(LogUnavailable):
            writer.post(*posting("tally-000001", b.tally(SHEET)))
        waits.append(time.monotonic() - start)
    assert waits[1] < waits[0], "while it is known to be away, nobody waits again"
    assert log.reader.last_position() == last
    wire.mend()
    assert writer.post(*posting("tally-000001", b.tally(SHEET))).position == last + 1
    writer.close()


def test_a_full_disk_is_told_at_once_and_recovered_from(conninfo: str, log: Log) -> None:
    """The server itself raises the error that a full data volume raises (SQLSTATE 53100)."""
    record(log, *b.DISTRICT)
    last = log.reader.last_position()
    with psycopg.connect(conninfo, autocommit=True) as operator:
        operator.execute(_FULL_DISK)
        start = time.monotonic()
        with pytest.raises(LogUnavailable, match="DiskFull"):
            log.writer.post(*posting("tally-000001", b.tally(SHEET)))
        assert time.monotonic() - start < RETRY_SECONDS_MAX
        assert log.reader.last_position() == last
        operator.execute("DROP TRIGGER full_disk ON house50_rehearsal.stored_events")
    assert log.writer.post(*posting("tally-000001", b.tally(SHEET))).position == last + 1


_FULL_DISK = """
CREATE FUNCTION house50_rehearsal.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON house50_rehearsal.stored_events
    FOR EACH ROW EXECUTE FUNCTION house50_rehearsal.full_disk();
"""


def test_a_reply_lost_for_good_leaves_the_sender_unsure_and_a_repetition_sure(
    log: Log, wire: Wire
) -> None:
    record(log, *b.DISTRICT)
    writer = LogWriter(wire.conninfo, log.recorder, retry_seconds_max=0)
    wire.lose("reply")
    with pytest.raises(LogUnavailable):
        writer.post(*posting("tally-000001", b.tally(SHEET)))
    receipt = writer.post(*posting("tally-000001", b.tally(SHEET)))
    assert _recorded(log, "tally-000001") == [receipt.position]
    writer.close()


def test_backends_killed_at_random_lose_and_double_nothing(conninfo: str, log: Log) -> None:
    record(log, *b.DISTRICT)
    writer = LogWriter(conninfo, log.recorder, retry_seconds_max=120)
    over = threading.Event()
    source = random.Random(20241027)
    killed = []
    futures: list[Future[Receipt]] = []

    def recorded() -> int:
        return sum(future.done() for future in futures)

    def kill() -> None:
        with psycopg.connect(conninfo, autocommit=True) as killer:
            while not over.is_set():
                killed.extend(
                    killer.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE query <> '' AND pid <> pg_backend_pid()"
                        " AND backend_type = 'client backend'"
                    ).fetchall()
                )
                before, end = recorded(), time.monotonic() + 2
                time.sleep(source.random() * 0.2)
                # A machine that is slow would see every attempt killed.
                while recorded() == before and time.monotonic() < end and not over.is_set():
                    time.sleep(0.01)

    killing = threading.Thread(target=kill)
    killing.start()
    try:
        for number in range(3000):
            futures.append(writer.submit(*posting(f"note-{number:05d}", b.NOTE)))
            time.sleep(0.0005)
            while len(killed) < number // 400:
                time.sleep(0.01)
        receipts = [future.result(120) for future in futures]
    finally:
        over.set()
        killing.join()
        writer.close()
    assert len(killed) > 5
    stored = {event.provenance.submission: p for p, event in log.reader.events()}
    assert [receipt.position for receipt in receipts] == [
        stored[f"note-{number:05d}"] for number in range(3000)
    ]
    assert len(stored) == log.reader.last_position() - 2, "three events came of one command"


def test_a_server_that_crashes_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    with server(tmp_path) as conninfo:
        with Log(conninfo, LogName("house50", "rehearsal")) as log:
            record(log, *b.DISTRICT)
            crashed = threading.Event()

            def crash(_: object) -> None:
                """In the writer's own thread, so that it cannot come to the end before."""
                _crash(tmp_path)
                crashed.set()

            futures = [log.writer.submit(*posting("note-00000", b.NOTE))]
            futures[0].add_done_callback(crash)
            futures += [
                log.writer.submit(*posting(f"note-{number:05d}", b.NOTE))
                for number in range(1, 4000)
            ]
            assert crashed.wait(120)
            assert not futures[-1].done()
            with server(tmp_path):
                receipts = [future.result(120) for future in futures]
                stored = {event.provenance.submission: p for p, event in log.reader.events()}
        assert [stored[receipt.submission_id] for receipt in receipts] == [
            receipt.position for receipt in receipts
        ]
        assert len(set(stored.values())) == 4000 + len(b.DISTRICT)


def _crash(folder: Path) -> None:
    """Stop the server as a power cut would: at once, without a checkpoint."""
    pid = int((folder / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGQUIT)
