"""`kaihyo demo`: a national rehearsal night from the first definition to the last declaration."""

import shutil
import signal
import sys
from collections import deque
from concurrent.futures import Future
from pathlib import Path
from typing import Annotated, Self

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from aggregates.commands import Submission
from api.bodies import content_sha256
from api.commands.options import HostOption, PortOption
from api.commands.running import ERRORS, fail, lived_in, served, settings_with
from api.house import House
from infra.bootstrap import opened_log
from infra.log.receipt import Receipt
from infra.log.writer import LogWriter
from infra.postgres.schemas import LogName
from infra.rehearsal import Moment, Night, national_night, play
from infra.rehearsal.defining import ELECTION

_DATA = Path(".data/demo")
_MARK = "kaihyo-demo"
_AHEAD = 500
"""Postings of the demo under way at once, as if so many centres posted in the same minute."""


def demo(
    data: Annotated[Path, typer.Option("--data", help="置き場所。毎回作り直す。")] = _DATA,
    speed: Annotated[
        float, typer.Option(help="何倍の速さで一晩を進めるか。0 は最速。", min=0)
    ] = 0.0,
    scale: Annotated[
        float, typer.Option(help="規模。1 で全国、小さくすると一部だけ。", min=0.01, max=1)
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="架空の一晩の種。")] = 1,
    host: HostOption = None,
    port: PortOption = None,
    stay: Annotated[
        bool | None,
        typer.Option(
            "--stay/--no-stay", help="終わった後も公開を続けるか（既定：端末なら続ける）。"
        ),
    ] = None,
) -> None:
    """架空の全国開票リハーサルを一晩分進め、結果の見方を示す。"""
    settings = settings_with(_emptied(data), host=host, port=port)
    night = national_night(seed=seed, scale=scale)
    name = LogName(ELECTION, "rehearsal")
    with (
        opened_log(settings, name) as log,
        lived_in(log) as house,
        served(house, settings) as address,
    ):
        ERRORS.print(f"結果ページ {address}　（訓練データです）", highlight=False)
        _played(night, house, speed or None)
        _tell(house, address)
        if sys.stdout.isatty() if stay is None else stay:
            ERRORS.print("Ctrl-C で終わります。")
            _wait()


def _emptied(data: Path) -> Path:
    """A fresh folder; only a folder that an earlier demo made is emptied."""
    if data.exists() and any(data.iterdir()):
        if not (data / _MARK).exists():
            raise fail(
                f"{data} はデモの置き場所ではありません。別の場所を --data で指定してください。"
            )
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True)
    (data / _MARK).touch()
    return data


def _played(night: Night, house: House, speed: float | None) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    writer = house.log.writer
    with Progress(*columns, console=ERRORS, disable=not sys.stderr.isatty()) as bars:
        task = bars.add_task("準備")

        def progress(done: int, total: int, moment: Moment | None) -> None:
            when = "準備" if moment is None else f"{moment.at:%m/%d %H:%M}"
            bars.update(task, completed=done, total=total, description=when)

        with _Postings(writer, _AHEAD) as postings:
            played = play(night, postings.post, speed=speed, progress=progress)
    house.live.wait_for(house.log.reader.last_position(), seconds_max=60)
    ERRORS.print(
        f"投稿 {played.definitions + played.postings:,} 件を {played.seconds:.1f} 秒で受付"
    )


def _tell(house: House, address: str) -> None:
    base = f"{address}v1/elections/{house.election}"
    typer.echo(
        f"記録 {house.live.position:,} 件。\n"
        f"  結果ページ   {address}\n"
        f"  最新の位置   {base}/head.json\n"
        f"  全国         {base}/national.json\n"
        f"  東京都       {base}/prefectures/13.json\n"
        f"  訂正         {base}/corrections.json\n"
        f"  API          {address}docs"
    )


def _wait() -> None:
    try:
        signal.pause()
    except KeyboardInterrupt:
        return


class _Postings:
    """Posts in order without waiting for each receipt; a refusal of any ends the playing.

    The writer takes submissions in the order in which they were handed over, so a posting is
    decided after those before it although nobody waited for them.
    """

    def __init__(self, writer: LogWriter, ahead_max: int) -> None:
        self._writer = writer
        self._ahead_max = ahead_max
        self._waiting: deque[Future[Receipt]] = deque()

    def post(self, submission: Submission) -> None:
        self._waiting.append(self._writer.submit(submission, content_sha256(submission)))
        if len(self._waiting) >= self._ahead_max:
            self._waiting.popleft().result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._waiting:
            self._waiting.popleft().result()
