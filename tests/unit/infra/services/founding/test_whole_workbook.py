"""A workbook of a whole definition is that of the page and of the command line."""

import io
from collections.abc import Mapping, Sequence

import pytest

from aggregates.election.identifiers import Environment
from infra.adapters.spreadsheets.table_lines import SheetTable, TableLine
from infra.adapters.spreadsheets.text_workbook import text_workbook
from infra.adapters.spreadsheets.workbook_reader import read_workbook
from infra.services.founding.typed_tables import typed_sheets
from infra.services.founding.whole_workbook import ROWS_MAX, cell_faults, founding_sheets
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.blank_form import write_form
from infra.services.importing.definition.definition_check import DefinitionCheck, check_sheets
from infra.services.importing.import_faults import Faults
from tests.unit.infra.services.founding.test_typed_tables import check_typed, definition

Sheets = Mapping[str, Sequence[TableLine]]


def written(sheets: Sheets) -> list[SheetTable]:
    """The same cells in a workbook, read again."""
    book = io.BytesIO()
    with text_workbook(book) as made:
        for name, lines in sheets.items():
            sheet = made.add_worksheet(name)
            for line in lines:
                sheet.write_row(line.number - 1, 0, line.cells)
    return read_workbook(book.getvalue())


def check_book(
    tables: Sequence[SheetTable], environment: Environment = "rehearsal"
) -> tuple[DefinitionCheck, Sheets]:
    faults = Faults()
    sheets = founding_sheets(tables, environment, faults)
    return check_sheets(sheets, {}, faults), sheets


def test_a_workbook_defines_what_the_same_cells_define_on_the_page() -> None:
    found, _ = check_book(written(typed_sheets(definition())))

    assert found.faults == []
    assert found.submissions == check_typed(definition()).submissions


def test_one_workbook_serves_for_the_rehearsal_and_for_the_election() -> None:
    tables = written(typed_sheets(definition()))

    found, _ = check_book(tables, "live")

    assert found.faults == []
    assert {each.environment for each in found.submissions} == {"live"}


def test_what_is_wrong_is_said_by_sheet_and_cell() -> None:
    candidates = [{"contest": "mayor/14201", "name": "青山 一郎", "age": "9"}]
    found, sheets = check_book(written(typed_sheets(definition(candidates=candidates))))

    told = [each.sentence for each in cell_faults(found.faults, sheets)]

    column = sheets[at.CANDIDATES][0].cells.index("年齢")
    assert told == [
        f"候補者 {chr(ord('A') + column)}2「年齢」: 「9」は使えません。18から130までです。"
    ]


def test_a_fault_of_a_row_or_a_table_names_these() -> None:
    sheets = dict(typed_sheets(definition()))
    sheets.pop(at.CONTESTS)
    found, read = check_book(written(sheets))

    told = [each.sentence for each in cell_faults(found.faults, read)]

    assert any(each.startswith("選挙区: この表がありません。") for each in told)


def test_a_hidden_sheet_and_one_with_too_many_rows_are_told() -> None:
    tables = written(typed_sheets(definition()))
    hidden = [each._replace(is_hidden=each.name == at.PARTIES) for each in tables]
    long = [
        each._replace(lines=[*each.lines, TableLine(ROWS_MAX + 1, ["x"])])
        if each.name == at.UNITS
        else each
        for each in tables
    ]

    assert "非表示のシート" in str(check_book(hidden)[0].faults)
    assert f"{ROWS_MAX:,}行を超えています" in str(check_book(long)[0].faults)


@pytest.mark.parametrize("kind", ["mayor", "governor", "poll", None])
def test_an_unfilled_form_is_refused_by_its_example_rows(kind: at.FormKind | None) -> None:
    book = io.BytesIO()
    write_form(book, kind)

    found, _ = check_book(read_workbook(book.getvalue()))

    assert "記入例の行が残っています" in str(found.faults)
    assert found.submissions == []
