"""The database of this process: the server named in the settings, or the embedded one."""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.postgres.embedded import server
from infra.settings import Settings


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Give the connection string of the database while it is in use."""
    if settings.database_url:
        yield settings.database_url
        return
    with server(settings.data) as conninfo:
        yield conninfo
