"""`kaihyo follow`: read a feed as a newsroom does."""

import json
import time
from pathlib import Path
from typing import Annotated

import httpx
import typer

from api.cli.common.console import ERRORS, WAITING, fail
from infra.protocols.protocol_errors import (
    CheckpointMalformed,
    KeyMalformed,
    NoteMalformed,
    NoteUnverified,
    OriginWrong,
    SignatureError,
)
from infra.runtime.system_faults import fault_reason
from infra.services.feed_client.feed_reader import (
    Feed,
    FeedBroken,
    FeedForked,
    FeedUpdate,
    FeedWentBack,
)
from infra.services.feed_client.feed_verification import CheckpointWatch

_UNSIGNED = (
    CheckpointMalformed,
    KeyMalformed,
    NoteMalformed,
    NoteUnverified,
    OriginWrong,
    SignatureError,
)

_POSITION = "position"
_CHECKPOINT = "checkpoint"
_LOOK_SECONDS = 0.25
_VOUCHED_SECONDS_MAX = 20.0
"""A log that grows says so every second under load and every 15 s otherwise."""

_UNVOUCHED = "署名付きチェックポイントが追いつかず、最後の内容はまだ確かめられていません。"


def follow(
    url: Annotated[str, typer.Argument(help="https://…/v1/elections/{選挙}")],
    to: Annotated[
        Path | None, typer.Option("--to", help="変わった文書を書き出すフォルダ。続きから読む。")
    ] = None,
    key: Annotated[str, typer.Option("--key", help="記録の検証鍵（署名を確かめる）。")] = "",
    once: Annotated[bool, typer.Option("--once", help="いまの分だけ読んで終わる。")] = False,
) -> None:
    """公開データを追いかける。切れても続きから読み、後戻りは拒む。"""
    if to is not None:
        to.mkdir(parents=True, exist_ok=True)  # what cannot be written is said before it is read
    try:
        feed = Feed(url.rstrip("/"), position=_position(to), tell_cut=_tell_cut)
        watch = CheckpointWatch(feed, key, _read_kept(to)) if key else None
        _follow(feed, to, watch, once=once)
        if watch is not None and watch.waiting:
            raise fail(_UNVOUCHED)
    except (FeedBroken, FeedForked, FeedWentBack, *_UNSIGNED) as error:
        raise fail(f"公開データを信用できません: {error}") from error
    except httpx.HTTPError as error:
        raise fail(f"{url} を読めません（{_why(error)}）。アドレスを確かめてください。") from error
    except KeyboardInterrupt:
        ERRORS.print(f"記録位置 {feed.position} まで読みました。")


def _why(error: httpx.HTTPError) -> str:
    """Why there is no answer, in words of this side."""
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return fault_reason(error)


def _tell_cut(error: httpx.HTTPError) -> None:
    ERRORS.print(f"つながりません（{_why(error)}）。つながるまで試し続けます。", style=WAITING)


def _follow(feed: Feed, to: Path | None, watch: CheckpointWatch | None, *, once: bool) -> None:
    goal = feed.head()["position"] if once else 0
    if watch is not None:
        _keep(to, watch)
    if once and feed.position >= goal:
        return
    for news in feed.follow():
        if watch is not None:
            watch.tell(news)
            _wait_for_signature(watch, to)
        _describe(feed, news, to)
        if once and feed.position >= goal:
            return


def _wait_for_signature(watch: CheckpointWatch, to: Path | None) -> None:
    """Wait until the key has signed what was received; a log that stands still is said and seen."""
    end = time.monotonic() + _VOUCHED_SECONDS_MAX
    while True:
        _keep(to, watch)
        if not watch.waiting:
            return
        if time.monotonic() > end:
            ERRORS.print(_UNVOUCHED)
            return
        time.sleep(_LOOK_SECONDS)


def _keep(to: Path | None, watch: CheckpointWatch) -> None:
    """Check, and keep the checkpoint: after a restart it may not go back either."""
    before = watch.note
    watch.check()
    if to is not None and watch.note != before:
        unfinished = to / f"{_CHECKPOINT}.unfinished"
        unfinished.write_bytes(watch.note)
        unfinished.replace(to / _CHECKPOINT)


def _describe(feed: Feed, news: FeedUpdate, to: Path | None) -> None:
    line = {"position": news.position, "environment": news.environment}
    typer.echo(json.dumps({**line, "documents": news.documents}, ensure_ascii=False))
    if to is None:
        return
    for name in news.documents:
        path = to / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(feed.document(name))
    # Written last: after a crash the same news is read again.
    (to / _POSITION).write_text(f"{news.position}\n", "ascii")


def _position(to: Path | None) -> int:
    known = None if to is None else to / _POSITION
    if known is None or not known.exists():
        return 0
    text = known.read_text("ascii", errors="replace").strip()
    if not text.isdigit():
        raise fail(f"{known} が壊れています。このファイルを消すと、初めから読み直します。")
    return int(text)


def _read_kept(to: Path | None) -> bytes:
    kept = None if to is None else to / _CHECKPOINT
    return kept.read_bytes() if kept is not None and kept.exists() else b""
