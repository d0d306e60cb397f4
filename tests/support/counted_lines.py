"""Counts which lines and branches of the four packages tests reach, for `coverage_floors`.

`make test` does it: `PYTEST_PLUGINS=tests.support.counted_lines python -m pytest -n 2 tests/unit`.
Probes are put into modules while these are imported, and each takes itself out when it is first
reached: what computes for long is hardly slower, where tracing makes it three times slower.
Each process of tests leaves what it counted below `build/coverage`.
"""

import json
import os
import shutil
from pathlib import Path

import pytest
from slipcover import FileMatcher, ImportManager, Slipcover

PACKAGES = ["aggregates", "projections", "infra", "api"]
FOLDER = Path("build/coverage")

_COUNTING = pytest.StashKey[Slipcover]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begin before anything is imported that is counted."""
    if _divides_tests(early_config):
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        return
    # Tests that start pytest themselves are not counted, nor is what they start.
    os.environ.pop("PYTEST_PLUGINS", None)
    counting = Slipcover(branch=True, immediate=True, source=list(PACKAGES))
    ImportManager(counting, FileMatcher(sources=PACKAGES)).__enter__()
    early_config.stash[_COUNTING] = counting


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave what this process counted."""
    counting = session.config.stash.get(_COUNTING, None)
    if counting is not None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (FOLDER / f"{name}.json").write_text(json.dumps(counting.get_coverage()), encoding="utf-8")


def _divides_tests(config: pytest.Config) -> bool:
    """Whether other processes run the tests."""
    return "PYTEST_XDIST_WORKER" not in os.environ and bool(
        getattr(config.known_args_namespace, "numprocesses", None)
    )
