"""Answers in a spreadsheet: an empty form as CSV, and what was filled in read back.

Two arrangements are read: one row per unit, headed by `unit` and the items' ids, and one row per
item, headed by `item` and the units' codes. What stands above the heading is passed over.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from aggregates.commands.survey_commands import AnswerSurvey
from aggregates.election.geography import Unit
from aggregates.surveys.questions import QuestionItem
from aggregates.surveys.survey import Questionnaire, answer_faults
from infra.adapters.spreadsheets.pasted_spreadsheet import first_sheet
from infra.adapters.spreadsheets.spreadsheet_errors import SpreadsheetUnreadable
from infra.adapters.spreadsheets.table_lines import TableLine
from infra.runtime.system_faults import fault_reason
from projections.feeds.csv_cells import csv_text, id_cell, text_cell
from projections.office_tables.number_parsing import NotExact, whole

UNIT, NAME, REMARK, ITEM = "unit", "name", "remark", "item"
_TIME: Final = re.compile(r"(?P<hour>[0-9]{1,2})[:時](?:(?P<minute>[0-5][0-9])分?(?::00)?)?")
_LABELS = ("（コード）", "（名称）")


class AnswersUnusable(Exception):  # noqa: N818 - says what the file is
    """The file does not hold answers; the sentence says what is wrong and where."""


class FilledIn(NamedTuple):
    """What one unit filled in, as text: it is checked where it is shown.

    Attributes:
        unit: Code of the unit.
        texts: Item -> text of its cell; blank cells are left out.
        remark: What was written beside it.
        line: Line of the file, or column, for messages.
    """

    unit: str
    texts: dict[str, str]
    remark: str
    line: str


def write_form(path: Path, questionnaire: Questionnaire, units: Iterable[Unit]) -> None:
    """Write an empty form for these units, for any spreadsheet.

    UTF-8 with a byte order mark, so that Excel reads it.
    """
    titles = (f"{i.title}{f'（{i.unit}）' if i.unit else ''}" for i in questionnaire.items)
    blank = [""] * (len(questionnaire.items) + 1)
    rows = [
        [UNIT, NAME, *(item.id for item in questionnaire.items), REMARK],
        [*_LABELS, *titles, "（備考）"],
    ]
    heading = [[text_cell(text) for text in row] for row in rows]
    asked = [[id_cell("unit", unit.code), text_cell(unit.name), *blank] for unit in units]
    path.write_text(csv_text([*heading, *asked]), encoding="utf-8-sig", newline="")


def read_answers(path: Path, questionnaire: Questionnaire) -> Iterator[AnswerSurvey]:
    """Read a filled-in form, a workbook or a text file; units without any answer are passed over.

    Raises:
        AnswersUnusable: A cell cannot be read, a column is missing or unknown, or an answer is none
            to this questionnaire; says everything that is wrong, and where.
    """
    try:
        lines = first_sheet(path.read_bytes()).lines()
    except (OSError, SpreadsheetUnreadable) as error:
        raise AnswersUnusable(f"{path.name}: 読めません（{fault_reason(error)}）") from error
    yield from _answers(lines, path.name, questionnaire)


def _answers(
    lines: Sequence[TableLine], name: str, questionnaire: Questionnaire
) -> Iterator[AnswerSurvey]:
    items = {item.id: item for item in questionnaire.items}
    found: list[AnswerSurvey] = []
    faults: list[str] = []
    try:
        forms = list(read_filled_in(lines, questionnaire))
    except AnswersUnusable as error:
        raise AnswersUnusable(f"{name} {error}") from error
    for form in forms:
        values: dict[str, int | str] = {}
        for item, text in form.texts.items():
            try:
                values[item] = _value(items[item], text)
            except NotExact as error:
                faults.append(f"{name} {form.line} {items[item].title}（{item}）：{error}")
        if len(values) == len(form.texts):
            faults += [
                f"{name} {form.line} {fault.item}：{fault.sentence}"
                for fault in answer_faults(questionnaire, values)
                # Whether every item is answered is for the survey to ask.
                if fault.item in values
            ]
        found.append(
            AnswerSurvey(survey=questionnaire.id, unit=form.unit, values=values, remark=form.remark)
        )
    if faults:
        raise AnswersUnusable("\n".join(faults))
    yield from found


def read_filled_in(lines: Sequence[TableLine], questionnaire: Questionnaire) -> Iterator[FilledIn]:
    """What a form says, unit by unit; those without any answer are passed over.

    Raises:
        AnswersUnusable: It has no heading of a form, another questionnaire's items, or one unit
            twice.
    """
    for number, line in enumerate(lines):
        first = line.cells[0] if line.cells else ""
        if first == UNIT:
            yield from _by_row(line.cells, lines[number + 1 :], questionnaire, "行目")
            return
        if first == ITEM:
            heading, *body = _transpose(lines[number:])
            yield from _by_row(heading.cells, body, questionnaire, "列目")
            return
    raise AnswersUnusable("列が質問票と違います（unit または item の見出しがありません）")


def _transpose(lines: Sequence[TableLine]) -> list[TableLine]:
    """One row per item as one row per unit; columns without a code are left out."""
    width = max(len(line.cells) for line in lines)
    square = [[*line.cells, *([""] * (width - len(line.cells)))] for line in lines]
    kept = [n for n in range(width) if square[0][n] and square[0][n].isascii()]
    turned = [TableLine(n + 1, [row[n] for row in square]) for n in kept]
    return [TableLine(1, [UNIT, *turned[0].cells[1:]]), *turned[1:]]


def _by_row(
    header: Sequence[str], body: Sequence[TableLine], questionnaire: Questionnaire, word: str
) -> Iterator[FilledIn]:
    items = {item.id for item in questionnaire.items}
    unknown = {name for name in header if name} - {UNIT, NAME, REMARK} - items
    if unknown or not items & set(header):
        named = "、".join(sorted(unknown)) or "項目がありません"
        raise AnswersUnusable(f"列が質問票と違います（{named}）")
    seen: dict[str, int] = {}
    for line in body:
        row = dict(zip(header, line.cells, strict=False))
        texts = {name: text for name, text in row.items() if name in items and text}
        if not texts or row[UNIT] in _LABELS:
            continue
        unit = row[UNIT]
        first = seen.setdefault(unit, line.number)
        if first != line.number:
            raise AnswersUnusable(
                f"{line.number}{word} 開票区 {unit} は{first}{word}にもあります。一つにしてください"
            )
        yield FilledIn(unit, texts, row.get(REMARK, ""), f"{line.number}{word}")


def _value(item: QuestionItem, text: str) -> int | str:
    """What a cell says of an item.

    Raises:
        NotExact: No whole number where one is asked for.
    """
    if item.is_number:
        return whole(text)
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text)) if item.kind == "time" else None
    return f"{int(found['hour']):02d}:{found['minute'] or '00'}" if found else text
