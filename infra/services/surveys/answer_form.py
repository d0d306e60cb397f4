"""The answer form as a workbook: headings locked, limits checked while typing, read back as it is.

One unit is asked downwards, one item per row; several units stand below each other, one item per
column. Both are read by `infra.services.surveys.answer_sheets`.
"""

import io
from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from aggregates.election.geography import Unit
from aggregates.surveys.questions import QuestionItem
from aggregates.surveys.survey import Questionnaire, Values
from infra.adapters.spreadsheets.text_workbook import text_workbook
from infra.services.surveys.answer_sheets import ITEM, NAME, REMARK, UNIT

_A4 = 9
_TEXT_FORMAT = "@"
_LONGEST = 2000
_LIST_LENGTH_MAX = 255
"""A list in a validation has at most this many letters."""
_WIDTHS = (14, 46, 18, 30)
_ITEM_WIDTH, _NAME_WIDTH = 13, 20


class Asked(NamedTuple):
    """One unit of a form, with what it answered before.

    Attributes:
        unit: The unit.
        values: Its last answer; empty for none.
        remark: What was written beside it.
    """

    unit: Unit
    values: Values
    remark: str = ""


def form_workbook(questionnaire: Questionnaire, asked: Sequence[Asked], head: str) -> bytes:
    """A form to fill in.

    Args:
        questionnaire: What is asked.
        asked: The units, each with its last answer to be put right.
        head: Election, due date and rehearsal, in words.
    """
    made = io.BytesIO()
    with text_workbook(made) as book:
        book.set_properties({"title": questionnaire.title})
        sheet = book.add_worksheet("回答")
        sheet.protect()
        _Form(sheet, questionnaire, _Styles.of(book)).write(asked, head)
    return made.getvalue()


def limits(item: QuestionItem) -> str:
    """What can be answered, in words."""
    needed = "" if item.required else "（任意）"
    if item.choices:
        return "・".join(item.choices) + needed
    if item.kind == "time":
        return f"20:30 の形。翌日は 24:10{needed}"
    if item.kind == "text":
        return f"文章{needed}"
    most = "" if item.maximum is None else f"～{item.maximum:,}"
    least = f"{item.minimum:,}{most}" if most else f"{item.minimum:,}以上"
    return f"{least}の整数{needed}"


class _Styles(NamedTuple):
    title: Format
    plain: Format
    head: Format
    quiet: Format
    figure: Format
    text: Format

    @classmethod
    def of(cls, book: Workbook) -> "_Styles":
        box = {"border": 1, "valign": "vcenter", "text_wrap": True}
        open_ = {**box, "locked": False, "bg_color": "#FFFDE7"}
        return cls(
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"font_size": 10}),
            book.add_format({**box, "bold": True, "bg_color": "#E8ECF0"}),
            book.add_format({**box, "font_color": "#595959", "font_size": 9}),
            book.add_format({**open_, "num_format": "#,##0", "font_size": 12}),
            book.add_format({**open_, "num_format": _TEXT_FORMAT, "font_size": 12}),
        )


