"""Sizes and names of the four packages: what a newcomer meets stays small and has one name."""

import ast
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
MODULES = [
    path
    for package in ("aggregates", "projections", "infra", "api")
    for path in sorted((ROOT / package).rglob("*.py"))
]
MODULES_PER_FOLDER_MAX = 15
LINES_PER_FILE_MAX = 300
OF_MAX = 10
PARTICIPLES_SHARE_MAX = 0.03
PARTICIPLE = re.compile(
    r"(?:^|_)(?!feed|seed|need|embed|speed|exceed|proceed|succeed|shared)(?:[a-z]+ed|told|sent|seen|known|"
    r"held|kept|made|given|taken|drawn|found|built|begun|done|gone|heard|lent|lost|met|paid|said|"
    r"sold|shown|spent|sworn|understood|won|written)$"
)
"""A name whose last word is a past participle."""


class Names(NamedTuple):
    """Names of public classes and of functions, in all modules."""

    classes: Counter[str]
    functions: list[str]


@pytest.fixture(scope="module")
def names() -> Names:
    # A syntax tree has many objects: one at a time is kept.
    found = Names(Counter(), [])
    for path in MODULES:
        tree = ast.parse(path.read_bytes())
        found.classes.update(
            node.name
            for node in tree.body
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        )
        found.functions.extend(
            node.name.strip("_")
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )
    return found


def test_no_folder_has_more_than_fifteen_modules() -> None:
    loose = Counter(
        str(path.parent.relative_to(ROOT)) for path in MODULES if path.name != "__init__.py"
    )
    assert len(loose) > 50
    assert {name: n for name, n in loose.items() if n > MODULES_PER_FOLDER_MAX} == {}


def test_no_file_has_more_than_three_hundred_lines() -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in MODULES
    }
    assert {name: n for name, n in lines.items() if n > LINES_PER_FILE_MAX} == {}


def test_no_two_public_classes_share_a_name(names: Names) -> None:
    assert len(names.classes) > 500
    assert [name for name, n in names.classes.items() if n > 1] == []


def test_functions_are_named_by_verbs_and_nouns(names: Names) -> None:
    of = sorted(name for name in names.functions if name.endswith("_of"))
    # `apply_counting_opened` is named after its event.
    participles = [
        name
        for name in names.functions
        if PARTICIPLE.search(name) and not name.startswith(("apply_", "is_", "has_", "was_"))
    ]
    assert len(names.functions) > 3000
    assert len(of) <= OF_MAX, of
    assert len(participles) <= PARTICIPLES_SHARE_MAX * len(names.functions), sorted(participles)
