"""A small rehearsal, played once by the command as the README shows it, for all who read it."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.kaihyo import kaihyo
from tests.support.ports import free_port


@dataclass(frozen=True)
class PlayedDemo:
    """What `kaihyo demo` left and told; tests only read it.

    Attributes:
        data: Its folder.
        bundle: Its evidence bundle.
        told: What it told people who ask for the answer.
        said: What it said beside.
    """

    data: Path
    bundle: Path
    told: str
    said: str

    @cached_property
    def verified(self) -> dict[str, Any]:
        """What `kaihyo verify` finds in the bundle."""
        found: dict[str, Any] = json.loads(kaihyo("verify", self.bundle, "--json").stdout)
        return found


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> PlayedDemo:
    folder = tmp_path_factory.mktemp("demo")
    data, bundle = folder / "data", folder / "bundle"
    done = kaihyo(
        *("demo", "--no-stay", "--scale", "0.03", "--data", data),
        *("--port", str(free_port()), "--bundle", bundle),
    )
    assert done.returncode == 0, done.stderr
    return PlayedDemo(data, bundle, done.stdout, done.stderr)
