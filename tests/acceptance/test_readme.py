"""The commands that the README shows are run as they stand there, in the folders of a test."""

import re
import shlex
from pathlib import Path

import pytest

from tests.acceptance.kaihyo import ROOT, kaihyo
from tests.acceptance.served import free_port
from tests.official import HOUSE50, needs_house50

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown(file: str) -> list[list[str]]:
    """Every command of a file's console blocks, as words."""
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = "\n".join(_BLOCK.findall(text)).splitlines()
    return [shlex.split(line.removeprefix("$ ")) for line in lines if line.startswith("$ ")]


def ours(file: str) -> list[list[str]]:
    return [words[1:] for words in shown(file) if words[0] == "kaihyo"]


@pytest.mark.parametrize("file", ["README.md", "README.ja.md"])
def test_every_make_target_is_there(file: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    wanted = {words[1] for words in shown(file) if words[0] == "make"}

    assert {"demo", "test"} <= wanted <= targets


def test_what_an_auditor_is_shown_works_on_a_demo(tmp_path: Path) -> None:
    port = str(free_port())
    data = tmp_path / "demo"
    kaihyo("demo", "--no-stay", "--scale", "0.03", "--data", data, "--port", port)
    places = {".data/demo": str(data), "bundle": str(tmp_path / "bundle")}
    commands = [words for words in ours("README.md") if words[0] in {"export", "verify", "rebuild"}]

    assert len(commands) == 3
    for words in commands:
        done = kaihyo(*(places.get(word, word) for word in words))
        assert done.returncode == 0, (words, done.stdout, done.stderr)


@needs_house50
def test_what_a_ministry_is_shown_works_on_the_official_tables(tmp_path: Path) -> None:
    places = {
        "../shared/data/house50-2024": str(HOUSE50),
        ".data/house50": str(tmp_path / "data"),
        "report": str(tmp_path / "report"),
    }
    replayed, reported = (w for w in ours("README.md") if w[0] in {"replay-official", "report"})

    assert kaihyo(*(places.get(word, word) for word in replayed)).returncode == 0
    done = kaihyo("report", *(places.get(word, word) for word in reported[1:]))

    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "report").rglob("*.xlsx"))
    assert list((tmp_path / "report").rglob("*.csv"))
