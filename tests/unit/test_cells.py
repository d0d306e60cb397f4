"""One writer of CSV cells and one maker of workbooks: what people typed is never a formula."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.adapters.spreadsheets.text_workbook import head_and_foot, sheet_name, text_workbook
from projections.feeds.csv_cells import bare_text, csv_text, text_cell

ROOT = Path(__file__).parents[2]
WRITERS = {
    "csv": {
        "projections/feeds/csv_cells.py",
        # Tables that are unpacked to be read again: no file of ours.
        "infra/services/official_results/packed_tables.py",
    },
    "xlsxwriter": {"infra/adapters/spreadsheets/text_workbook.py"},
}
FORMULAS = ["=2+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil.example")']


@pytest.mark.parametrize(("call", "library"), [("csv.writer(", "csv"), ("Workbook(", "xlsxwriter")])
def test_there_is_one_writer_of_each(call: str, library: str) -> None:
    texts = {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for folder in ("aggregates", "projections", "infra", "api")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {name for name, text in texts.items() if call in text and library in text} == WRITERS[
        library
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_begins_like_a_formula_is_a_text_in_csv(text: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(csv_text([[text_cell(text)]]), newline=""))
    assert cell == f"'{text}"


@given(text=st.text(max_size=20))
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not text_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert text_cell(text).removeprefix("'") == text.removeprefix("'") or text_cell(text) == text
    if not text.startswith("'"):
        assert bare_text(text_cell(text)) == text


@pytest.mark.parametrize("text", [*FORMULAS, "http://evil.example", "0123", "internal:A1"])
def test_a_text_is_a_text_in_every_cell_of_a_workbook(text: str) -> None:
    made = io.BytesIO()
    with text_workbook(made) as book:
        sheet = book.add_worksheet(sheet_name(text, set()))
        head_and_foot(sheet, left="& A&P", right=text, foot=text)
        sheet.write(0, 0, text)
        sheet.merge_range(1, 0, 1, 3, text)
        sheet.write_row(2, 0, [text, text])
    packed = zipfile.ZipFile(made)
    page = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert page.count('t="s"') == 4
    assert "&amp;&amp; A&amp;&amp;P" in page, "an ampersand is no code of the printer"


def test_names_of_sheets_are_names() -> None:
    assert sheet_name("[1]:2*3?/\\'", set()) == "・1・・2・3・・・・"
    assert sheet_name("A" * 40, set()) == "A" * 31
    assert sheet_name("abc", {"ABC"}) == "abc~1"
