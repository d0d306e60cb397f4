"""`kaihyo replay-official`: play a past general election and compare every official figure."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from aggregates.errors import Refusal
from api.cli.auditors.write_bundle import BundleOption, fresh, require_room, write_bundle
from api.cli.common.console import ERRORS, fail
from api.cli.common.options import DataOption, JsonOption, settings_with
from api.cli.common.progress import show_progress
from api.cli.common.sequencer_thread import sequence_now
from infra.adapters.event_log.event_log import Log
from infra.adapters.filesystem import atomic_files
from infra.adapters.filesystem.key_file import load_or_create_seed
from infra.adapters.postgres.schemas import LogName
from infra.bootstrap import open_log
from infra.services.official_results.packed_tables import pack_folder, results_folder
from infra.services.official_results.replay import (
    AnyPlan,
    Replayed,
    ReplayStopped,
    plan_publication,
    replay,
)
from infra.services.official_results.table_files import read_publication
from infra.services.queries.rebuild import catch_up
from infra.services.queries.shutdown_digest import leave_digest
from infra.services.rehearsal.submission_pipeline import Pipeline
from infra.services.signing.simulated_offices import SimulatedOffices
from projections.election_projection import ElectionProjection
from projections.official.checks.comparison_book import Mismatch
from projections.official.replay_summary import ReplaySummary
from projections.official.tables.official_tables import FolderUnusable

_AT_ONCE = 250
_AHEAD = 500
"""Postings under way at once, as if so many centres posted in the same minute."""
_SEED_FILE = "replay.seed"
"""The keys of the replay follow from it, so that a replay that was cut off can go on."""
_SHOWN = 20


def replay_official(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="公表された結果の入ったフォルダ（例 house50-2024）か、"
            "--pack で一つにまとめたファイル。なければ、同梱の第50回（2024年）の結果。"
        ),
    ] = None,
    data: DataOption = None,
    bundle: BundleOption = None,
    no_bundle: Annotated[
        bool,
        typer.Option("--no-bundle", help="監査用の一式を作らない（既定は DATA/bundle に作る）。"),
    ] = False,
    pack: Annotated[
        Path | None,
        typer.Option(help="再現はせず、フォルダの表をまとめてこのファイルに書き出す。"),
    ] = None,
    note: Annotated[
        list[str] | None,
        typer.Option(help="--pack のファイルに書き添える出典（いくつでも）。"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """過去の総選挙を署名付きの投稿で再現し、公式結果とすべて突き合わせる。違えば 1 で終わる。"""
    if pack is not None:
        _pack(folder, pack, note or [])
        return
    if bundle is not None and not no_bundle:
        require_room(bundle)
    settings = settings_with(data)
    try:
        with results_folder(folder) as place:
            plan = plan_publication(read_publication(place))
        name = LogName(plan.folder.election, plan.environment)
        seed = load_or_create_seed(settings.data / _SEED_FILE)
        with open_log(settings, name) as log:
            summary = _replay(plan, log, seed).summary()
            public = sequence_now(log, settings)
            if not no_bundle:
                out = bundle or fresh(settings.data / "bundle")
                ERRORS.print(write_bundle(log, public, out))
    except (FolderUnusable, ReplayStopped, Refusal) as error:
        raise fail(str(error)) from error
    typer.echo(msgspec.json.encode(summary).decode() if as_json else _describe(summary))
    if summary.mismatches:
        raise typer.Exit(1)


def _pack(folder: Path | None, to: Path, notes: list[str]) -> None:
    if folder is None or not folder.is_dir():
        raise fail("--pack には、公表された結果の入ったフォルダを指定してください。")
    try:
        atomic_files.replace(to, pack_folder(folder, notes).encode())
    except FolderUnusable as error:
        raise fail(str(error)) from error


def _replay(plan: AnyPlan, log: Log, seed: bytes) -> Replayed:
    projection = ElectionProjection()
    with Pipeline(log.writer, _AHEAD, _AT_ONCE) as pipeline, show_progress() as progress:
        staff = SimulatedOffices(seed, pipeline.take)

        def current() -> ElectionProjection:
            pipeline.drain()
            catch_up(projection, log.reader)
            return projection

        found = replay(plan, staff.post, current, progress)
    leave_digest(log, current())
    return found


def _describe(summary: ReplaySummary) -> str:
    national = summary.national
    seats = "、".join(f"{name} {s.district}+{s.list}" for name, s in national.seats.items())
    lines = [
        (
            f"{summary.election}: {summary.events:,}件を{summary.seconds:.1f}秒で記録"
            f"（毎秒{summary.events_per_second:,.0f}件）"
        ),
        f"小選挙区 {national.district_votes}票　比例代表 {national.list_votes}票",
        f"議席（小選挙区+比例）: {seats}",
        f"公式結果との照合: {summary.checked:,}項目、相違 {len(summary.mismatches)}",
        _in_english(summary),
        *map(_line, summary.mismatches[:_SHOWN]),
    ]
    return "\n".join(lines)


def _in_english(summary: ReplaySummary) -> str:
    differing = len(summary.mismatches)
    found = f"{differing:,} differ" if differing else "no difference"
    return f"{summary.checked:,} official figures compared, {found}"


def _line(each: Mismatch) -> str:
    said = f"  {each.table} {each.key}: 公式 {each.official} / 当方 {each.ours}"
    return f"{said}（{each.why}）" if each.why else said
