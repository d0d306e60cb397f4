"""A server that needs no election to begin: the log that it serves is begun when one is founded."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import structlog
from starlette.types import ASGIApp

from api.app import create_app, create_founding_app
from api.cli.common.console import ERRORS
from api.cli.common.sequencer_thread import public_log
from api.cli.common.server import open_app_state
from api.http.founding.founding_state import FoundingState
from api.http.founding.log_switch import LogSwitch
from api.http.limits.client_address import TrustedProxies
from api.http.limits.founding_guard import FoundingGuard
from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.schemas import LogName
from infra.runtime.settings import Settings

_log = structlog.get_logger(__name__)


class ServedLogs:
    """Opens the log that is to be served and closes the one before.

    Args:
        settings: Of the server.
        conninfo: The database.
        sequence: Whether transparency logs are grown here.
    """

    def __init__(self, settings: Settings, conninfo: str, *, sequence: bool) -> None:
        self._settings = settings
        self._conninfo = conninfo
        self._sequence = sequence
        self._guard = FoundingGuard.from_settings(settings, asks_always=True)
        self._opened = ExitStack()
        self._before = ExitStack()

    def switch(self, name: LogName | None) -> LogSwitch:
        """The application of the address, beginning with a log or with the page that founds one."""
        switch = LogSwitch(self._guard, self._begin, self._leave, self._end)
        if name is None:
            self._print_empty()
            switch.serve(create_founding_app(FoundingState(self._settings, switch.offer)), None)
            self._print_code("最初の選挙の設立コード")
        else:
            switch.serve(self._open(name, switch), name)
            if name.environment == "rehearsal":
                self._print_code("この訓練の後に本番を始める設立コード")
        return switch

    def close(self) -> None:
        """Close what is served."""
        self._before.close()
        self._opened.close()

    def _begin(self, name: LogName, switch: LogSwitch) -> ASGIApp:
        """The application of a new log; what was served before goes on until `_leave`."""
        before = self._opened
        app = self._open(name, switch)
        self._before = before
        return app

    def _leave(self) -> None:
        """Close what was served before; the new log is served whatever becomes of it."""
        try:
            self._before.close()
        except Exception as error:  # noqa: BLE001 - the digest of a rehearsal must not cost the election
            _log.warning("log before not closed", reason=repr(error))

    def _end(self, name: LogName) -> None:
        """One code founds one election."""
        self._guard.renew()
        if name.environment == "rehearsal":
            self._print_code("この訓練の後に本番を始める設立コード")

    def _open(self, name: LogName, switch: LogSwitch) -> ASGIApp:
        settings = self._settings
        with ExitStack() as stack:
            log = stack.enter_context(
                Log(self._conninfo, name, clock_confirmed=settings.clock_confirmed)
            )
            services = stack.enter_context(open_app_state(log, settings.data / "snapshots"))
            services.public = stack.enter_context(
                public_log(log, settings, services.live, sequence=self._sequence)
            )
            services.proxies = TrustedProxies(settings.trusted_proxies)
            services.founding = self._guard
            services.next_offer = switch.offer
            services.counts.refused = switch.refused
            self._opened = stack.pop_all()
        ERRORS.print(
            f"{name.election}（{name.environment}） {_address(settings)} "
            f"記録位置 {services.live.position}"
        )
        return create_app(services)

    def _print_empty(self) -> None:
        """A mistyped folder on an ordinary night looks like a first run: say which it is."""
        if self._settings.database_url:
            place, english, mend = "DATABASE_URL のデータベース", "DATABASE_URL", "DATABASE_URL"
        else:
            english, mend = str(self._settings.data.resolve()), "--data"
            place = f"データのフォルダー {english}"
        ERRORS.print(
            f"選挙がありません。{place} に選挙の記録は一つもありません。", style="bold red"
        )
        ERRORS.print(
            f"すでにある選挙を開くつもりなら、Ctrl-C で止めて {mend} を確かめてください。"
            "初めての選挙なら、次のページから始めます。"
        )
        ERRORS.print(f"There is no election here: {english}")

    def _print_code(self, what: str) -> None:
        code = self._guard.code
        ERRORS.print(f"{what} {code}　（一度だけ使えます）")
        ERRORS.print(f"始めるページ {_address(self._settings)}setup#{code}")


@contextmanager
def serve_logs(
    settings: Settings, conninfo: str, name: LogName | None, *, sequence: bool
) -> Iterator[LogSwitch]:
    """What is served at an address where elections are founded, while it is served."""
    logs = ServedLogs(settings, conninfo, sequence=sequence)
    try:
        yield logs.switch(name)
    finally:
        logs.close()


def _address(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}/"
