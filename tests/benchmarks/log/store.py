"""How fast single events can be recorded: in groups, by the library alone, by PostgreSQL alone."""

import re
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from time import perf_counter

import psycopg
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from infra.adapters.event_log.log_writer import BatchWorker
from infra.adapters.event_log.recorder import LogDatastore, LogRecorder
from infra.adapters.postgres.embedded import program
from infra.adapters.postgres.schema_migrations import migrate

STATE = b'{"tally":"' + b"x" * 388 + b'"}'
SENDERS = 8
UNANSWERED = 250
"""Postings each sender has on the way: the requests that a web server holds open at once."""

_streams = count(1)


def _event() -> StoredEvent:
    return StoredEvent(f"count/house-district/{next(_streams)}", 1, "count.tally-posted", STATE)


def grouped_per_second(conninfo: str, events: int = 40_000) -> float:
    """Our recorder, one event per request, committed in groups."""
    migrate(conninfo, "grouped_rehearsal")
    datastore = LogDatastore(conninfo, "grouped_rehearsal")
    recorder = LogRecorder(datastore)

    def record(group: list[StoredEvent]) -> Sequence[int | Exception]:
        try:
            return recorder.insert_events(group) or []
        except IntegrityError as error:
            return [error] * len(group)

    thread = BatchWorker(record, name="benchmark")

    def send(number: int) -> None:
        waiting: deque[Future[int]] = deque()
        for _ in range(number):
            waiting.append(thread.submit(_event()))
            if len(waiting) >= UNANSWERED:
                waiting.popleft().result()
        for future in waiting:
            future.result()

    seconds = _together(send, events)
    thread.close()
    datastore.close()
    return events / seconds


def library_per_second(conninfo: str, events: int = 800) -> float:
    """The library's recorder, one event per commit, from as many threads."""
    given = conninfo_to_dict(conninfo)
    datastore = PostgresDatastore(
        dbname=str(given["dbname"]),
        host=str(given["host"]),
        port=5432,
        user=str(given["user"]),
        password="",
        pool_size=SENDERS,
        schema="library_alone",
        originator_id_type="text",
    )
    with psycopg.connect(conninfo) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS library_alone")
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()

    def send(number: int) -> None:
        for _ in range(number):
            recorder.insert_events([_event()])

    seconds = _together(send, events)
    datastore.close()
    return events / seconds


def single_inserts_per_second(conninfo: str, seconds: int = 3) -> float:
    """PostgreSQL's own client program: 32 clients, one row of the same shape per commit."""
    with psycopg.connect(conninfo) as connection:
        connection.execute(_SINGLES)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text(_INSERT)
        command = [str(program("pgbench")), "-n", "-M", "prepared", "-c", "32", "-j", "2"]
        done = subprocess.run(
            [*command, "-T", str(seconds), "-f", str(script), conninfo],
            capture_output=True,
            text=True,
            check=True,
        )
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if found is None:
        raise ValueError(f"pgbench said: {done.stdout}")
    return float(found[1])


_SINGLES = """
CREATE TABLE IF NOT EXISTS singles (
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigserial UNIQUE,
    PRIMARY KEY (originator_id, originator_version)
)
"""
_INSERT = (  # the value is a constant of this file
    "INSERT INTO singles (originator_id, originator_version, topic, state) VALUES"  # noqa: S608
    " ('count/house-district/' || gen_random_uuid(), 1, 'count.tally-posted',"
    f" '{STATE.decode()}');\n"
)


def _together(send: Callable[[int], None], events: int) -> float:
    start = perf_counter()
    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(send, [events // SENDERS] * SENDERS))
    return perf_counter() - start
