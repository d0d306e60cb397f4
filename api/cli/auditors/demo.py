"""`kaihyo demo`: a national rehearsal night from the first definition to the last declaration."""

import secrets
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from aggregates.commands.election_commands import Submission
from aggregates.election.geography import PREFECTURES
from aggregates.errors import Refusal
from api.cli.auditors.write_bundle import BundleOption, require_room, write_bundle
from api.cli.common.console import ERRORS, WAITING, fail
from api.cli.common.options import HostOption, PortOption, settings_with
from api.cli.common.progress import show_progress
from api.cli.common.sequencer_thread import run_sequencer, wait_until_published
from api.cli.common.server import check_address, open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.postgres.embedded import ServerFailed, discard
from infra.adapters.postgres.schemas import LogName
from infra.bootstrap import open_log
from infra.services.rehearsal import Moment, RehearsalNight, play, rehearsal_night, write_papers
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION
from infra.services.rehearsal.submission_pipeline import Pipeline
from infra.services.signing.simulated_offices import SEED_BYTES, SimulatedOffices
from infra.services.signing.submission_auth import admit_unsigned

_DATA = Path(".data/demo")
_MARK = "kaihyo-demo"
_PAPERS = "papers"
_CAPITAL = "13"
_AT_ONCE = 250
"""Postings recorded in one go, as if so many centres posted in the same second."""
_AHEAD = 500
"""Postings under way at once: sent and not yet answered."""


Rehearsed = Literal[
    "house", "upper", "prefecture", "city", "by-election", "referendum", "ordinance-poll"
]


def demo(
    data: Annotated[Path, typer.Option("--data", help="置き場所。毎回作り直す。")] = _DATA,
    speed: Annotated[
        float, typer.Option(help="何倍の速さで一晩を進めるか。0 は最速。", min=0)
    ] = 0.0,
    scale: Annotated[
        float, typer.Option(help="規模。1 で全国、小さくすると一部だけ。", min=0.01, max=1)
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="架空の一晩の種。")] = 1,
    election: Annotated[
        Rehearsed,
        typer.Option(
            help="選挙の種類：衆議院、参議院、知事と県議会、市長と市議会、補欠選挙、"
            "国民投票、条例による住民投票。規模は衆議院、参議院と国民投票だけ。"
        ),
    ] = "house",
    signed: Annotated[
        bool,
        typer.Option("--signed/--unsigned", help="すべての投稿に機関の鍵で署名するか。"),
    ] = False,
    practise: Annotated[
        str | None,
        typer.Option(
            help="この都道府県（番号）の開票を残す。入力する開票結果は DATA/papers に書く。"
        ),
    ] = None,
    host: HostOption = None,
    port: PortOption = None,
    bundle: BundleOption = None,
    stay: Annotated[
        bool | None,
        typer.Option(
            "--stay/--no-stay", help="終わった後も公開を続けるか（既定：端末なら続ける）。"
        ),
    ] = None,
) -> None:
    """架空の開票リハーサルを一晩分進め、結果の見方を示す。"""
    night = _left_open(rehearsal_night(election, seed, scale), practise)
    if bundle is not None:
        require_room(bundle)
    settings = settings_with(_empty_folder(data), host=host, port=port)
    check_address(settings)
    name = LogName(ELECTION, "rehearsal")
    with (
        open_log(settings, name) as log,
        run_sequencer(log, settings) as public,
        open_app_state(log) as services,
        serve_in_background(services, settings) as address,
    ):
        services.public = public
        ERRORS.print(f"結果ページ {address}　（訓練データです）")
        stays = sys.stdout.isatty() if stay is None else stay
        try:
            _play(night, services, speed or None, signed=signed)
        except Refusal as refusal:
            _stop(refusal, stays=stays)
        if bundle is not None:
            wait_until_published(public, services.live.position)
            typer.echo(write_bundle(log, public, bundle))
        _print_addresses(services, address)
        if practise is not None:
            papers = write_papers(night.setting, practise, data / _PAPERS)
            typer.echo(f"  入力の練習   {data / _PAPERS} の開票結果 {papers:,} 枚を開票所で入力")
        if stays:
            ERRORS.print("Ctrl-C で終わります。")
            _wait()
    ERRORS.print(f"もう一度開くには kaihyo serve --data {data}")


