"""`kaihyo export`: everything an auditor needs, or the tables to record an election again."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from api.cli.common.console import fail
from api.cli.common.options import DataOption, JsonOption, settings_with
from api.cli.common.progress import show_progress
from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import open_log
from infra.runtime.system_faults import describe_fault
from infra.services.auditing.bundle_writer import Exported, ExportRefused
from infra.services.auditing.bundle_writer import export as export_bundle
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.importing.import_faults import TablesUnreadable
from infra.services.queries.rebuild import catch_up
from infra.services.sequencing.log_location import LogPlace
from infra.services.table_export.definition_tables import NotAsTable
from infra.services.table_export.export_folder import write_tables
from infra.services.table_export.layout_export import LayoutNotWritten, write_in_layout
from projections.election_projection import ElectionProjection


def export(
    out: Annotated[Path, typer.Option("--out", help="書き出す先。フォルダか .tar.gz。")],
    data: DataOption = None,
    as_json: JsonOption = False,
    tables: Annotated[
        bool,
        typer.Option("--tables", help="監査用でなく、kaihyo import が読む表にする。"),
    ] = False,
    layout: Annotated[
        Path | None,
        typer.Option("--layout", help="この見本の表と同じ形で、記録された数を書き出す。"),
    ] = None,
    contest: Annotated[
        str, typer.Option(help="見本から決まらないときの選挙区のコード（--layout と使う）。")
    ] = "",
) -> None:
    """最後のチェックポイントまでの記録・木・公開文書を、監査用の一式として書き出す。"""
    settings = settings_with(data)
    try:
        with open_log(settings) as log:
            if layout is not None:
                for note in _write_layout(log, layout, out, contest):
                    typer.echo(f"注意 {note}", err=True)
                typer.echo(str(out))
                return
            if tables:
                files = _write_tables(log, out)
                typer.echo(msgspec.json.encode(files).decode() if as_json else "\n".join(files))
                return
            found = export_with_progress(log, LogPlace.of(settings, log.name).public, out)
    except LogNotChosen as error:
        raise fail(str(error)) from error
    typer.echo(msgspec.json.encode(found).decode() if as_json else describe_bundle(found))


def _write_tables(log: Log, folder: Path) -> list[str]:
    """Write the tables of a log; what has no row ends the command with a sentence."""
    state = ElectionProjection()
    catch_up(state, log.reader)
    try:
        return [str(path) for path in write_tables(state, folder)]
    except (NotAsTable, OSError) as error:
        raise fail(f"書き出せません（{describe_fault(error)}）。") from error


def _write_layout(log: Log, sample: Path, out: Path, contest: str) -> tuple[str, ...]:
    """Write a table in an office's layout; what cannot be written ends the command."""
    state = ElectionProjection()
    catch_up(state, log.reader)
    try:
        return write_in_layout(state, sample, out, contest)
    except (LayoutNotWritten, TablesUnreadable) as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"書き出せません（{describe_fault(error)}）。") from error


def export_with_progress(log: Log, public: Path, out: Path) -> Exported:
    """Write a bundle, with progress; a refusal ends the command with a sentence."""
    try:
        with show_progress() as progress:
            return export_bundle(log, public, out, progress)
    except (ExportRefused, AuditDifference, OSError) as error:
        raise fail(f"書き出せません（{describe_fault(error)}）。") from error


def describe_bundle(found: Exported) -> str:
    """What was written, in a sentence."""
    return (
        f"{found.path}: 記録 {found.size:,} 件、公開文書 {found.documents:,} 件"
        f"（{found.origin}）\n根 {found.root}\n確かめるには kaihyo verify {found.path}"
    )
