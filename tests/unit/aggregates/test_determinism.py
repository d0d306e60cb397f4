"""A decision reads aggregates, command and context: no clock, no file, no environment, no chance.

So it can be made again from the log alone, by whoever verifies it and whenever. The one file is
rule data of the program itself, found by the digest that the log names, and checked against it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[3] / "aggregates"
MODULES_ALLOWED = frozenset(
    {
        *(
            "__future__",
            "abc",
            "base64",
            "binascii",
            "bisect",
            "calendar",
            "collections",
            "dataclasses",
            "datetime",
        ),
        *("decimal", "enum", "fractions", "functools", "hashlib", "itertools", "math", "operator"),
        *("re", "string", "types", "typing", "typing_extensions", "unicodedata"),
        *("msgspec", "eventsourcing", "aggregates"),
    }
)
"""What computes from what it is given: not `os`, `time`, `random`, `pathlib` and others."""
RULE_DATA: Final = {"municipality_register.py": "importlib"}
CALLS_FORBIDDEN = frozenset({"now", "utcnow", "today", "open", "getenv", "id", "hash", "input"})
READS_NOTHING = frozenset({"Count", "Turnout", "Declaration", "SurveyAnswer", "cls"})
"""`Count.open(…)` begins an aggregate."""


def _faults(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            names = []
        for name in names:
            package = name.partition(".")[0]
            if package not in MODULES_ALLOWED and RULE_DATA.get(path.name) != package:
                yield f"{path.name}:{getattr(node, 'lineno', 0)} imports {name}"
        if isinstance(node, ast.Call) and (called := _called(node)) in CALLS_FORBIDDEN:
            yield f"{path.name}:{node.lineno} calls {called}"


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        begins = isinstance(owner, ast.Name) and owner.id in READS_NOTHING
        return "" if begins and node.func.attr == "open" else node.func.attr
    return ""


def test_decisions_depend_on_nothing_but_what_they_are_given() -> None:
    files = sorted(ROOT.rglob("*.py"))

    assert len(files) > 50
    assert [fault for path in files for fault in _faults(path)] == []


def test_a_clock_or_a_file_would_be_noticed(tmp_path: Path) -> None:
    module = ROOT / "law" / "thresholds.py"
    text = module.read_text(encoding="utf-8")
    changed = tmp_path / "changed.py"
    for line in ("import os", "from time import time", "X = open('x')", "Y = date.today()"):
        changed.write_text(f"{text}\n{line}\n", encoding="utf-8")
        assert len(list(_faults(changed))) == 1, line
