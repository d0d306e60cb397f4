"""`kaihyo publish`: the feed as a folder of files, for any web server."""

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DataOption
from api.commands.running import ERRORS, fail, settings_with
from infra.bootstrap import opened_log
from infra.postgres.schemas import LogNotChosen
from infra.publish.publisher import PublishedElsewhere, Publisher


def publish(
    to: Annotated[Path, typer.Option("--to", help="書き出すフォルダ。")],
    watch: Annotated[
        bool, typer.Option("--watch", help="終わらずに、記録が増えるたびに書き出す。")
    ] = False,
    data: DataOption = None,
) -> None:
    """公開データを静的なファイルとして書き出す。どのウェブサーバでもそのまま公開できる。"""
    try:
        with opened_log(settings_with(data)) as log:
            publisher = Publisher(log, to)
            position = publisher.publish()
            if position == 0:
                raise fail("記録に選挙がまだありません。")
            ERRORS.print(f"記録位置 {position} まで {to} に書き出しました。", highlight=False)
            if watch:
                _stop_on_signal(publisher)
                publisher.watch()
    except (LogNotChosen, PublishedElsewhere) as error:
        raise fail(str(error)) from error


def _stop_on_signal(publisher: Publisher) -> None:
    if threading.current_thread() is threading.main_thread():
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: publisher.stop())
