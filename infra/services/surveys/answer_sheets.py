"""Answers in a spreadsheet: an empty form as CSV, and what was filled in read back.

Two arrangements are read: one row per unit, headed by `unit` and the items' ids, and one row per
item, headed by `item` and the units' codes. What stands above the heading is passed over.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from aggregates.commands.survey_commands import AnswerSurvey
from aggregates.election.geography import Unit
from aggregates.surveys.questions import QuestionItem
from aggregates.surveys.survey import Questionnaire

UNIT, NAME, REMARK, ITEM = "unit", "name", "remark", "item"
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
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([UNIT, NAME, *(item.id for item in questionnaire.items), REMARK])
        titles = (f"{i.title}{f'（{i.unit}）' if i.unit else ''}" for i in questionnaire.items)
        writer.writerow([*_LABELS, *titles, "（備考）"])
        blank = [""] * (len(questionnaire.items) + 1)
        writer.writerows([unit.code, unit.name, *blank] for unit in units)


def read_answers(path: Path, questionnaire: Questionnaire) -> Iterator[AnswerSurvey]:
    """Read a filled-in CSV form; units without any answer are passed over.

    Raises:
        AnswersUnusable: A column is missing or unknown, or a number is none; says where.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AnswersUnusable(f"{path.name}: 読めません（{error}）") from error
    yield from answers_in(lines, path.name, questionnaire)


def answers_in(
    rows: Sequence[Sequence[str]], name: str, questionnaire: Questionnaire
) -> Iterator[AnswerSurvey]:
    """Answers in the rows of a form, whichever file they came from.

    Raises:
        AnswersUnusable: See `read_answers`.
    """
    items = {item.id: item for item in questionnaire.items}
    try:
        for filled in read_filled_in(rows, questionnaire):
            values = {
                item: _value(items[item], text, filled.line) for item, text in filled.texts.items()
            }
            yield AnswerSurvey(
                survey=questionnaire.id, unit=filled.unit, values=values, remark=filled.remark
            )
    except AnswersUnusable as error:
        raise AnswersUnusable(f"{name} {error}") from error


def read_filled_in(
    rows: Sequence[Sequence[str]], questionnaire: Questionnaire
) -> Iterator[FilledIn]:
    """What a form says, unit by unit; those without any answer are passed over.

    Raises:
        AnswersUnusable: It has no heading of a form, or another questionnaire's items.
    """
    for number, row in enumerate(rows):
        first = row[0].strip() if row else ""
        if first == UNIT:
            yield from _by_row(rows, number, questionnaire)
            return
        if first == ITEM:
            yield from _by_row(_transpose(rows[number:]), 0, questionnaire, word="列目")
            return
    raise AnswersUnusable("列が質問票と違います（unit または item の見出しがありません）")


def _transpose(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """One row per item as one row per unit; columns without a code are left out."""
    width = max(len(row) for row in rows)
    square = [[*row, *([""] * (width - len(row)))] for row in rows]
    heads = [cell.strip() for cell in square[0]]
    kept = [n for n in range(width) if heads[n] and heads[n].isascii()]
    turned = [[row[n] for row in square] for n in kept]
    return [[UNIT, *turned[0][1:]], *turned[1:]]


def _by_row(
    rows: Sequence[Sequence[str]], at: int, questionnaire: Questionnaire, word: str = "行目"
) -> Iterator[FilledIn]:
    header = [cell.strip() for cell in rows[at]]
    items = {item.id for item in questionnaire.items}
    unknown = {name for name in header if name} - {UNIT, NAME, REMARK} - items
    if unknown or not items & set(header):
        named = "、".join(sorted(unknown)) or "項目がありません"
        raise AnswersUnusable(f"列が質問票と違います（{named}）")
    for number, cells in enumerate(rows[at + 1 :], start=at + 2):
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        texts = {name: text for name, text in row.items() if name in items and text}
        if texts and row[UNIT] not in _LABELS:
            yield FilledIn(row[UNIT], texts, row.get(REMARK, ""), f"{number}{word}")


def _value(item: QuestionItem, text: str, where: str) -> int | str:
    if not item.is_number:
        return text
    digits = unicodedata.normalize("NFKC", text).replace(",", "")
    if not digits.removeprefix("-").isdecimal():
        raise AnswersUnusable(f"{where} {item.title}「{text}」: 整数で記入してください")
    return int(digits)
