"""Folders that commands write into, tried before anything is computed for them."""

import os
from pathlib import Path

from infra.runtime.system_faults import describe_fault


def folder_fault(folder: Path) -> str:
    """Why nothing can be written in a folder, which is made if it is missing; empty if it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return describe_fault(error)
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"{folder}: 書き込む権限がありません"
