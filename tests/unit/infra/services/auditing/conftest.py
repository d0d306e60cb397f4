"""One small published night for all tests of the audit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.infra.services.auditing.published import Published, fresh_log, publish


@pytest.fixture(scope="module")
def published(conninfo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The night, with its log open. Tests that change its rows put them back."""
    with fresh_log(conninfo) as log:
        yield publish(log, tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def bundle(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its bundle; nobody changes it."""
    return published.bundle(tmp_path_factory.mktemp("bundle") / "house50")
