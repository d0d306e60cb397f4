"""`kaihyo`: every service and every task is one command."""

import signal
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import FrameType
from typing import Any, Final, NamedTuple, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException
from typing_extensions import override


class _Command(NamedTuple):
    """Where a command is, and what the list of all commands says of it.

    Attributes:
        module: Below `api.cli`; it has a group `app` or a function of the command's name.
        summary: The first paragraph of its help.
    """

    module: str
    summary: str


_COMMANDS: Final = {
    "serve": _Command(
        "services.serve",
        "一つの選挙の投稿を受け付け、結果を公開する。選挙がなければ、始めるページを開く。",
    ),
    "demo": _Command(
        "auditors.demo",
        "架空の開票リハーサルを一晩分進め、結果の見方を示す。",
    ),
    "replay-official": _Command(
        "auditors.replay_official",
        "過去の総選挙を署名付きの投稿で再現し、公式結果とすべて突き合わせる。違えば 1 で終わる。",
    ),
    "report": _Command(
        "auditors.report",
        "選挙の結果調を作る。--compare で公表された表とすべてのセルを照合し、違えば 1 で終わる。",
    ),
    "strength": _Command(
        "auditors.strength",
        "所属党派別人員調：首長と地方議会の議員を、いくつもの選挙の記録から党派別に数える。",
    ),
    "survey": _Command(
        "offices.survey",
        "調査：質問票・回答票・回答状況。",
    ),
    "office": _Command(
        "offices.office",
        "機関の名簿。",
    ),
    "key": _Command(
        "offices.key",
        "機関の鍵。",
    ),
    "import": _Command(
        "offices.import_election",
        "表からの取込み：選挙の定義、開票・投票の報告。",
    ),
    "post": _Command(
        "offices.post",
        "投稿に署名して送る。接続がなければディスクに置き、後で順に送る（二重には記録されない）。",
    ),
    "publish": _Command(
        "services.publish",
        "公開データを静的なファイルとして書き出す。どのウェブサーバでもそのまま公開できる。",
    ),
    "follow": _Command(
        "auditors.follow",
        "公開データを追いかける。切れても続きから読み、後戻りは拒む。",
    ),
    "outlet": _Command(
        "services.export_sql",
        "結果を分析用の表にする。既定は PostgreSQL の {選挙}_{環境}_results スキーマ。",
    ),
    "relay": _Command(
        "services.relay",
        "記録を読み、Kafka の `kaihyo.events` に送り続ける。二つ動かしてもよい。",
    ),
    "project": _Command(
        "services.project",
        "Kafka から一晩を集計し、変わった文書を `kaihyo.results` に出す。データベースは要らない。",
    ),
    "rebuild": _Command(
        "auditors.rebuild",
        "記録をはじめから読み直し、公開した文書と同じになるか確かめる。違えば 1 で終わる。",
    ),
    "sequence": _Command(
        "services.sequence",
        "記録を順に透明性ログへ取り込み、署名したチェックポイントを公開し続ける。",
    ),
    "export": _Command(
        "auditors.export",
        "最後のチェックポイントまでの記録・木・公開文書を、監査用の一式として書き出す。",
    ),
    "verify": _Command(
        "auditors.verify",
        "署名・木・すべての決定の再計算・全公開文書を確かめる。",
    ),
    "show": _Command(
        "auditors.show",
        "記録だけから、ある時点の文書をそのまま出す。--diff は二つの時点の違いを示す。",
    ),
    "witness": _Command(
        "services.serve_witness",
        "記録のチェックポイントに連署する証人。後戻りや枝分かれには決して連署しない。",
    ),
}
"""Every command: its module is loaded when the command runs, not when all are listed."""


class _Modules(Mapping[str, Any]):
    """Commands, each loaded when it is asked for."""

    @override
    def __getitem__(self, name: str) -> Any:
        module = import_module(f"api.cli.{_COMMANDS[name].module}")
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
    """The commands above. To list them loads none of them: all together take seconds."""

    @override
    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "commands": _Modules()})

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        return list(_COMMANDS)

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command as lists show it, without its module."""
        found = _COMMANDS.get(cmd_name)
        return found and TyperCommand(cmd_name, help=found.summary)

    @override
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that runs."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, name and self.commands[name], rest


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
        ended = app(standalone_mode=False)
    except typer.Abort:
        sys.exit("中止しました。")
    except TyperException as error:
        _end_misused(error)
    except Exception as error:
        # Loaded for nothing else: who tells of failures knows the libraries that fail.
        from api.cli.common.error_messages import error_message  # noqa: PLC0415

        if not (sentence := error_message(error)):
            raise
        sys.exit(sentence)
    sys.exit(ended if isinstance(ended, int) else 0)


def _end_misused(error: TyperException) -> NoReturn:
    """Say what is wrong with the command line, or how a group of commands is used."""
    # Loaded for nothing else, as above.
    from api.cli.common.usage_sentences import usage_sentence  # noqa: PLC0415

    if sentence := usage_sentence(error):
        typer.echo(sentence, err=True)
    sys.exit(error.exit_code)


def _end(number: int, _frame: FrameType | None) -> None:
    """Asked to end: leave every block that is open, so that nothing is left running behind it."""
    raise SystemExit(128 + number)
