"""`kaihyo outlet`: the results as tables, in PostgreSQL or as Parquet files."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DataOption, settings_with
from api.commands.telling import ERRORS, fail
from api.commands.until import until_told
from infra.bootstrap import opened_log
from infra.log.log import Log
from infra.outlet.parquet import ParquetMissing, write_parquet
from infra.outlet.sql import Outlet, OutletAhead
from infra.postgres.schemas import LogNotChosen
from infra.rebuild import catch_up
from projections.feeds.tables import BY_NAME, TABLES
from projections.night import Night


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
        with opened_log(settings_with(data)) as log:
            if parquet is not None:
                _exported(log, parquet, table or list(BY_NAME))
            else:
                _kept(Outlet(log), watch=watch)
    except (LogNotChosen, OutletAhead, ParquetMissing) as error:
        raise fail(str(error)) from error


def _kept(kept: Outlet, *, watch: bool) -> None:
    position = kept.update()
    ERRORS.print(
        f"{kept.schema} に {len(TABLES)} 表、記録位置 {position} まで反映しました。",
    )
    if watch:
        until_told(kept.watch, kept.stop)


def _exported(log: Log, to: Path, names: list[str]) -> None:
    night = Night()
    catch_up(night, log.reader)
    if night.election is None:
        raise fail("記録に選挙がまだありません。")
    to.mkdir(parents=True, exist_ok=True)
    for name in names:
        rows = write_parquet(night, BY_NAME[name], to / f"{name}.parquet")
        ERRORS.print(f"{name}.parquet {rows:,} 行")
