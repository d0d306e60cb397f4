"""One workbook: a sheet per table as the ministry lays it out, and a cover with the contents."""

from collections.abc import Iterable
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from infra.adapters.spreadsheets.text_workbook import head_and_foot, sheet_name, text_workbook
from infra.services.reporting.issued_report import Issue, Stamp
from infra.services.reporting.print_layout import HEAD_POINTS, ROW_POINTS, SheetLayout
from projections.statistics.grid import GridHead, PrintedGrid
from projections.statistics.table import Cell, Kind, Table
from projections.statistics.table_layouts import lay_out

_A4 = 9
_FONT = "ＭＳ 明朝"
_SCALE: dict[Kind, int] = {"votes": 1000, "thousandths": 1000, "percent": 100}
_NUMBERS: dict[Kind, str] = {
    "count": "#,##0;-#,##0",
    "votes": "#,##0.###;-#,##0.###",
    "thousandths": "#,##0.000;-#,##0.000",
    "percent": "#,##0.00;-#,##0.00",
}
_WHOLE_VOTES = "#,##0;-#,##0"
_FIRST_ROW = 3
"""Of the tables, under title and statement."""

_DIGEST_SHOWN = 16
_CONTENTS = "目次"


class _Styles:
    """Cell formats of a workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Format] = {}

    def __call__(self, *, number: str = "", bold: bool = False, size: int = 9,
                 border: bool = True, centre: bool = False, fill: str = "") -> Format:  # fmt: skip
        key = (number, bold, size, border, centre, fill)
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {
                    "font_name": _FONT,
                    "font_size": size,
                    "bold": bold,
                    "num_format": number or "General",
                    "border": int(border),
                    "text_wrap": centre,
                    "valign": "vcenter",
                    **({"align": "center"} if centre else {}),
                    **({"bg_color": fill} if fill else {}),
                }
            )
        return self._made[key]


def write(issue: Issue, out: Path) -> list[Path]:
    """Write the workbook."""
    path = out / f"{issue.stamp.election}-report.xlsx"
    with text_workbook(path) as book:
        _Report(book, issue).write()
    return [path]


class _Report:
    def __init__(self, book: Workbook, issue: Issue) -> None:
        self._book = book
        self._issue = issue
        self._styles = _Styles(book)
        book.set_properties({"title": issue.stamp.name, "comments": issue.stamp.digest})

    def write(self) -> None:
        cover = self._book.add_worksheet(_CONTENTS)
        names = sheet_names(self._issue.report.tables)
        self._cover(cover, names)
        for table in self._issue.report.tables:
            sheet = self._book.add_worksheet(names[table.id])
            _Sheet(sheet, self._styles, table, self._issue.stamp).write()

    def _cover(self, sheet: Worksheet, names: dict[str, str]) -> None:
        plain, big = self._styles(border=False, size=10), self._styles(border=False, size=16)
        _page(sheet, self._issue.stamp)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 1, 70)
        sheet.write_string(0, 0, f"{self._issue.stamp.name}　結果調", big)
        for row, line in enumerate(self._issue.stamp.lines(), start=2):
            sheet.write_string(row, 0, line, plain)
        for row, table in enumerate(self._issue.report.tables, start=8):
            sheet.write_string(row, 0, table.number, plain)
            link = f"internal:'{names[table.id]}'!A1"
            sheet.write_url(row, 1, link, plain, string=table.title)
        sheet.print_area(0, 0, 8 + len(self._issue.report.tables), 1)
        sheet.fit_to_pages(1, 1)


class _Sheet:
    """One table on one sheet: its grids below each other."""

    def __init__(self, sheet: Worksheet, styles: _Styles, table: Table, stamp: Stamp) -> None:
        self._sheet = sheet
        self._styles = styles
        self._table = table
        self._grids = list(lay_out(table))
        self._stamp = stamp
        self._row = _FIRST_ROW
        self._layout = SheetLayout(self._grids, _FIRST_ROW)

    def write(self) -> None:
        sheet, styles = self._sheet, self._styles
        _page(sheet, self._stamp)
        title = f"{self._table.number}　{self._table.title}"
        sheet.write_string(0, 0, title, styles(border=False, bold=True, size=14))
        warning = f"　{self._stamp.warning}" if self._stamp.warning else ""
        under = f"{self._stamp.name}　記録位置 {self._stamp.position:,}{warning}"
        sheet.write_string(1, 0, under, styles(border=False))
        sheet.set_default_row(ROW_POINTS)
        for number, grid in enumerate(self._grids):
            self._grid(grid, first=number == 0)
        for note in self._table.notes:
            sheet.write_string(self._row, 0, f"（注）{note}", styles(border=False))
            self._row += 1
        self._print()
        sheet.print_area(0, 0, max(self._row - 1, 1), len(self._layout.widths) - 1)

    def _grid(self, grid: PrintedGrid, *, first: bool) -> None:
        if grid.caption:
            style = self._styles(border=False, bold=True, size=10)
            self._sheet.write_string(self._row, 0, grid.caption, style)
            self._row += 1
        top = self._row
        self._heads(grid)
        if first and len(self._grids) == 1:
            self._sheet.repeat_rows(top, self._row - 1)
            self._sheet.freeze_panes(self._row, len(grid.stubs))
        for number, row in enumerate(grid.rows):
            self._body(grid, row, total=number in grid.totals)
        self._row += 1

    def _heads(self, grid: PrintedGrid) -> None:
        depth = max(len(grid.heads), 1)
        for column, stub in enumerate(grid.stubs):
            self._merge(self._row, column, depth, 1, stub)
        for level, heads in enumerate(grid.heads):
            column = len(grid.stubs)
            for head in heads:
                self._head(self._row + level, column, head)
                column += head.span
            self._sheet.set_row(self._row + level, HEAD_POINTS)
        self._row += depth

    def _head(self, row: int, column: int, head: GridHead) -> None:
        self._merge(row, column, 1, head.span, head.text)

    def _merge(self, row: int, column: int, height: int, width: int, text: str) -> None:
        style = self._styles(centre=True, fill="#E8ECF0")
        if height * width == 1:
            self._sheet.write_string(row, column, text, style)
        else:
            last = row + height - 1, column + width - 1
            self._sheet.merge_range(row, column, *last, text, style)

    def _body(self, grid: PrintedGrid, row: tuple[Cell, ...], *, total: bool) -> None:
        fill = "#F4F6F8" if total else ""
        text: Kind = "text"
        kinds = (*(text for _ in grid.stubs), *grid.kinds)
        for column, (kind, cell) in enumerate(zip(kinds, row, strict=True)):
            self._cell(column, kind, cell, bold=total, fill=fill)
        self._row += 1

    def _cell(self, column: int, kind: Kind, cell: Cell, *, bold: bool, fill: str) -> None:
        if cell is None:
            self._sheet.write_blank(self._row, column, None, self._styles(bold=bold, fill=fill))
        elif isinstance(cell, str):
            style = self._styles(bold=bold, fill=fill, centre=kind == "flag")
            self._sheet.write_string(self._row, column, cell, style)
        else:
            scale = _SCALE.get(kind, 1)
            whole = kind == "votes" and cell % scale == 0
            number = _WHOLE_VOTES if whole else _NUMBERS.get(kind, "")
            style = self._styles(number=number, bold=bold, fill=fill)
            self._sheet.write_number(self._row, column, cell / scale, style)

    def _print(self) -> None:
        layout = self._layout
        for number, wide in enumerate(layout.widths):
            self._sheet.set_column(number, number, wide)
        self._sheet.set_print_scale(layout.scale)
        self._sheet.set_h_pagebreaks(layout.row_breaks)
        if layout.column_breaks:
            self._sheet.set_v_pagebreaks(layout.column_breaks)
            self._sheet.repeat_columns(0, len(self._grids[0].stubs) - 1)


def _page(sheet: Worksheet, stamp: Stamp) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.hide_gridlines(2)
    mark = f"【{stamp.mark}】" if stamp.mark else ""
    head_and_foot(
        sheet,
        left=f"{mark}{stamp.name}",
        right=f"記録位置 {stamp.position}",
        foot=f"要約値 {stamp.digest[:_DIGEST_SHOWN]}",
    )


def sheet_names(tables: Iterable[Table]) -> dict[str, str]:
    """Table -> name of its sheet: number and title, at most 31 characters, each once."""
    names: dict[str, str] = {}
    for table in tables:
        names[table.id] = sheet_name(f"{table.number} {table.title}", set(names.values()))
    return names
