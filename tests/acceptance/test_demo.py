"""A newcomer's first command: a small national rehearsal from definition to declaration."""

import json
import socket
from pathlib import Path

from tests.acceptance.kaihyo import kaihyo


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_the_demo_plays_a_night_and_says_where_to_look(tmp_path: Path) -> None:
    data = tmp_path / "demo"

    done = kaihyo("demo", "--no-stay", "--scale", "0.03", "--data", data, "--port", _free_port())

    assert done.returncode == 0, done.stderr
    assert "訓練データ" in done.stderr
    assert "/v1/elections/rehearsal/head.json" in done.stdout

    rebuilt = json.loads(kaihyo("rebuild", "--data", data, "--json").stdout)
    assert rebuilt["environment"] == "rehearsal"
    assert rebuilt["equal"] is True


def test_the_demo_never_empties_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("開票録")

    done = kaihyo("demo", "--no-stay", "--data", tmp_path)

    assert done.returncode == 1
    assert "--data" in done.stderr
    assert precious.read_text() == "開票録"


def test_serving_nothing_says_how_to_begin(tmp_path: Path) -> None:
    done = kaihyo("serve", "--data", tmp_path / "empty")

    assert done.returncode == 1
    assert "--election" in done.stderr
