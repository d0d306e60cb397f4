"""The official results of 2024 that come with the project, and schemas kept beside it."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from infra.services.official_results.packed_tables import included_tables, unpack_tables

SHARED = Path(__file__).parents[3] / "shared" / "data"
"""Where published schemas may lie that are not ours to copy; tests that need them say so."""


def _unpacked() -> Path:
    parent = tempfile.mkdtemp(prefix="kaihyo-official-")
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    return unpack_tables(included_tables(), Path(parent))


HOUSE50 = _unpacked()
"""The publication as a folder; a test that cannot have it fails."""


def require_upper_house() -> Path:
    """The folder of an Upper House election, which `KAIHYO_UPPER_HOUSE` may name; or skip."""
    folder = Path(os.environ.get("KAIHYO_UPPER_HOUSE", SHARED / "upper26-2022"))
    if not (folder / "official-tables").is_dir():
        pytest.skip("tables of an Upper House election are not here; KAIHYO_UPPER_HOUSE names them")
    return folder
