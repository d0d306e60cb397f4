"""The one place where a process is put together: database, log, clock."""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.database import database
from infra.adapters.postgres.schemas import LogName, LogNotChosen, choose_log
from infra.runtime.settings import Settings


@contextmanager
def open_log(settings: Settings, name: LogName | None = None) -> Iterator[Log]:
    """Open the log that the settings mean, for as long as it is used.

    Args:
        settings: Where the database is, and which election.
        name: The log to open, made if it is missing; None for one that is there.

    Raises:
        LogNotChosen: Nobody said which, and the database does not hold exactly one, or there is
            no database.
    """
    is_named = name is not None or (settings.election and settings.environment)
    if not is_named and not holds_database(settings):
        raise LogNotChosen(
            f"{settings.data} に記録がありません。記録のあるフォルダを --data で指定してください。"
        )
    with (
        database(settings) as conninfo,
        Log(
            conninfo,
            name or _log_name(settings, conninfo),
            clock_confirmed=settings.clock_confirmed,
        ) as log,
    ):
        yield log


def holds_database(settings: Settings) -> bool:
    """Whether there is a database: to open a folder without one would make one there."""
    return bool(settings.database_url) or any(settings.data.glob("pg*"))


def _log_name(settings: Settings, conninfo: str) -> LogName:
    if settings.election and settings.environment:
        return LogName(settings.election, settings.environment)
    return choose_log(conninfo, settings.election, settings.environment)
