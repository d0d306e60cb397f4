"""Sizes and names of the four packages: what a newcomer meets stays small and has one name."""

import ast
import re
from collections import Counter
from pathlib import Path

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


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    """The syntax tree of every module."""
    return {path: ast.parse(path.read_bytes()) for path in MODULES}


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


def test_no_two_public_classes_share_a_name(trees: dict[Path, ast.Module]) -> None:
    names = Counter(
        node.name
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert len(names) > 500
    assert [name for name, n in names.items() if n > 1] == []


def test_functions_are_named_by_verbs_and_nouns(trees: dict[Path, ast.Module]) -> None:
    names = [
        node.name.strip("_")
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    of = sorted(name for name in names if name.endswith("_of"))
    # `apply_counting_opened` is named after its event.
    participles = [
        name
        for name in names
        if PARTICIPLE.search(name) and not name.startswith(("apply_", "is_", "has_", "was_"))
    ]
    assert len(names) > 3000
    assert len(of) <= OF_MAX, of
    assert len(participles) <= PARTICIPLES_SHARE_MAX * len(names), sorted(participles)
