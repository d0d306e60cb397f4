"""An earlier election of the usual register, as `kaihyo publish` left it."""

from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from infra.services.publishing.publisher import Publisher
from tests import builders as b
from tests.support.posting import posting

NAME = LogName("house49", "rehearsal")
NIGHT = (
    b.election(id=NAME.election, name="第49回衆議院議員総選挙", polling_day="2021-10-31"),
    *b.DISTRICT[1:],
    b.turnout(b.figures((500, 500), (300, 300)), as_of="2021-10-31T22:00:00+09:00"),
    b.tally(b.sheet({b.A: 350, b.B: 240}, invalid=10), as_of="2021-11-01T01:00:00+09:00"),
)
"""One unit is final at 01:00, the other never reported."""


def publish(conninfo: str, to: Path) -> Path:
    """Play the night, publish it, and leave the database as it was."""
    with Log(conninfo, NAME) as log:
        for number, command in enumerate(NIGHT):
            log.writer.post(*posting(f"earlier-{number:06d}", command, election=NAME.election))
        Publisher(log, to).publish()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(NAME.schema)))
    return to
