"""docs/requirements.md names what is there: modules, tests, rules, and all nineteen demands."""

import re
from pathlib import Path
from typing import get_args

from aggregates.commands.election_commands import COMMANDS
from aggregates.counting.checks import NoticeCode
from aggregates.errors import all_refusals

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`([^`]+)`", PAGE)
HEADS = ("| mishap", "| guarantee")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| |")]
FILE = re.compile(r"(aggregates|projections|infra|api|docs|tests)/[\w./-]+")
CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def test_every_module_that_is_named_is_there() -> None:
    files = [name.partition("::")[0] for name in NAMED if FILE.match(name)]

    assert len(files) > 100
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_every_test_that_is_named_is_there() -> None:
    tests = [name.split("::") for name in NAMED if "::" in name]
    missing = [
        (file, test)
        for file, test in tests
        if f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]

    assert len(tests) > 80
    assert missing == []


def test_every_row_names_a_test() -> None:
    assert [row for row in ROWS if "::test_" not in row and not row.startswith(HEADS)] == []
    numbers = {row.split()[1] for row in ROWS if re.match(r"\| R\d", row)}
    assert numbers == {f"R{number}" for number in range(1, 20)}


def test_every_rule_that_is_named_is_one() -> None:
    rules = {each.code for each in all_refusals()} | set(get_args(NoticeCode)) | set(COMMANDS)
    codes = {name for name in NAMED if CODE.fullmatch(name)}

    assert codes - rules == set()
    assert set(get_args(NoticeCode)) <= codes
