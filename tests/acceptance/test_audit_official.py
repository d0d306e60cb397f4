"""The general election of 2024, signed by generated keys, ends in a bundle that verifies."""

import json
from pathlib import Path

import pytest

from tests.acceptance.kaihyo import kaihyo
from tests.official import HOUSE50, needs_house50

pytestmark = [needs_house50, pytest.mark.official]


def test_the_replay_of_2024_ends_in_a_bundle_that_verifies(tmp_path: Path) -> None:
    bundle = tmp_path / "house50.tar.gz"

    done = kaihyo(
        "replay-official", HOUSE50, "--data", tmp_path / "data", "--bundle", bundle, "--json"
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["mismatches"] == []
    assert "相違ありません" in done.stderr
    found = json.loads(kaihyo("verify", bundle, "--json").stdout)
    assert found["environment"] == "live"
    assert found["unsigned"] == 0
    assert found["signatures"] > 15_000
    assert found["documents"] > 2_000
