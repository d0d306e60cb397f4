"""`kaihyo strength`: 所属党派別人員調, heads and assembly members by party, out of several logs."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.cli.common.console import fail
from api.cli.common.named_log import read_named_log
from infra.runtime.system_faults import describe_fault
from infra.services.reporting.report_csv import write_table
from projections.statistics.party_strength import MixedElections, party_strength


def strength(
    elections: Annotated[
        list[str],
        typer.Argument(help="「記録のフォルダ=選挙のコード」を、数える選挙ごとに一つ。"),
    ],
    on: Annotated[str, typer.Option("--on", help="この日現在で数える（2027-12-31）。")],
    out: Annotated[Path, typer.Option("--out", help="書き出すフォルダ。")],
) -> None:
    """所属党派別人員調：首長と地方議会の議員を、いくつもの選挙の記録から党派別に数える。"""
    try:
        day = date.fromisoformat(on)
    except ValueError as error:
        raise fail(f"--on は 2027-12-31 の形で書いてください：{on}") from error
    issues = [read_named_log(each) for each in elections]
    try:
        found = party_strength([issue.state for issue in issues], day)
    except MixedElections as error:
        raise fail(
            "訓練と本番の選挙は一緒に数えられません。どちらかだけを渡してください。"
        ) from error
    try:
        out.mkdir(parents=True, exist_ok=True)
        for table in found:
            typer.echo(str(write_table(table, out / f"{table.id}.csv")))
        lines = [line for issue in issues for line in (*issue.stamp.lines()[:3], "")]
        readme = out / "README.txt"
        readme.write_text("\n".join([*lines, *found.by_party.notes, ""]), encoding="utf-8")
    except OSError as error:
        raise fail(f"書き出せません（{describe_fault(error)}）。") from error
    for note in found.by_party.notes:
        typer.echo(f"注意 {note}", err=True)
