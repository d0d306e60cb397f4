"""The commands that the README shows are run as they stand there, in the folders of a test."""

import re
from pathlib import Path

import pytest

from tests.acceptance.conftest import PlayedDemo
from tests.acceptance.kaihyo import ROOT, kaihyo
from tests.acceptance.shown import ours, shown


@pytest.mark.parametrize("file", ["README.md", "README.ja.md"])
def test_every_make_target_is_there(file: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    wanted = {words[1] for words in shown(file) if words[0] == "make"}

    assert {"demo", "test"} <= wanted <= targets


@pytest.mark.parametrize("file", ["README.md", "README.ja.md"])
def test_a_newcomer_is_told_where_the_command_is_and_how_to_begin_small(file: str) -> None:
    commands = shown(file)
    entering = commands.index(["source", ".venv/bin/activate"])
    first = next(place for place, words in enumerate(commands) if words[0] == "kaihyo")

    assert entering < first
    assert commands[first][1:3] == ["demo", "--scale"]


def test_what_an_auditor_is_shown_works_on_a_demo(demo: PlayedDemo, tmp_path: Path) -> None:
    places = {".data/demo": str(demo.data), "bundle": str(tmp_path / "bundle")}
    commands = [words for words in ours("README.md") if words[0] in {"export", "verify", "rebuild"}]

    assert len(commands) == 3
    for words in commands:
        done = kaihyo(*(places.get(word, word) for word in words))
        assert done.returncode == 0, (words, done.stdout, done.stderr)
