"""The one place where a process is put together: database, log, clock."""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.log.log import Log
from infra.postgres.database import database
from infra.postgres.schemas import LogName, choose_log
from infra.settings import Settings


@contextmanager
def opened_log(settings: Settings, name: LogName | None = None) -> Iterator[Log]:
    """Open the log that the settings mean, for as long as it is used.

    Args:
        settings: Where the database is, and which election.
        name: The log to open, made if it is missing; None for one that is there.

    Raises:
        LogNotChosen: Nobody said which, and the database does not hold exactly one.
    """
    with (
        database(settings) as conninfo,
        Log(conninfo, name or _named(settings, conninfo)) as log,
    ):
        yield log


def _named(settings: Settings, conninfo: str) -> LogName:
    if settings.election and settings.environment:
        return LogName(settings.election, settings.environment)
    return choose_log(conninfo, settings.election, settings.environment)
