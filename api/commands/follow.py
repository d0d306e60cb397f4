"""`kaihyo follow`: read a feed as a newsroom does."""

import json
from pathlib import Path
from typing import Annotated

import httpx
import typer

from api.commands.running import ERRORS, fail
from infra.client.checking import CheckpointWatch
from infra.client.feed import Feed, FeedBroken, FeedForked, FeedWentBack, News
from infra.transparency.errors import (
    CheckpointMalformed,
    KeyMalformed,
    NoteMalformed,
    NoteUnverified,
    OriginWrong,
    SignatureWrong,
)

_UNSIGNED = (
    CheckpointMalformed,
    KeyMalformed,
    NoteMalformed,
    NoteUnverified,
    OriginWrong,
    SignatureWrong,
)


def follow(
    url: Annotated[str, typer.Argument(help="https://…/v1/elections/{選挙}")],
    to: Annotated[
        Path | None, typer.Option("--to", help="変わった文書を書き出すフォルダ。続きから読む。")
    ] = None,
    key: Annotated[str, typer.Option("--key", help="記録の検証鍵（署名を確かめる）。")] = "",
    once: Annotated[bool, typer.Option("--once", help="いまの分だけ読んで終わる。")] = False,
) -> None:
    """公開データを追いかける。切れても続きから読み、後戻りは拒む。"""
    feed = Feed(url.rstrip("/"), position=_position(to))
    try:
        watch = CheckpointWatch(feed, key) if key else None
        if once:
            _follow_once(feed, to)
        else:
            for news in feed.follow():
                _told(feed, news, to)
                if watch is not None:
                    watch.check()
        if watch is not None:
            watch.check()
    except (FeedBroken, FeedForked, FeedWentBack, *_UNSIGNED) as error:
        raise fail(f"公開データを信用できません: {error}") from error
    except httpx.HTTPError as error:
        raise fail(f"読めません: {error}") from error
    except KeyboardInterrupt:
        ERRORS.print(f"記録位置 {feed.position} まで読みました。", highlight=False)


def _follow_once(feed: Feed, to: Path | None) -> None:
    goal = feed.head()["position"]
    if feed.position >= goal:
        return
    for news in feed.follow():
        _told(feed, news, to)
        if feed.position >= goal:
            return


def _told(feed: Feed, news: News, to: Path | None) -> None:
    line = {"position": news.position, "environment": news.environment}
    typer.echo(json.dumps({**line, "documents": news.documents}, ensure_ascii=False))
    if to is None:
        return
    for name in news.documents:
        path = to / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(feed.document(name))
    # Written last: after a crash the same news is read again.
    (to / "position").write_text(f"{news.position}\n", "ascii")


def _position(to: Path | None) -> int:
    known = None if to is None else to / "position"
    return int(known.read_text("ascii")) if known is not None and known.exists() else 0
