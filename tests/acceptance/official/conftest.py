"""The general election of 2024, replayed once as the README shows it, for all who read it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.kaihyo import kaihyo
from tests.acceptance.shown import ours


@dataclass(frozen=True)
class Replayed:
    """What the command left and told.

    Attributes:
        data: Its folder.
        bundle: The evidence bundle, in one file.
        found: What it told programs.
        said: What it told people.
    """

    data: Path
    bundle: Path
    found: dict[str, Any]
    said: str


@pytest.fixture(scope="session")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    folder = tmp_path_factory.mktemp("official")
    data, bundle = folder / "data", folder / "house50.tar.gz"
    places = {".data/house50": str(data)}
    [shown] = (words for words in ours("README.md") if words[0] == "replay-official")
    words = [places.get(word, word) for word in shown]
    assert str(data) in words

    done = kaihyo(*words, "--bundle", bundle, "--json")

    assert done.returncode == 0, done.stderr
    return Replayed(data, bundle, json.loads(done.stdout), done.stderr)


@pytest.fixture(scope="session")
def data(replayed: Replayed) -> Path:
    """The folder with the log of 2024; tests only read it."""
    return replayed.data