class _Form:
    """The sheet in the making."""

    def __init__(self, sheet: Worksheet, questionnaire: Questionnaire, styles: _Styles) -> None:
        self._sheet = sheet
        self._asked = questionnaire
        self._styles = styles

    def write(self, asked: Sequence[Asked], head: str) -> None:
        sheet, styles = self._sheet, self._styles
        sheet.set_paper(_A4)
        sheet.write_string(0, 0, f"{self._asked.number}　{self._asked.title}", styles.title)
        sheet.write_string(1, 0, head, styles.plain)
        how = "色の付いた欄に記入し、画面の「回答票を読み込む」で選んでください。"
        sheet.write_string(2, 0, f"{self._asked.note}{how}", styles.plain)
        if len(asked) == 1:
            self._downwards(asked[0])
        else:
            self._across(asked)

    def _downwards(self, asked: Asked) -> None:
        heads = ((ITEM, 0), ("項目", 1), (asked.unit.code, 2), ("記入のしかた", 3))
        for text, column in heads:
            self._sheet.write_string(4, column, text, self._styles.head)
        row = 5
        self._plain(row, NAME, "（名称）", asked.unit.name)
        for row, item in enumerate(self._asked.items, start=6):
            self._plain(row, item.id, item.title, limits(item))
            self._cell(row, 2, item, asked.values.get(item.id))
            self._check(row, row, 2, item)
        self._plain(row + 1, REMARK, "備考", "任意。公開されます。氏名は書かないでください。")
        self._text(row + 1, 2, asked.remark)
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.freeze_panes(5, 2)
        self._sheet.fit_to_pages(1, 0)

    def _plain(self, row: int, name: str, title: str, last: str) -> None:
        unit = next((item.unit for item in self._asked.items if item.id == name), "")
        self._sheet.write_string(row, 0, name, self._styles.quiet)
        shown = f"{title}（{unit}）" if unit else title
        self._sheet.write_string(row, 1, shown, self._styles.head)
        self._sheet.write_string(row, 2, last if name == NAME else "", self._styles.quiet)
        self._sheet.write_string(row, 3, "" if name == NAME else last, self._styles.quiet)

    def _across(self, asked: Sequence[Asked]) -> None:
        names = (UNIT, NAME, *(item.id for item in self._asked.items), REMARK)
        titles = (f"{i.title}{f'（{i.unit}）' if i.unit else ''}" for i in self._asked.items)
        for column, name in enumerate(names):
            self._sheet.write_string(4, column, name, self._styles.quiet)
        for column, title in enumerate(("（コード）", "（名称）", *titles, "（備考）")):
            self._sheet.write_string(5, column, title, self._styles.head)
        for row, each in enumerate(asked, start=6):
            self._sheet.write_string(row, 0, each.unit.code, self._styles.quiet)
            self._sheet.write_string(row, 1, each.unit.name, self._styles.quiet)
            for column, item in enumerate(self._asked.items, start=2):
                self._cell(row, column, item, each.values.get(item.id))
            self._text(row, len(names) - 1, each.remark)
        for column, item in enumerate(self._asked.items, start=2):
            self._check(6, 5 + len(asked), column, item)
        self._sheet.set_column(0, len(names), _ITEM_WIDTH)
        self._sheet.set_column(1, 1, _NAME_WIDTH)
        self._sheet.set_row(5, 60)
        self._sheet.freeze_panes(6, 2)
        self._sheet.set_landscape()
        self._sheet.repeat_rows(5)
        self._sheet.repeat_columns(0, 1)

    def _cell(self, row: int, column: int, item: QuestionItem, value: int | str | None) -> None:
        style = self._styles.figure if item.is_number else self._styles.text
        if isinstance(value, int):
            self._sheet.write_number(row, column, value, style)
        elif value:
            self._sheet.write_string(row, column, value, style)
        else:
            self._sheet.write_blank(row, column, None, style)

    def _check(self, first: int, last: int, column: int, item: QuestionItem) -> None:
        """One rule over all cells of an item: a nation's form has thousands of them."""
        if (rule := _validation(item, first, column)) is not None:
            self._sheet.data_validation(first, column, last, column, rule)

    def _text(self, row: int, column: int, text: str) -> None:
        # As a text whatever it begins with: others open the form, and nothing in it is a formula.
        if text:
            self._sheet.write_string(row, column, text, self._styles.text)
        else:
            self._sheet.write_blank(row, column, None, self._styles.text)


def _validation(item: QuestionItem, row: int, column: int) -> dict[str, object] | None:
    """What a spreadsheet checks while one types; the page and the server check again."""
    said = {"error_title": "記入のしかた", "error_message": limits(item), "ignore_blank": True}
    if item.choices:
        if len(",".join(item.choices)) > _LIST_LENGTH_MAX:
            return None
        return {**said, "validate": "list", "source": list(item.choices)}
    if item.kind == "time":
        cell = xl_rowcol_to_cell(row, column)
        fits = f'=AND(LEN({cell})=5,MID({cell},3,1)=":")'
        return {**said, "validate": "custom", "value": fits}
    if item.kind == "text":
        return {**said, "validate": "length", "criteria": "<=", "value": _LONGEST}
    if item.maximum is None:
        return {**said, "validate": "integer", "criteria": ">=", "value": item.minimum}
    between = {"criteria": "between", "minimum": item.minimum, "maximum": item.maximum}
    return {**said, "validate": "integer", **between}