def _left_open(night: RehearsalNight, prefecture: str | None) -> RehearsalNight:
    """The night as it is, or without what people of a prefecture count for practice."""
    if prefecture is None:
        return night
    try:
        return night.left_open(prefecture)
    except ValueError as error:
        raise fail(
            f"この一晩に都道府県 {prefecture} の開票区はありません。"
            "01 から 47 の番号を指定してください（小さい規模では一部の都道府県だけです）。"
        ) from error


def _empty_folder(data: Path) -> Path:
    """A fresh folder; only a folder that an earlier demo made is emptied."""
    if data.exists() and any(data.iterdir()):
        if not (data / _MARK).exists():
            raise fail(
                f"{data} はデモの置き場所ではありません。別の場所を --data で指定してください。"
            )
        try:
            discard(data)
        except ServerFailed as error:
            raise fail(
                f"{data} では別のデモが動いています。別の場所を --data で指定してください。"
            ) from error
    data.mkdir(parents=True, exist_ok=True)
    (data / _MARK).touch()
    return data


def _sender(pipeline: Pipeline, *, signed: bool) -> Callable[[Submission], None]:
    """What sends a submission: signed by the keys of its office, or as it is."""
    if signed:
        return SimulatedOffices(secrets.token_bytes(SEED_BYTES), pipeline.take).post
    return lambda submission: pipeline.take(admit_unsigned(submission))


def _play(night: RehearsalNight, services: AppState, speed: float | None, *, signed: bool) -> None:
    with show_progress() as bars:

        def progress(done: int, total: int, moment: Moment | None) -> None:
            bars("一晩", done, total, "準備" if moment is None else f"{moment.at:%m/%d %H:%M}")

        at_once = 1 if speed else _AT_ONCE
        with Pipeline(services.log.writer, _AHEAD, at_once) as pipeline:
            played = play(night, _sender(pipeline, signed=signed), speed=speed, progress=progress)
    services.live.wait_for(services.log.reader.last_position(), seconds_max=60)
    ERRORS.print(
        f"投稿 {played.definitions + played.postings:,} 件を {played.seconds:.1f} 秒で受付"
    )


def _stop(refusal: Refusal, *, stays: bool) -> None:
    """End the rehearsal: somebody posted on a page of the demo what it was about to post."""
    if not stays:
        raise fail(f"架空の一晩の投稿が断られました（{refusal}）。") from refusal
    ERRORS.print(
        f"ここで架空の一晩を止めました。ほかから入った投稿と重なったようです（{refusal}）。"
        "公開は続けます。続きは画面から入力できます。",
        style=WAITING,
    )


def _print_addresses(services: AppState, address: str) -> None:
    base = f"{address}v1/elections/{services.election}"
    held = services.live.read(
        lambda state: {unit.prefecture for unit in state.register().units.values()}
    )
    code = _CAPITAL if _CAPITAL in held else min(held)
    typer.echo(
        f"記録 {services.live.position:,} 件。\n"
        f"  結果ページ   {address}\n"
        f"  最新の位置   {base}/head.json\n"
        f"  全体         {base}/national.json\n"
        f"  {PREFECTURES[code]}       {base}/prefectures/{code}.json\n"
        f"  訂正         {base}/corrections.json\n"
        f"  管理室       {address}control\n"
        f"  開票所       {address}centre/\n"
        f"  API          {address}docs"
    )


def _wait() -> None:
    try:
        signal.pause()
    except KeyboardInterrupt:
        return
