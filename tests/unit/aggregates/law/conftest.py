"""Official figures kept beside the project; without them the tests that need them are skipped."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

OFFICIAL = Path(__file__).parents[4].parent / "shared" / "data"

Rows = list[dict[str, str]]
ReadTable = Callable[[str], Rows]


def thousandths(printed: str) -> int:
    """Read a printed decimal exactly."""
    return int(Decimal(printed) * 1000)


@pytest.fixture(scope="session")
def official_table() -> ReadTable:
    """Read one official table, or skip saying what is missing."""

    def read(name: str) -> Rows:
        path = OFFICIAL / name
        if not path.exists():
            pytest.skip(f"official table missing: ../shared/data/{name}")
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return read
