"""A log of this computer that a command line names as `folder=election`."""

from pathlib import Path
from typing import Final

from api.cli.common.console import fail
from api.cli.common.options import settings_with
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import holds_database, open_log
from infra.services.reporting.issued_report import Issue, read_issue

_BETWEEN: Final = "="


def read_named_log(named: str, option: str = "") -> Issue:
    """The present end of a log.

    Args:
        named: `folder=election`.
        option: The option that it was written behind; nothing for an argument.

    Raises:
        typer.Exit: It is written otherwise, or there is no such log; the person has been told.
    """
    folder, between, election = named.rpartition(_BETWEEN)
    if not between or not folder or not election:
        where = f"{option} は" if option else ""
        raise fail(f"{where}「記録のフォルダ=選挙のコード」の形で書いてください：{named}")
    settings = settings_with(Path(folder), election=election)
    if not holds_database(settings):
        raise fail(f"{folder} に記録がありません。")
    try:
        with open_log(settings) as log:
            return read_issue(log)
    except LogNotChosen as error:
        raise fail(f"選挙「{election}」の記録が見つかりません（{error}）") from error
