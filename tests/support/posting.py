"""Commands of `tests.builders` as postings into a real log."""

import hashlib
from datetime import datetime
from typing import Final

import msgspec
import psycopg
from psycopg.sql import SQL, Identifier

from aggregates.commands.election_commands import Submission
from api.http.app_state import AppState
from infra.adapters.event_log import Log, Receipt
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.postgres.schemas import log_names
from tests.support.gwt import Command

READ_SECONDS_MAX: Final = 120


def empty(conninfo: str) -> None:
    """Leave no log in a database of tests."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("SET lock_timeout = '60s'")
        for name in log_names(conninfo):
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(name.schema)))


def posting_body(
    submission_id: str, command: Command, **circumstances: object
) -> dict[str, object]:
    """A posting as an office sends it, unsigned."""
    return {
        "election": "house50",
        "environment": "rehearsal",
        "office": "nation",
        "submission_id": submission_id,
        "command": command,
        **circumstances,
    }


def posting(
    submission_id: str, command: Command, **circumstances: object
) -> tuple[Submission, bytes]:
    """A submission as read from the wire, and the digest of its body."""
    body = msgspec.json.encode(posting_body(submission_id, command, **circumstances))
    return msgspec.json.decode(body, type=Submission), hashlib.sha256(body).digest()


def body_sha256(submission: Submission) -> bytes:
    """Digest of what an unsigned posting says, whatever its spacing."""
    return hashlib.sha256(canonical(submission)).digest()


def record(log: Log, *commands: Command) -> list[Receipt]:
    """Record commands one after the other, each under an id of its own."""
    start = log.reader.last_position()
    return [
        log.writer.post(*posting(f"given-{start:06d}-{number:06d}", command))
        for number, command in enumerate(commands)
    ]


def happen(services: AppState, *commands: Command) -> int:
    """Record, and wait until it is read by a server; gives the last position.

    Who asks for a page right after a recording may get one of the moment before.
    """
    position = record(services.log, *commands)[-1].position
    assert services.live.wait_for(position, READ_SECONDS_MAX)
    return position


class SetClock:
    """A clock that shows what it is set to."""

    def __init__(self, shows: datetime) -> None:
        self.shows = shows

    def now(self) -> datetime:
        return self.shows
