"""`kaihyo`: every service and every task is one command."""

import signal
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import FrameType
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typing_extensions import override

_COMMANDS: Final = {
    "serve": "services.serve",
    "demo": "auditors.demo",
    "replay-official": "auditors.replay_official",
    "report": "auditors.report",
    "survey": "offices.survey",
    "office": "offices.office",
    "key": "offices.key",
    "import": "offices.import_election",
    "post": "offices.post",
    "publish": "services.publish",
    "follow": "auditors.follow",
    "outlet": "services.export_sql",
    "relay": "services.relay",
    "project": "services.project",
    "rebuild": "auditors.rebuild",
    "sequence": "services.sequence",
    "export": "auditors.export",
    "verify": "auditors.verify",
    "show": "auditors.show",
    "witness": "services.serve_witness",
}
"""Command -> module below `api.cli`, with a group `app` or a function of the command's name."""


class _Loaded(Mapping[str, Any]):
    """Commands, each loaded when it is asked for: to load all takes three times as long."""

    @override
    def __getitem__(self, name: str) -> Any:
        module = import_module(f"api.cli.{_COMMANDS[name]}")
        alone = typer.Typer()
        if isinstance(app := getattr(module, "app", None), typer.Typer):
            alone.add_typer(app, name=name)
        else:
            alone.command(name)(getattr(module, name.replace("-", "_")))
        return typer.main.get_group(alone).commands[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    @override
    def __len__(self) -> int:
        return len(_COMMANDS)


class _Commands(TyperGroup):
    """The commands above."""

    @override
    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "commands": _Loaded()})


app = typer.Typer(cls=_Commands, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback(
    help="開票: 開票所の数字を一つの記録に集め、市区町村・都道府県・全国の結果を読み出します。"
)
def kaihyo() -> None:
    """Nothing happens without a command."""


def main() -> None:
    """Run the command line."""
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
    except Exception as error:
        # Loaded for nothing else: who tells of failures knows the libraries that fail.
        from api.cli.common.error_messages import error_message  # noqa: PLC0415

        if not (sentence := error_message(error)):
            raise
        sys.exit(sentence)


def _end(number: int, _frame: FrameType | None) -> None:
    """Asked to end: leave every block that is open, so that nothing is left running behind it."""
    raise SystemExit(128 + number)
