"""`kaihyo outlet`: the results as tables, in PostgreSQL or as Parquet files."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.common.console import ERRORS, fail
from api.cli.common.options import DataOption, settings_with
from api.cli.common.signals import run_until_signal
from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import open_log
from infra.services.queries.rebuild import catch_up
from infra.services.sql_export.parquet_export import ParquetMissing, write_parquet
from infra.services.sql_export.sql_export import SqlExport, SqlExportAhead
from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import BY_NAME, TABLES


def outlet(
    watch: Annotated[
        bool, typer.Option("--watch", help="終わらずに、記録が増えるたびに反映する。")
    ] = False,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", help="表を Parquet で書き出すフォルダ。")
    ] = None,
    table: Annotated[
        list[str] | None, typer.Option("--table", help="書き出す表（既定はすべて）。")
    ] = None,
    data: DataOption = None,
) -> None:
    """結果を分析用の表にする。既定は PostgreSQL の {選挙}_{環境}_results スキーマ。"""
    unknown = sorted(set(table or ()) - set(BY_NAME))
    if unknown:
        raise fail(f"表がありません: {'、'.join(unknown)}。あるもの: {'、'.join(BY_NAME)}")
    try:
        with open_log(settings_with(data)) as log:
            if parquet is not None:
                _export_once(log, parquet, table or list(BY_NAME))
            else:
                _keep_exporting(SqlExport(log), watch=watch)
    except (LogNotChosen, SqlExportAhead, ParquetMissing) as error:
        raise fail(str(error)) from error


def _keep_exporting(kept: SqlExport, *, watch: bool) -> None:
    position = kept.update()
    ERRORS.print(
        f"{kept.schema} に {len(TABLES)} 表、記録位置 {position} まで反映しました。",
    )
    if watch:
        run_until_signal(kept.watch, kept.stop)


def _export_once(log: Log, to: Path, names: list[str]) -> None:
    state = ElectionProjection()
    catch_up(state, log.reader)
    if state.election is None:
        raise fail("記録に選挙がまだありません。")
    to.mkdir(parents=True, exist_ok=True)
    for name in names:
        rows = write_parquet(state, BY_NAME[name], to / f"{name}.parquet")
        ERRORS.print(f"{name}.parquet {rows:,} 行")
