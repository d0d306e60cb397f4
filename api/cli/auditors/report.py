"""`kaihyo report`: the tables after the election, as files, and against published ones."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

import msgspec
import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from aggregates.election.identifiers import Environment
from api.cli.common.console import ERRORS, fail
from api.cli.common.options import DataOption, JsonOption, settings_with
from api.cli.common.output_folder import folder_fault
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import holds_database, open_log
from infra.runtime.settings import Settings
from infra.runtime.system_faults import describe_fault
from infra.services.official_results.packed_tables import results_folder
from infra.services.reporting import (
    html_report,
    proceedings_pdf,
    report_csv,
    report_pdf,
    report_workbook,
)
from infra.services.reporting.font_coverage import unprintable
from infra.services.reporting.issued_report import (
    FolderOfAnother,
    Issue,
    NoReportMomentError,
    Stamp,
    last_issue,
    leave_issue,
    read_issue,
)
from infra.services.reporting.paper import tally_form_pdf, wall_pdf, winners_pdf
from infra.services.reporting.published_comparison import (
    CellDifference,
    Compared,
    compare_publication,
)
from projections.official.tables.official_tables import FolderUnusable
from projections.statistics.glyphs import UnreadableGlyphs

_SHOWN = 30
_FORMATS = (
    "csv・xlsx・pdf・html・sheets（開票録・選挙録の資料）・wall（掲示用の中間発表）・"
    "forms（手書きの開票報告用紙）・winners（当選人の告示・告知・当選証書）。"
    "繰り返せる。既定は csv と xlsx。"
)


class ReportFormat(StrEnum):
    """Formats of the report."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    HTML = "html"
    SHEETS = "sheets"
    WALL = "wall"
    FORMS = "forms"
    WINNERS = "winners"


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What `--json` prints beside the fields of `Compared`, if asked to compare.

    Attributes:
        stamp: Election, environment, position, root, digest.
        files: What was written.
        unreadable: Names with a character whose shape nothing in the record tells.
        unprintable: Characters that the font of the PDF lacks, as `U+2CF02`; printed as 〓.
    """

    stamp: Stamp
    files: tuple[str, ...]
    unreadable: tuple[UnreadableGlyphs, ...] = ()
    unprintable: tuple[str, ...] = ()


def report(
    election: Annotated[str, typer.Argument(help="選挙のコード（例 house50）。")],
    data: DataOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="書き出すフォルダ。")] = None,
    formats: Annotated[
        list[ReportFormat] | None,
        typer.Option("--format", help=_FORMATS),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--compare", help="公表された表のフォルダか、まとめたファイルと照合する。"),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="公表側の誤りと分かるものも相違とする。")
    ] = False,
    as_of: Annotated[
        str, typer.Option("--as-of", help="この記録位置または時刻の報告書にする。")
    ] = "",
    site: Annotated[
        str, typer.Option("--site", help="受付の証明を公開しているアドレス（QRコードに入れる）。")
    ] = "",
    environment: Annotated[str | None, typer.Option(help="live か rehearsal。")] = None,
    as_json: JsonOption = False,
) -> None:
    """選挙の結果調を作る。--compare で公表された表とすべてのセルを照合し、違えば 1 で終わる。

    指定が誤っているときは 2 で終わる。
    """
    settings = settings_with(data, election=election, environment=environment)
    try:
        _check(settings, out, folder, environment)
        with open_log(settings) as log:
            issue = read_issue(log, as_of, last_issue(out, election) if out is not None else None)
        place = settings.log_place.partition("/")[0]
        issue = issue._replace(site=site.rstrip("/") or f"https://{place}")
        files = (
            _write_files(issue, out, formats or [ReportFormat.CSV, ReportFormat.XLSX])
            if out
            else []
        )
        compared = _compare_with(issue, folder)
    except LogNotChosen as error:
        raise _refuse(f"選挙「{election}」の記録が見つかりません（{error}）") from error
    except (InputUnusable, NoReportMomentError, FolderUnusable, FolderOfAnother) as error:
        raise _refuse(str(error)) from error
    except OSError as error:
        raise _refuse(f"書き出せません（{describe_fault(error)}）") from error
    found = Written(
        stamp=issue.stamp,
        files=tuple(map(str, files)),
        unreadable=issue.report.unreadable,
        unprintable=unprintable(issue.report),
    )
    typer.echo(_as_json(found, compared) if as_json else _describe(found, compared))
    if compared is not None and (compared.mismatches or (strict and compared.slips)):
        raise typer.Exit(1)


class InputUnusable(Exception):  # noqa: N818 - says what is asked for
    """What the command shall read or write cannot be used; the sentence says what to do."""


def _check(
    settings: Settings, out: Path | None, folder: Path | None, environment: str | None
) -> None:
    """Refuse, before anything is read, what cannot end well."""
    if out is None and folder is None:
        raise InputUnusable(
            "--out（書き出すフォルダ）か --compare（照合するフォルダ）を指定してください。"
        )
    if environment not in {None, *get_args(Environment)}:
        raise InputUnusable(f"--environment は live か rehearsal です：{environment}")
    if not holds_database(settings):
        raise InputUnusable(
            f"{settings.data} に記録がありません。kaihyo demo や kaihyo replay-official で作った"
            "フォルダを --data で指定してください。"
        )
    if folder is not None and not folder.exists():
        raise InputUnusable(f"{folder}: フォルダがありません。--compare を確かめてください。")
    if out is not None:
        _make(out)


def _make(out: Path) -> None:
    if fault := folder_fault(out):
        raise InputUnusable(
            f"{out} に書き出せません（{fault}）。"
            "--out には、作れるか書き込めるフォルダを指定してください。"
        )


def _refuse(sentence: str) -> typer.Exit:
    """Say what is wrong; the code 2 tells wrong input from a comparison that found differences."""
    fail(sentence)
    return typer.Exit(2)


Write = Callable[[Issue, Path], list[Path]]

_WRITERS: dict[ReportFormat, Write] = {
    ReportFormat.CSV: report_csv.write,
    ReportFormat.XLSX: report_workbook.write,
    ReportFormat.PDF: report_pdf.write,
    ReportFormat.HTML: html_report.write,
    ReportFormat.SHEETS: proceedings_pdf.write,
    ReportFormat.WALL: wall_pdf.write,
    ReportFormat.FORMS: tally_form_pdf.write,
    ReportFormat.WINNERS: winners_pdf.write,
}


def _write_files(issue: Issue, out: Path, formats: list[ReportFormat]) -> list[Path]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    files: list[Path] = []
    with Progress(*columns, console=ERRORS.console, disable=not sys.stderr.isatty()) as bars:
        task = bars.add_task("集計表", total=len(formats))
        for each in dict.fromkeys(formats):
            bars.update(task, description=f"{each} を作成中")
            files += _WRITERS[each](issue, out)
            bars.advance(task)
    leave_issue(out, issue.stamp)
    return files


def _compare_with(issue: Issue, place: Path | None) -> Compared | None:
    if place is None:
        return None
    with results_folder(place) as folder:
        return compare_publication(issue.report, issue.state, folder)


def _as_json(found: Written, compared: Compared | None) -> str:
    whole = msgspec.to_builtins(found)
    if compared is not None:
        whole |= msgspec.to_builtins(compared)
    return msgspec.json.encode(whole).decode()


def _describe(found: Written, compared: Compared | None) -> str:
    lines = [*found.stamp.lines()]
    if found.files:
        lines.append(f"{len(found.files)}個のファイルを書き出しました。")
    if found.unreadable:
        said = "、".join(f"{e.text}（{e.reading or '読みの記録なし'}）" for e in found.unreadable)
        lines.append(f"字形の分からない外字を〓で示した氏名: {said}")
    if found.unprintable:
        lines.append(f"PDFの書体になく〓で示した文字: {'、'.join(found.unprintable)}")
    if compared is not None:
        lines += _compare(compared)
    return "\n".join(lines)


def _compare(found: Compared) -> list[str]:
    left = "、".join(f"{column} {number:,}" for column, number in found.not_ours.items())
    lines = [
        (
            f"公表された{found.tables}表との照合: {found.checked:,}セルを比較、"
            f"一致 {found.equal:,}、相違 {len(found.mismatches):,}、"
            f"公表側の誤り {len(found.slips):,}（対象外: {left or 'なし'}）"
        )
    ]
    lines += [f"  相違 {_line(each)}" for each in found.mismatches[:_SHOWN]]
    lines += [f"  公表側の誤り {_line(each)}" for each in found.slips[:_SHOWN]]
    return lines


def _line(each: CellDifference) -> str:
    said = f"{each.table} {each.key} {each.column}: 公表 {each.official} / 当方 {each.ours}"
    return f"{said}（{each.why}）" if each.why else said
