"""A bundle at the end of a command, verified before the command says that it is done."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from api.cli.auditors.export import describe_bundle, export_with_progress
from api.cli.auditors.verify import verify_bundle
from api.cli.common.console import fail
from api.cli.common.output_folder import folder_fault
from infra.adapters.event_log.event_log import Log

BundleOption = Annotated[
    Path | None,
    typer.Option(help="終わりに監査用の一式を書き出し、確かめる（フォルダか .tar.gz）。"),
]


def write_bundle(log: Log, public: Path, out: Path) -> str:
    """Write a bundle and verify it.

    Raises:
        typer.Exit: With code 1 when it cannot be written or does not verify.
    """
    found = export_with_progress(log, public, out)
    return f"{describe_bundle(found)}\n{verify_bundle(out)}"


def require_room(out: Path) -> None:
    """Refuse a place that the bundle cannot be written to, before a night is played for it.

    Raises:
        typer.Exit: Something is there already, or nothing can be written there.
    """
    if out.exists():
        raise fail(f"{out} はもうあります。--bundle に別の名前を指定してください。")
    if fault := folder_fault(out.parent):
        raise fail(f"--bundle に書き出せません（{fault}）。")


def fresh(folder: Path) -> Path:
    """Make room for a bundle where an earlier run may have left one, and nothing else."""
    if (folder / "manifest.json").is_file():
        shutil.rmtree(folder)
    return folder
