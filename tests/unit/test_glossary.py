"""docs/glossary.md names classes that are there, where it says that they are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| .* \| `(?P<name>\w+)` \| `(?P<module>[\w/]+\.py)` \|$", re.MULTILINE)
ROWS = [match.group("name", "module") for match in ROW.finditer(
    (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
)]  # fmt: skip


def classes(module: str) -> set[str]:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def test_every_class_that_is_named_is_where_it_is_said_to_be() -> None:
    assert len(ROWS) > 35
    assert [(name, module) for name, module in ROWS if name not in classes(module)] == []


def test_a_term_has_one_row() -> None:
    names = [name for name, _ in ROWS]

    assert len(names) == len(set(names))
