"""The database of this process: the server named in the settings, or the embedded one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.adapters.postgres.embedded import server
from infra.runtime.settings import Settings

_TIMEOUTS: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""How long a machine may say nothing, in seconds and, at last, milliseconds. Without these a
database whose power went is waited for until the system gives up, which takes a quarter of an
hour, and everybody waits behind the one who asked first."""


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Give the connection string of the database while it is in use.

    Timeouts that the address of a server leaves out are added; those it states count.
    """
    if settings.database_url:
        given = conninfo_to_dict(settings.database_url)
        unsaid = {name: value for name, value in _TIMEOUTS.items() if name not in given}
        yield make_conninfo(settings.database_url, **unsaid)
        return
    with server(settings.data) as conninfo:
        yield conninfo
