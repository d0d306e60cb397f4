"""The general election of 2024 replayed again, against tables of which one says something else."""

import json
import shutil
from pathlib import Path

import pytest

from tests.acceptance.kaihyo import kaihyo
from tests.support.official import HOUSE50

pytestmark = pytest.mark.official


def test_one_changed_figure_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "house50-2024"
    shutil.copytree(HOUSE50 / "official-tables", folder / "official-tables")
    table = folder / "official-tables" / "party_votes_smd_total.csv"
    table.write_text(table.read_text("utf-8-sig").replace("20867762.299", "20867762.298"), "utf-8")

    done = kaihyo("replay-official", folder, "--data", tmp_path / "data", "--json")

    mismatches = json.loads(done.stdout)["mismatches"]
    assert done.returncode == 1
    assert [m["official"] for m in mismatches] == ["20867762.298"]
    assert [m["ours"] for m in mismatches] == ["20867762.299"]
