"""What commands that serve have in common: state, an application behind an address."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from api.app import create_app
from api.cli.common.console import fail
from api.http.app_state import AppState
from api.http.limits.client_address import TrustedProxies
from api.http.limits.unread_bodies import UnreadBodies
from infra.adapters.event_log.event_log import Log
from infra.runtime.gc_tuning import collect_rarely
from infra.runtime.settings import Settings
from infra.runtime.system_faults import fault_reason
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.queries.snapshot_keeper import SnapshotKeeper

_END_SECONDS_MAX = 5
"""Streams do not end; a reader who is still reading then resumes elsewhere."""
_LOOK_SECONDS = 0.005
"""So often is looked whether the server answers yet."""


@contextmanager
def open_app_state(log: Log, snapshots: Path | None = None) -> Iterator[AppState]:
    """Application state whose read model follows the log while it is used.

    Args:
        log: The log.
        snapshots: Folder of snapshots of read models; None to keep none.
    """
    live = LiveReadModel(log, None if snapshots is None else SnapshotKeeper(log, snapshots))
    live.start()
    services = AppState(log, live)
    try:
        yield services
    finally:
        services.broadcast.close()
        services.admission.close()
        services.uploads.close()
        live.stop()


class _Server(uvicorn.Server):
    """A server that ends only when it is asked to.

    The library's would raise the signal again afterwards, which ends the process before it has
    closed the log and left its digest.
    """

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End when requests under way are answered; Ctrl-C twice ends at once."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def build_server(services: AppState, settings: Settings) -> uvicorn.Server:
    """An HTTP server for an application state."""
    services.proxies = TrustedProxies(settings.trusted_proxies)
    return build_app_server(create_app(services), settings)


def build_app_server(app: ASGIApp, settings: Settings) -> uvicorn.Server:
    """An HTTP server for an application."""
    collect_rarely()
    return _Server(
        uvicorn.Config(
            UnreadBodies(app),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            server_header=False,
            # The front does it: where limits need it, and looking at each header once.
            proxy_headers=False,
            timeout_graceful_shutdown=_END_SECONDS_MAX,
        )
    )


def check_address(settings: Settings) -> None:
    """End the command where the address cannot be listened on, before anything else is done.

    Raises:
        Exit: Somebody else listens there, or the address is none of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            # As the server does it: an address just left by another may be taken at once.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise fail(
            f"{settings.host} のポート {settings.port} を開けません（{fault_reason(error)}）。"
            "--host と --port を確かめてください。"
        ) from error


@contextmanager
def serve_in_background(services: AppState, settings: Settings) -> Iterator[str]:
    """Serve in the background; gives the address as soon as it answers.

    Raises:
        Exit: Somebody else listens there.
    """
    server = build_server(services, settings)
    thread = threading.Thread(target=server.run, name="http", daemon=True)
    thread.start()
    while not server.started:
        thread.join(_LOOK_SECONDS)
        if not thread.is_alive():
            raise fail(
                f"{settings.host} のポート {settings.port} を開けません。"
                "別のものが使っています。--port で別の番号を指定してください。"
            )
    try:
        yield f"http://{settings.host}:{settings.port}/"
    finally:
        server.should_exit = True
        thread.join()
