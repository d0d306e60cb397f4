"""The general election of 2024, posted as centres would have, equals the official results."""

import json
import shutil
from pathlib import Path

import pytest

from tests.acceptance.kaihyo import kaihyo
from tests.official import HOUSE50, needs_house50

pytestmark = [needs_house50, pytest.mark.official]

SEATS_2024 = {
    "自由民主党": (132, 59),
    "立憲民主党": (104, 44),
    "日本維新の会": (23, 15),
    "国民民主党": (11, 17),
    "公明党": (4, 20),
    "れいわ新選組": (0, 9),
    "日本共産党": (1, 7),
    "参政党": (0, 3),
    "日本保守党": (1, 2),
    "社会民主党": (1, 0),
    "無所属": (12, 0),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("official")


def test_every_official_figure_is_reproduced(data: Path) -> None:
    done = kaihyo("replay-official", HOUSE50, "--data", data, "--json")

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["mismatches"] == []
    assert found["checked"] > 10_000
    assert found["national"]["district_votes"] == "54261877.952"
    seats = {name: (s["district"], s["list"]) for name, s in found["national"]["seats"].items()}
    assert seats == SEATS_2024


def test_it_ends_with_a_bundle_that_verifies(data: Path) -> None:
    """Every posting of the replay is signed; nobody needs the database to check them all."""
    done = kaihyo("verify", data / "bundle", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["signed"] > 15_000


def test_a_rebuild_from_zero_gives_the_same_documents(data: Path) -> None:
    """Depends on the replay above; alone it makes one."""
    if not (data / "pgdata").exists():
        kaihyo("replay-official", HOUSE50, "--data", data)

    done = kaihyo("rebuild", "--data", data, "--json")

    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["equal"] is True
    assert found["digest"] == found["live_digest"]
    assert found["events"] > 15_000


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


def test_a_folder_that_is_not_one_is_refused_with_a_sentence(tmp_path: Path) -> None:
    done = kaihyo("replay-official", tmp_path, "--data", tmp_path / "data")

    assert done.returncode == 1
    assert "official-tables" in done.stderr
    assert "Traceback" not in done.stderr
