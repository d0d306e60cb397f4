"""A server that begins on a database without a log."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from api.cli.common.first_run_server import serve_logs
from api.cli.common.options import settings_with
from api.cli.common.server import build_app_server
from api.http.founding.log_switch import LogSwitch
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import empty


class FirstRunPlace(NamedTuple):
    """Where the server is.

    Attributes:
        address: Without a slash at its end.
        switch: What is served there.
    """

    address: str
    switch: LogSwitch

    @property
    def code(self) -> str:
        """The code that the server printed last."""
        return self.switch.guard.code


@contextmanager
def serve_first_run(conninfo: str, data: Path, *, sequence: bool) -> Iterator[FirstRunPlace]:
    """Serve in the background, once it answers."""
    empty(conninfo)
    settings = settings_with(data, port=free_port())
    with serve_logs(settings, conninfo, None, sequence=sequence) as switch:
        server = build_app_server(switch, settings)
        thread = threading.Thread(target=server.run, name="http", daemon=True)
        thread.start()
        address = f"http://{settings.host}:{settings.port}"
        try:
            with client_of() as client:
                client.get(f"{address}/setup").raise_for_status()
            yield FirstRunPlace(address, switch)
        finally:
            server.should_exit = True
            thread.join()
