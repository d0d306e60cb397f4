"""Every fault of docs/faults.md is noticed when it is brought back."""

from pathlib import Path

import pytest

from tests.support.seeded_faults import SeededFault, copy_tree, seeded_faults, surviving_tests

FAULTS = seeded_faults()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which anything may be broken."""
    place = tmp_path_factory.mktemp("copy")
    copy_tree(place)
    return place


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.kind[:60] for fault in FAULTS])
def test_each_fails_the_tests_that_hold_it(copy: Path, fault: SeededFault) -> None:
    assert surviving_tests(copy, fault) == []
