"""`kaihyo publish`: the feed as a folder of files, for any web server."""

from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from api.cli.common.console import ERRORS, fail
from api.cli.common.options import DataOption, settings_with
from api.cli.common.signals import run_until_signal
from api.mirror.mirror_folder import FolderInUse
from api.mirror.site_mirror import SiteMirror
from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import open_log
from infra.runtime.system_faults import describe_fault
from infra.services.publishing.publisher import PublishedElsewhere, Publisher
from infra.services.publishing.tlog_mirror import HistoryForked
from infra.services.sequencing.log_location import LogPlace


def publish(
    to: Annotated[Path, typer.Option("--to", help="書き出すフォルダ。")],
    watch: Annotated[
        bool, typer.Option("--watch", help="終わらずに、記録が増えるたびに書き出す。")
    ] = False,
    pages: Annotated[
        bool,
        typer.Option("--pages", help="ページも書き出す。ふつうのウェブサーバだけでサイトになる。"),
    ] = False,
    data: DataOption = None,
) -> None:
    """公開データを静的なファイルとして書き出す。どのウェブサーバでもそのまま公開できる。"""
    try:
        settings = settings_with(data)
        with open_log(settings) as log:
            publisher = Publisher(log, to, _public(LogPlace.of(settings, log.name)))
            position = publisher.catch_up()
            if position == 0:
                raise fail("記録に選挙がまだありません。")
            ERRORS.print(f"記録位置 {position} まで {to} に書き出しました。")
            _warn_of_unsigned_entries(publisher)
            with _mirror(log, publisher, to) if pages else nullcontext() as mirror:
                write = partial(_write_pages, mirror) if mirror is not None else None
                if write is not None:
                    write()
                if watch:
                    run_until_signal(lambda: publisher.watch(write), publisher.stop)
    except (FolderInUse, HistoryForked, LogNotChosen, PublishedElsewhere) as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(
            f"書き込めません（{describe_fault(error)}）。空きと権限を確かめ、もう一度実行してください。"
            "続きから書き出し、途中のものは直します。"
        ) from error


def _mirror(log: Log, publisher: Publisher, to: Path) -> closing[SiteMirror]:
    return closing(SiteMirror(log, publisher, to))


def _write_pages(mirror: SiteMirror) -> None:
    done = mirror.write()
    ERRORS.print(
        f"ページなど {done.pages:,} ファイルのうち {done.written:,} を書きました"
        f"（{done.written_bytes:,} バイト）。"
        + (f"なくなった {done.removed:,} を消しました。" if done.removed else "")
        + (f"{len(done.missing):,} のページは作れませんでした。" if done.missing else "")
    )


def _public(place: LogPlace) -> Path | None:
    """The public folder of the transparency log, where this machine has it."""
    if place.public.exists():
        return place.public
    ERRORS.print(
        f"透明性ログ（{place.public}）がここにないため、log/ は書き出しません。"
        "kaihyo verify で確かめられる写しにするには、ログのある機械で実行してください。",
    )
    return None


def _warn_of_unsigned_entries(publisher: Publisher) -> None:
    mirror = publisher.mirror
    if mirror is not None and mirror.size < publisher.position:
        ERRORS.print(
            f"透明性ログは {max(0, mirror.size)} 件で止まっています。結果はその先まで"
            "書き出しました。kaihyo sequence が動いているか確かめてください。",
        )
