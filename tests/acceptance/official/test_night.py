"""The general election of 2024, posted as centres would have, equals the official results."""

import json
from pathlib import Path

import pytest

from tests.acceptance.kaihyo import ROOT, kaihyo
from tests.acceptance.official.conftest import Replayed
from tests.acceptance.shown import ours

pytestmark = pytest.mark.official

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


def test_every_official_figure_is_reproduced(replayed: Replayed) -> None:
    found = replayed.found

    assert "相違ありません" in replayed.said
    line = f"{replayed.found['checked']:,} official figures compared, no difference"
    assert line == "11,350 official figures compared, no difference"
    assert line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert found["mismatches"] == []
    assert found["checked"] > 10_000
    assert found["national"]["district_votes"] == "54261877.952"
    seats = {name: (s["district"], s["list"]) for name, s in found["national"]["seats"].items()}
    assert seats == SEATS_2024


def test_it_ends_with_a_bundle_that_verifies(replayed: Replayed) -> None:
    """Every posting of the replay is signed; nobody needs the database to check them all."""
    done = kaihyo("verify", replayed.bundle, "--json")

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["environment"], found["unsigned"]) == ("live", 0)
    assert found["signed"] > 15_000
    assert found["signatures"] > 15_000
    assert found["documents"] > 2_000


def test_a_rebuild_from_zero_gives_the_same_documents(data: Path) -> None:
    done = kaihyo("rebuild", "--data", data, "--json")

    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["equal"] is True
    assert found["digest"] == found["live_digest"]
    assert found["events"] > 15_000


def test_what_a_ministry_is_shown_makes_the_report(data: Path, tmp_path: Path) -> None:
    places = {".data/house50": str(data), "report": str(tmp_path / "report")}
    [shown] = (words for words in ours("README.md") if words[0] == "report")

    done = kaihyo("report", *(places.get(word, word) for word in shown[1:]))

    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "report").rglob("*.xlsx"))
    assert list((tmp_path / "report").rglob("*.csv"))


def test_a_folder_that_is_not_one_is_refused_with_a_sentence(tmp_path: Path) -> None:
    done = kaihyo("replay-official", tmp_path, "--data", tmp_path / "data")

    assert done.returncode == 1
    assert "official-tables" in done.stderr
    assert "Traceback" not in done.stderr
