"""The same table in every format that is read."""

import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import xlsxwriter

Rows = Sequence[Sequence[str | float]]

_SPACES = "urn:oasis:names:tc:opendocument:xmlns:"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def text(encoding: str, separator: str = ",") -> Callable[[Rows], bytes]:
    """A text file of an encoding."""

    def make(rows: Rows) -> bytes:
        lines = (separator.join(_quoted(str(cell), separator) for cell in row) for row in rows)
        return "\r\n".join(lines).encode(encoding)

    return make


def _quoted(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell else cell


def xlsx(rows: Rows) -> bytes:
    """A workbook of Office Open XML; a text that is an error value becomes one."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("票")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if str(cell).startswith("#"):
                    sheet.write_formula(number, column, "=NA()", None, cell)
                else:
                    sheet.write(number, column, cell)
    return made.getvalue()


def ods(rows: Rows) -> bytes:
    """An Open Document spreadsheet."""
    body = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return packed_document(document(body))


def document(rows: str) -> str:
    """The content of an Open Document file with one sheet of these rows."""
    return (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{_SPACES}office:1.0"'
        f' xmlns:calcext="{_CALC}" xmlns:table="{_SPACES}table:1.0" xmlns:text="{_SPACES}text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="票">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def packed_document(content: str) -> bytes:
    """An Open Document file of this content."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{_SPACES}manifest:1.0"/>')
        packed.writestr("content.xml", content)
    return made.getvalue()


def _cell(cell: str | float) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, float):
        kind = f'office:value-type="float" office:value="{cell!r}"'
    elif cell.startswith("#"):
        kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    "utf-8.csv": text("utf-8"),
    "utf-8-sig.csv": text("utf-8-sig"),
    "cp932.csv": text("cp932"),
    "utf-16.csv": text("utf-16"),
    "utf-16-le.csv": text("utf-16-le"),
    "tab.tsv": text("utf-8", "\t"),
    "tab-utf-16.txt": text("utf-16", "\t"),
    "semicolon.csv": text("cp932", ";"),
    "book.xlsx": xlsx,
    "book.ods": ods,
}
