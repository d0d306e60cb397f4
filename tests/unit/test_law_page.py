"""docs/law.md names what is there: the line of each rule, its article in that file, its tests."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "::" in line]
RULES = [row for row in ROWS if re.search(r"`aggregates/[^|]*\| `tests/", row)]
EXAMPLES = 26


def _named(row: str) -> list[tuple[str, str]]:
    return re.findall(r"`([\w./-]+\.py)::(\w+)`", row)


def _text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def test_there_are_rules_to_look_at() -> None:
    assert len(RULES) > 35


@pytest.mark.parametrize("row", ROWS, ids=[row[2:50] for row in ROWS])
def test_every_symbol_and_test_of_a_row_is_there(row: str) -> None:
    named = _named(row)
    missing = [
        (file, name)
        for file, name in named
        if not re.search(rf"^ *(def|class) {name}\b|^{name}\b.* = ", _text(file), re.MULTILINE)
    ]

    assert missing == []
    assert any(file.startswith("tests/") and name.startswith("test_") for file, name in named)


@pytest.mark.parametrize("row", RULES, ids=[row[2:50] for row in RULES])
def test_every_article_of_a_rule_stands_at_its_line(row: str) -> None:
    """In one of the files that the row names, as a number of its own."""
    texts = [_text(file) for file, _ in _named(row) if not file.startswith("tests/")]
    articles = [each for each in re.findall(r"`([^`]+)`", row) if "::" not in each]

    absent = [
        article
        for article in articles
        if re.match(r"[\dLordinance憲]", article)
        and not any(re.search(rf"(?<![\d-]){re.escape(article)}", text) for text in texts)
    ]
    assert absent == []


def test_every_worked_example_is_a_test() -> None:
    """The test says which example it is, in its name, its cases or beside them."""
    section = PAGE.partition("## Worked examples")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| T")]
    examples = [
        (int(number), _named(row))
        for row in rows
        for number in re.findall(r"\bT(\d+)\b", row.split("|")[1])
    ]

    assert sorted(number for number, _ in examples) == list(range(1, EXAMPLES + 1))
    silent = [
        number
        for number, tests in examples
        if not any(re.search(rf"\bT{number}\b|_t{number}_", _text(file)) for file, _ in tests)
    ]
    assert silent == []
