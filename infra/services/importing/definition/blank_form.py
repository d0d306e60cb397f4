"""An empty form: one workbook with a sheet per table, choices to click, and how to fill it in."""

from pathlib import Path
from typing import BinaryIO, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from infra.adapters.spreadsheets.text_workbook import text_workbook
from infra.services.importing import sheet_layouts
from infra.services.importing.sheet_layouts import FormKind, SheetColumn

_A4: Final = 9
_ROWS: Final = 5_000
"""So many rows have choices and keep codes as text."""
_FONT: Final = "游ゴシック"
_WIDTHS: Final = {"コード": 18, "名称": 28, "氏名": 20, "開票区": 34, "選挙区": 24}
_USUAL_WIDTH: Final = 14
_CONTESTS: Final[dict[FormKind, str]] = {
    "house": "東京都第1区",
    "upper": "東京都選挙区",
    "governor": "東京都知事",
    "mayor": "千代田区長",
    "assembly": "千代田区議会",
    "poll": "庁舎に関する住民投票",
}
"""What the contest of the example rows is called."""
_GUIDE: Final = (
    "この様式に選挙の定義を記入し、「この選挙を始める」の画面か kaihyo import check で確かめます。",
    f"薄い色の行は記入例です（「{sheet_layouts.EXAMPLE}」とあるもの）。行ごと削除してください。",
    "見出しの行は変えないでください。列の順は変えてもよく、要らない列は消してもかまいません。",
    "橙色の見出しの列は必ず記入します。ほかは空欄でもかまいません。",
    "コードは空欄でかまいません。空欄のコードは行の順で決まるので、取り込んだ後は行を末尾に足してください。",
    "他の表のものは、コードでも名称でも指せます。同じ名称が二つあるときはコードで書きます。",
    "氏名の字体（髙と高など）は区別します。告示のとおりに書いてください。",
    "シートごとに CSV で保存したフォルダも同じように読めます（UTF-8・シフトJIS）。",
)


def write_form(path: Path | BinaryIO, kind: FormKind | None = None) -> None:
    """Write an empty form.

    Args:
        path: A new xlsx file, or where its bytes go.
        kind: Only the sheets and kinds of contests of this kind of election; None for all.
    """
    with text_workbook(path) as book:
        _Form(book, kind).write()


class _Form:
    def __init__(self, book: Workbook, kind: FormKind | None) -> None:
        self._book = book
        self._kind = kind
        usual = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
        heading = {**usual, "bold": True, "bottom": 1}
        self._plain: Format = book.add_format(usual)
        self._title: Format = book.add_format({**usual, "bold": True, "font_size": 16})
        self._text: Format = book.add_format({**usual, "num_format": "@"})
        self._heading: Format = book.add_format({**heading, "bg_color": "#E3ECF7"})
        self._needed: Format = book.add_format({**heading, "bg_color": "#F9DDC8"})
        self._example: Format = book.add_format(
            {**usual, "num_format": "@", "font_color": "#8A8A8A", "bg_color": "#F2F2F2"}
        )

        self._names = _CONTESTS.get(kind or "house", "")

    def write(self) -> None:
        names = sheet_layouts.required_sheets(self._kind)
        guide = self._book.add_worksheet(sheet_layouts.GUIDE)
        self._election(self._book.add_worksheet(sheet_layouts.ELECTION))
        for name in names:
            self._table(self._book.add_worksheet(name), sheet_layouts.SHEETS[name])
        self._guide(guide, names)
        for sheet in self._book.worksheets():
            sheet.set_landscape()
            sheet.set_paper(_A4)
            sheet.fit_to_pages(1, 0)

    def _guide(self, sheet: Worksheet, names: tuple[str, ...]) -> None:
        for column, width in enumerate((16, 18, 8, 120)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, "開票　選挙の定義　記入のしかた", self._title)
        for row, line in enumerate(_GUIDE, start=2):
            sheet.write_string(row, 0, f"{row - 1}. {line}", self._plain)
        row = len(_GUIDE) + 3
        for column, word in enumerate(("シート", "列", "必須", "記入するもの")):
            sheet.write_string(row, column, word, self._heading)
        for name in (sheet_layouts.ELECTION, *names):
            columns = (
                sheet_layouts.ELECTION_FIELDS
                if name == sheet_layouts.ELECTION
                else sheet_layouts.SHEETS[name]
            )
            for each in columns:
                row += 1
                said = _column_help(each, self._choices(each))
                told = (name, each.name, "必須" if each.required else "", said)
                for column, text in enumerate(told):
                    sheet.write_string(row, column, text, self._plain)
        sheet.freeze_panes(len(_GUIDE) + 4, 0)

    def _election(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 40, self._text)
        sheet.set_column(2, 2, 60)
        for column, word in enumerate((sheet_layouts.FIELD, sheet_layouts.CONTENT, "説明")):
            sheet.write_string(0, column, word, self._heading)
        for row, each in enumerate(sheet_layouts.ELECTION_FIELDS, start=1):
            style = self._needed if each.required else self._heading
            sheet.write_string(row, 0, each.name, style)
            sheet.write_string(row, 2, _column_help(each, each.choices), self._plain)
            if each.choices:
                _choose(sheet, row, row, 1, each.choices)
        sheet.freeze_panes(1, 1)

    def _table(self, sheet: Worksheet, columns: tuple[SheetColumn, ...]) -> None:
        for number, each in enumerate(columns):
            # Codes stay text, or a spreadsheet takes their leading zeros away.
            sheet.set_column(number, number, _WIDTHS.get(each.name, _USUAL_WIDTH), self._text)
            style = self._needed if each.required else self._heading
            sheet.write_string(0, number, each.name, style)
            if said := ("必須。" if each.required else "") + _column_help(
                each, self._choices(each)
            ):
                sheet.write_comment(0, number, said, {"x_scale": 2})
            example = each.example.replace(_CONTESTS["house"], self._names)
            if each.name == "選挙の種類" and self._kind is not None:
                example = sheet_layouts.KINDS_OF[self._kind][0]
            sheet.write_string(1, number, example, self._example)
            if choices := self._choices(each):
                _choose(sheet, 1, _ROWS, number, choices)
        sheet.freeze_panes(1, 0)

    def _choices(self, column: SheetColumn) -> tuple[str, ...]:
        if column.name == "選挙の種類" and self._kind is not None:
            return sheet_layouts.KINDS_OF[self._kind]
        return column.choices


def _column_help(column: SheetColumn, choices: tuple[str, ...]) -> str:
    # 47 prefectures are a list to click, not to read.
    few = choices if 1 < len(choices) <= len(sheet_layouts.BLOCK_NAMES) else ()
    return "　".join(filter(None, (column.note, "／".join(few))))


def _choose(sheet: Worksheet, first: int, last: int, column: int, choices: tuple[str, ...]) -> None:
    sheet.data_validation(
        first,
        column,
        last,
        column,
        {
            "validate": "list",
            "source": list(choices),
            "error_title": "選択肢にありません",
            "error_message": "一覧から選んでください。",
        },
    )
