"""A newcomer's first command: a small national rehearsal from definition to declaration."""

import json
import time
from http.client import CREATED, OK
from pathlib import Path

from tests.acceptance.conftest import PlayedDemo
from tests.acceptance.kaihyo import kaihyo
from tests.acceptance.served import started, wait_for
from tests.support.lines import PLAIN
from tests.support.ports import free_port


def test_the_demo_plays_a_night_and_says_where_to_look(demo: PlayedDemo) -> None:
    assert "訓練データ" in demo.said
    assert "/v1/elections/rehearsal/head.json" in demo.told

    rebuilt = json.loads(kaihyo("rebuild", "--data", demo.data, "--json").stdout)
    assert rebuilt["environment"] == "rehearsal"
    assert rebuilt["equal"] is True


def test_a_prefecture_is_left_to_who_wants_to_practise(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    small = ("demo", "--no-stay", "--scale", "0.02", "--data", data)

    nowhere = kaihyo(*small, "--practise", "48")
    assert nowhere.returncode == 1
    assert "48 の開票区はありません" in nowhere.stderr
    assert not data.exists()

    done = kaihyo(*small, "--practise", "13", "--port", str(free_port()))
    assert done.returncode == 0, done.stderr
    papers = list((data / "papers").iterdir())
    assert f"開票結果 {len(papers)} 枚" in done.stdout


def test_the_demo_never_empties_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("開票録")

    done = kaihyo("demo", "--no-stay", "--data", tmp_path)

    assert done.returncode == 1
    assert "--data" in done.stderr
    assert precious.read_text() == "開票録"


def test_who_is_faster_than_the_night_stops_it_and_not_the_server(tmp_path: Path) -> None:
    port = str(free_port())
    address = f"http://127.0.0.1:{port}/v1/elections/rehearsal"
    opening = {
        "election": "rehearsal", "environment": "rehearsal", "office": "nation",
        "submission_id": "newcomer-1", "command": {"command": "open-counting"},
    }  # fmt: skip
    demo = started(
        "demo", "--stay", "--scale", "0.01", "--speed", "5000", "--data", tmp_path / "demo",
        "--port", port,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/health", demo)
        while PLAIN.post(f"{address}/submissions", json=opening).status_code != CREATED:
            time.sleep(0.1)

        told = next(line for line in demo.stderr or () if "止めました" in line)

        assert "続きは画面から入力できます" in told
        assert PLAIN.get(f"{address}/head.json").status_code == OK
    finally:
        demo.terminate()
        demo.communicate(timeout=120)


def test_serving_an_empty_folder_opens_with_the_page_that_begins_an_election(
    tmp_path: Path,
) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    server = started("serve", "--data", tmp_path / "empty", "--port", str(port))
    try:
        wait_for(f"{address}/setup", server)
        assert PLAIN.get(f"{address}/").headers["location"] == "/setup"
    finally:
        server.terminate()
        _, said = server.communicate(timeout=120)
    assert server.returncode == 0
    assert f"{address}/setup#" in said
