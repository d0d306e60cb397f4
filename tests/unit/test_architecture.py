"""docs/architecture.md: what it names is there, and the ways through the code stay short."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
MODULE = re.compile(r"`((?:aggregates|projections|infra|api)/[\w/]+\.py)`")


def modules(section: str) -> set[str]:
    return set(MODULE.findall(SECTIONS[section].partition("\n### ")[0]))


def test_every_module_that_is_named_is_there() -> None:
    named = set(MODULE.findall(PAGE))

    assert len(named) > 40
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    ("section", "modules_max"),
    [("The life of a tally", 14), ("The life of an envelope in verification", 18)],
)
def test_who_follows_something_opens_few_modules(section: str, modules_max: int) -> None:
    assert 0 < len(modules(section)) <= modules_max
