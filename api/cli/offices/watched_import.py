"""A watched folder: what its files would send waits for a confirmation, or is sent alone.

A folder posts alone only where the office says why, which is recorded with each sheet.
"""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Protocol

import typer

from api.cli.common.console import fail
from api.cli.common.posting_options import DEFAULT_OUTBOX, OutboxOption
from api.cli.common.signals import run_until_signal
from infra.services.importing.folder_watcher import WatchedFolder
from infra.services.importing.held_files import HeldFile, HeldFiles, NotHeld, file_mark

_HELD: Final = "held"
"""Folder of what waits, beside an outbox."""


class Taking(Protocol):
    """What a watched folder does with a file."""

    def take(self, file: Path) -> bool:
        """Send what a file says."""
        ...

    def preview(self, file: Path) -> str:
        """What it would send, line by line; empty where it would send nothing."""
        ...

    def flush(self) -> bool:
        """Send what waits for the connection."""
        ...


def held_files(outbox: Path) -> HeldFiles:
    """What waits beside an outbox."""
    return HeldFiles(outbox / _HELD)


def watch(
    path: Path, every: float, taking: Taking, held: HeldFiles | None, run: Callable[..., bool]
) -> None:
    """Look at a folder until somebody ends it.

    Args:
        path: The folder.
        every: Seconds between two looks.
        taking: What is done with a file.
        held: Where files wait; None where the office posts alone.
        run: Does something and says what goes wrong.
    """
    watched = FolderImport(path, taking, held, run)
    typer.echo(f"{path} を {every:g} 秒ごとに見ます。終えるには Ctrl+C を押してください。")
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            watched.look()
            ended.wait(every)

    run_until_signal(look, ended.set)


class FolderImport:
    """Files of one folder on their way: shown, held, confirmed, sent.

    Args: as of `watch`.
    """

    def __init__(
        self, path: Path, taking: Taking, held: HeldFiles | None, run: Callable[..., bool]
    ) -> None:
        self._folder = WatchedFolder(path)
        self._taking = taking
        self._held = held
        self._run = run
        self._waiting: dict[Path, HeldFile] = {}

    def look(self) -> None:
        """One look at the folder, and at what was confirmed since the last one."""
        held = self._held
        for file in self._folder.changed():
            typer.echo(f"{file.name}")
            self._run(self._taking.take if held is None else partial(self._hold, held), file)
        if held is not None:
            self._run(partial(self._send_confirmed, held))
        self._run(self._taking.flush)

    def _hold(self, held: HeldFiles, file: Path) -> bool:
        kept = held.keep(file)
        if held.is_confirmed(kept.mark):
            return self._take(held, kept)
        before = self._waiting.pop(file, None)
        if before is not None and before.mark != kept.mark:
            held.forget(before.mark)
        preview = self._taking.preview(kept.path)
        if not preview:
            held.forget(kept.mark)
            return False
        held.hold(kept, preview)
        self._waiting[file] = kept
        typer.echo(preview)
        typer.echo(f"確認待ち {kept.mark}。送るには: kaihyo import confirm {kept.mark}")
        return True

    def _send_confirmed(self, held: HeldFiles) -> bool:
        all_taken = True
        for file, kept in list(self._waiting.items()):
            if held.is_confirmed(kept.mark) and file.is_file() and file_mark(file) == kept.mark:
                del self._waiting[file]
                typer.echo(f"確認済み {file.name}")
                all_taken = self._take(held, kept) and all_taken
        return all_taken

    def _take(self, held: HeldFiles, kept: HeldFile) -> bool:
        """Send the bytes that were confirmed, whatever became of the file since."""
        try:
            return self._taking.take(kept.path)
        finally:
            held.drop_bytes(kept.mark)


def confirm(
    mark: Annotated[str, typer.Argument(help="確認待ちの記号（画面に出た12文字）。")] = "",
    outbox: OutboxOption = DEFAULT_OUTBOX,
) -> None:
    """見張っているフォルダの、確認を待つ表を送ってよいとする。記号がなければ一覧を示す。"""
    if not outbox.is_dir():
        raise fail(f"{outbox}: 送信待ちのフォルダがありません。--outbox を確かめてください。")
    held = held_files(outbox)
    if not mark:
        waiting = held.waiting()
        for name, shown in waiting.items():
            typer.echo(f"{name} {shown}")
        typer.echo(f"確認待ち {len(waiting)}")
        return
    try:
        typer.echo(held.confirm(mark))
    except NotHeld as error:
        raise fail(f"「{mark}」で確認を待つ表はありません。表が変わったかもしれません。") from error
    typer.echo("送ってよいとしました。")
