"""A bundle at the end of a command, verified before the command says that it is done."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from api.cli.auditors.export import exported, told
from api.cli.auditors.verify import checked
from infra.adapters.event_log.event_log import Log

BundleOption = Annotated[
    Path | None,
    typer.Option(help="終わりに監査用の一式を書き出し、確かめる（フォルダか .tar.gz）。"),
]


def bundled(log: Log, public: Path, out: Path) -> str:
    """Write a bundle and verify it.

    Raises:
        typer.Exit: With code 1 when it cannot be written or does not verify.
    """
    found = exported(log, public, out)
    return f"{told(found)}\n{checked(out)}"


def fresh(folder: Path) -> Path:
    """Make room for a bundle where an earlier run may have left one, and nothing else."""
    if (folder / "manifest.json").is_file():
        shutil.rmtree(folder)
    return folder
