"""README's table is written from benchmarks: their rows alone change, and misses are said."""

from pathlib import Path

import pytest

from tests.support.performance_table import (
    ROWS_VARIABLE,
    Bar,
    Row,
    give_row,
    replace_rows,
    write_cells,
)

TABLE = """# Title

| what | measured | beside it in the same run | command |
|---|---|---|---|
| old | 1/s | | `run a` |
| other | 2/s | | `run b` |
| older | 3/s | | `run a` |

After it.
"""


def _row(rate: float) -> Row:
    bars = {"ratio": Bar(0.5, is_least=True), "seconds": Bar(2.0, is_least=False)}
    figures = {"rate": rate, "ratio": rate / 4000, "seconds": 1.5}
    return Row("postings", "{rate:,.0f}/s", "{ratio:.2f} × the limit", figures, bars)


def test_rows_of_a_command_are_replaced_where_the_first_stood_and_no_others() -> None:
    assert replace_rows(TABLE, "run a", ["| new | 9/s | | `run a` |"]) == TABLE.replace(
        "| old | 1/s |", "| new | 9/s |"
    ).replace("| older | 3/s | | `run a` |\n", "")


def test_rows_of_a_new_command_come_last() -> None:
    text = replace_rows(TABLE, "run c", ["| new | | | `run c` |"])
    assert text == TABLE.replace("\n\nAfter", "\n| new | | | `run c` |\n\nAfter")


def test_a_text_without_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no table"):
        replace_rows("# Title\n", "run a", [])


def test_the_median_of_each_figure_stands_beside_what_was_wanted_of_it() -> None:
    line = write_cells([_row(1000), _row(90), _row(1200)], "run a", "2026-11-30")
    assert line == (
        "| postings (2026-11-30, median of 3) | 1,000/s | 0.25 × the limit "
        "(wanted: at least 0.5; missed; wanted: at most 2) | `run a` |"
    )


def test_rows_are_given_only_to_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ROWS_VARIABLE, raising=False)
    give_row(_row(1))
    monkeypatch.setenv(ROWS_VARIABLE, str(tmp_path / "rows"))
    give_row(_row(2))
    give_row(_row(3))
    assert len((tmp_path / "rows").read_bytes().splitlines()) == 2


def test_the_table_of_readme_is_one_that_can_be_written() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    command = "python -m tests.benchmarks.postings"
    line = f"| new | | | `{command}` |"
    assert replace_rows(text, command, [line]).count(f"`{command}` |") == 1
