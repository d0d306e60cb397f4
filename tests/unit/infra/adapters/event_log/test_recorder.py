import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, ProgrammingError, StoredEvent
from eventsourcing.postgres import PostgresDatastore

from infra.adapters.event_log import Log
from infra.adapters.event_log.recorder import LogDatastore, LogRecorder
from infra.adapters.postgres.schemas import LogName


def _events(stream: str, count: int, state: bytes = b"{}") -> list[StoredEvent]:
    return [StoredEvent(stream, number, "t", state) for number in range(1, count + 1)]


def _positions(log: Log) -> list[int]:
    return [notification.id for notification in log.recorder.select_notifications(1, 100_000)]


def test_positions_begin_at_one_and_have_no_gaps_after_a_conflict(log: Log) -> None:
    assert log.recorder.insert_events(_events("a", 2)) == range(1, 3)
    with pytest.raises(IntegrityError):
        log.recorder.insert_events([*_events("b", 5), *_events("a", 1)])
    assert log.recorder.insert_events(_events("c", 1)) == range(3, 4)
    assert _positions(log) == [1, 2, 3]


@pytest.mark.parametrize("count", [1_000, 1_001, 6_000, 10_000])
@pytest.mark.timeout(300)
def test_many_events_of_400_bytes_fit_into_one_transaction(log: Log, count: int) -> None:
    assert log.recorder.insert_events(_events("a", count, b"x" * 400)) == range(1, count + 1)
    assert log.recorder.max_notification_id() == count


def test_nothing_to_record_is_nothing(log: Log) -> None:
    assert log.recorder.insert_events([]) == range(1, 1)
    assert log.recorder.max_notification_id() is None


def test_any_bytes_and_any_text_are_kept(log: Log) -> None:
    odd = StoredEvent("開票/'\"\\{},", 1, "題", bytes(range(256)))
    log.recorder.insert_events([odd])
    assert log.recorder.select_events("開票/'\"\\{},") == [odd]


def test_the_lock_is_held_while_events_are_recorded(conninfo: str, log: Log) -> None:
    statements = log.recorder.lock_table_statements
    assert b'LOCK TABLE "house50_rehearsal".stored_events IN EXCLUSIVE MODE' in statements
    with psycopg.connect(conninfo) as holder:
        log.recorder.lock(holder)
        modes = holder.execute(
            "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND granted"
            " AND relation = 'house50_rehearsal.stored_events'::regclass"
        ).fetchall()
    assert ("ExclusiveLock",) in modes


def test_nobody_else_can_record_while_the_lock_is_held(conninfo: str, log: Log) -> None:
    with psycopg.connect(conninfo) as holder, psycopg.connect(conninfo) as other:
        log.recorder.lock(holder)
        other.execute("SET lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            log.recorder.insert(other, _events("a", 1), after=0)


def test_no_position_is_given_without_the_lock(conninfo: str, log: Log) -> None:
    """The column has no default, so an INSERT of anybody else cannot take a position."""
    with psycopg.connect(conninfo) as other, pytest.raises(psycopg.errors.NotNullViolation):
        other.execute(
            "INSERT INTO house50_rehearsal.stored_events"
            " (originator_id, originator_version, topic, state) VALUES ('a', 1, 't', '')"
        )
    assert log.recorder.max_notification_id() is None


def test_database_functions_that_take_no_lock_are_refused(log_name: LogName) -> None:
    datastore = PostgresDatastore(
        "db", "host", 1, "user", "", schema=log_name.schema, enable_db_functions=True
    )
    with pytest.raises(ProgrammingError, match="lock"):
        LogRecorder(datastore)


def test_opening_twice_keeps_what_is_there(conninfo: str, log: Log, log_name: LogName) -> None:
    log.recorder.insert_events(_events("a", 3))
    with Log(conninfo, log_name) as again:
        assert again.recorder.max_notification_id() == 3


def test_options_of_the_connection_string_are_kept(conninfo: str) -> None:
    datastore = LogDatastore(f"{conninfo} application_name=kaihyo-test", "any_live")
    with datastore.get_connection() as connection:
        row = connection.execute("SHOW application_name").fetchone()
    datastore.close()
    assert row == {"application_name": "kaihyo-test"}
