"""`kaihyo rebuild`: read the log from zero and compare with what was shown live."""

import msgspec
import typer

from api.cli.common.console import fail
from api.cli.common.options import DataOption, JsonOption, settings_with
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import open_log
from infra.services.queries.rebuild import Rebuilt
from infra.services.queries.rebuild import rebuild as rebuild_log


def rebuild(data: DataOption = None, as_json: JsonOption = False) -> None:
    """記録をはじめから読み直し、公開した文書と同じになるか確かめる。違えば 1 で終わる。"""
    try:
        with open_log(settings_with(data)) as log:
            found = rebuild_log(log)
    except LogNotChosen as error:
        raise fail(str(error)) from error
    typer.echo(msgspec.json.encode(found).decode() if as_json else _describe(found))
    if found.equal is False:
        raise typer.Exit(1)


def _describe(found: Rebuilt) -> str:
    verdict = {
        None: _not_compared(found),
        True: f"位置 {found.live_position} の公開時と一致",
        False: f"位置 {found.live_position} の公開時と違います（{found.live_digest}）",
    }
    return (
        f"{found.election}（{found.environment}）: {found.events:,}件を{found.seconds:.2f}秒で"
        f"読み直し（毎秒{found.events_per_second:,.0f}件）、"
        f"{found.documents:,}文書を{found.documents_seconds:.2f}秒で作成\n"
        f"digest {found.digest}（文書の書式は版 {found.format}）\n{verdict[found.equal]}"
    )


def _not_compared(found: Rebuilt) -> str:
    if not found.live_format:
        return "比べる記録がありません（公開中の処理がまだ一度も終わっていません）"
    return f"比べていません（位置 {found.live_position} の公開文書の書式は版 {found.live_format}）"
