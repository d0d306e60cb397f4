"""Decisions included: interim tallies of many counts through the writer, and reading them."""

from collections.abc import Iterator
from concurrent.futures import Future
from time import perf_counter
from typing import Any

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier
from typing_extensions import override

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log import Log, Receipt
from infra.adapters.event_log.event_codec import EventMapper
from infra.adapters.postgres.schemas import LogName
from tests import builders as b
from tests.support.posting import posting, record

NAME = LogName("house50", "rehearsal")
UNITS = [f"13{number:03d}" for number in range(100, 1000)]
ROUNDS = 20
_TRACKED = 1500


def fresh_log(conninfo: str) -> Log:
    """An empty log in which counting is open for 900 units."""
    with psycopg.connect(conninfo) as connection:
        connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(NAME.schema)))
    log = Log(conninfo, NAME)
    setting = (
        *b.REGISTER[:2],
        *(b.unit(unit) for unit in UNITS),
        b.contest(b.DISTRICT_1, UNITS),
        b.candidates(b.DISTRICT_1, b.A, b.B),
        b.OPEN,
    )
    record(log, *setting)
    return log


def commands_per_second(log: Log) -> float:
    """Interim tallies, 20 of each of 900 counts, all waiting at once as on the half hour."""
    seconds = 0.0
    for round_number in range(ROUNDS):
        postings = list(_round(round_number))
        start = perf_counter()
        futures: list[Future[Receipt]] = [log.writer.submit(*each) for each in postings]
        for future in futures:
            future.result()
        seconds += perf_counter() - start
    return ROUNDS * len(UNITS) / seconds


def _round(number: int) -> Iterator[tuple[Submission, bytes]]:
    figures = b.sheet({b.A: number * 500, b.B: number * 500})
    for unit in UNITS:
        command = b.tally(figures, unit_code=unit, final=False)
        yield posting(f"interim/{number}/{unit}", command)


def read_per_second(log: Log) -> float:
    """Rows from the database, decoded, each looked at."""
    start = perf_counter()
    events = sum(1 for _, event in log.reader.events() if event.originator_version > 0)
    return events / (perf_counter() - start)


class _Stored(Application[str]):
    """The library's application over the log; its name makes the table `stored_events`."""

    name = "stored"

    @override
    def construct_mapper(self) -> Mapper[str]:
        return EventMapper()


class _Counted(Projection[PostgresTrackingRecorder]):
    """A projection that does nothing but keep its place, as every one of the library has to."""

    name = "counted"

    @override
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)


def runner_per_second(conninfo: str, log: Log) -> float:
    """The library's projection runner over the same log: one transaction per event."""
    given = conninfo_to_dict(conninfo)
    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(given["dbname"]),
        "POSTGRES_HOST": str(given["host"]),
        "POSTGRES_USER": str(given["user"]),
        "POSTGRES_PASSWORD": "",
        "POSTGRES_SCHEMA": log.name.schema,
        "ORIGINATOR_ID_TYPE": "text",
    }
    with psycopg.connect(conninfo) as connection:
        tracking = SQL("DROP TABLE IF EXISTS {}.counted_tracking")
        connection.execute(tracking.format(Identifier(log.name.schema)))
    start = perf_counter()
    with ProjectionRunner(
        application_class=_Stored,
        projection_class=_Counted,
        view_class=PostgresTrackingRecorder,
        env=environment,
    ) as runner:
        runner.wait(_TRACKED, timeout=60)
        reached = runner.projection.view.max_tracking_id("stored") or 0
        seconds = perf_counter() - start
    return reached / seconds
