"""docs/faults.md: the page is that of the list, and the tests that hold each fault are there."""

import re

import pytest

from tests.support.seeded_faults import PAGE, ROOT, SeededFault, page, seeded_faults

FAULTS = seeded_faults()


def _missing_tests(fault: SeededFault) -> list[str]:
    return [test for test in fault.tests if not _is_there(*test.split("::"))]


def _is_there(file: str, *names: str) -> bool:
    path = ROOT / file
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return all(re.search(rf"^ *(?:class|def) {name}\b", text, re.MULTILINE) for name in names)


def test_the_page_is_that_of_the_list() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(FAULTS)
    assert len({fault.kind for fault in FAULTS}) == len(FAULTS) > 90


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.kind[:60] for fault in FAULTS])
def test_every_fault_names_a_file_and_its_tests(fault: SeededFault) -> None:
    """That the change still fits there is found out when it is made."""
    assert (ROOT / fault.file).is_file()
    assert fault.tests
    assert _missing_tests(fault) == []
