"""Files as offices have them: encodings, workbooks, and what is refused before it is read."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from infra.adapters.spreadsheets.table_lines import TableLine
from infra.services.importing import table_source
from infra.services.importing.import_faults import Faults, TablesUnreadable
from infra.services.importing.table_source import read_sheets

ROWS = [["氏名", "数"], ["髙橋　一郎", "1,000.125"], ["", ""], ["ｶﾞﾝﾊﾞ", "〇〇"]]
READ = [TableLine(1, ROWS[0]), TableLine(2, ROWS[1]), TableLine(4, ROWS[3])]


def csv_bytes(encoding: str) -> bytes:
    return "\r\n".join(f'"{name}","{number}"' for name, number in ROWS).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_encoding_of_a_file_is_found_out(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "票.csv").write_bytes(csv_bytes(encoding))

    assert read_sheets(tmp_path / "票.csv", Faults()) == {"票": READ}
    assert read_sheets(tmp_path, Faults()) == {"票": READ}


def test_open_documents_are_read(tmp_path: Path) -> None:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
            "</table:table-cell>" if cell else "<table:table-cell/>"
            for cell in row
        )
        + "</table:table-row>"
        for row in ROWS
    )  # fmt: skip
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{spaces}office:1.0"'
        f' xmlns:table="{spaces}table:1.0" xmlns:text="{spaces}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="票">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "票.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{spaces}manifest:1.0"/>')
        packed.writestr("content.xml", content)

    assert read_sheets(path, Faults()) == {"票": READ}


def test_rows_have_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("票")
        sheet.write_string(4, 2, "ここ")

    assert read_sheets(path, Faults()) == {"票": [TableLine(5, ["", "", "ここ"])]}


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(2_000_000))
    monkeypatch.setattr(table_source, "_UNPACKED_BYTES_MAX", 1_000_000)

    with pytest.raises(TablesUnreadable, match="大きすぎます"):
        read_sheets(path, Faults())


@pytest.mark.parametrize(
    ("name", "said"), [("gone.csv", "読めません"), ("gone", "指定してください")]
)
def test_a_file_that_is_not_there_is_said(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(TablesUnreadable, match=said):
        read_sheets(tmp_path / name, Faults())


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(TablesUnreadable, match="CSV がありません"):
        read_sheets(tmp_path, Faults())
