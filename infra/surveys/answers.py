"""Answers in a spreadsheet: a sheet to fill in, and the answers read back from it.

One row per unit, one column per item, headed by the item's id with its title below.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from aggregates.geography import Unit
from aggregates.questions import Item
from aggregates.survey import Questionnaire
from aggregates.survey_commands import AnswerSurvey

UNIT, NAME, REMARK = "unit", "name", "remark"
_TITLES_LINE = 2


class AnswersUnusable(Exception):  # noqa: N818 - says what the file is
    """The file does not hold answers; the sentence says what is wrong and where."""


def write_form(path: Path, questionnaire: Questionnaire, units: Iterable[Unit]) -> None:
    """Write an empty form for these units, for any spreadsheet.

    UTF-8 with a byte order mark, so that Excel reads it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([UNIT, NAME, *(item.id for item in questionnaire.items), REMARK])
        titles = (f"{i.title}{f'（{i.unit}）' if i.unit else ''}" for i in questionnaire.items)
        writer.writerow(["（コード）", "（名称）", *titles, "（備考）"])
        blank = [""] * (len(questionnaire.items) + 1)
        writer.writerows([unit.code, unit.name, *blank] for unit in units)


def read_answers(path: Path, questionnaire: Questionnaire) -> Iterator[AnswerSurvey]:
    """Read a filled-in form; rows without any answer are passed over.

    Raises:
        AnswersUnusable: A column is missing or unknown, or a number is none; says where.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AnswersUnusable(f"{path.name}: 読めません（{error}）") from error
    items = {item.id: item for item in questionnaire.items}
    header = lines[0] if lines else []
    known = {UNIT, NAME, REMARK, *items}
    if UNIT not in header or not known.issuperset(header):
        named = "、".join(sorted(set(header) - known)) or UNIT
        raise AnswersUnusable(f"{path.name}: 列が質問票と違います（{named}）")
    for line, cells in enumerate(lines[_TITLES_LINE:], start=_TITLES_LINE + 1):
        row = dict(zip(header, cells, strict=False))
        values = {
            name: _value(items[name], text.strip(), f"{path.name} {line}行目")
            for name, text in row.items()
            if name in items and text.strip()
        }
        if values:
            yield AnswerSurvey(
                survey=questionnaire.id,
                unit=row[UNIT].strip(),
                values=values,
                remark=row.get(REMARK, "").strip(),
            )


def _value(item: Item, text: str, where: str) -> int | str:
    if not item.is_number:
        return text
    digits = text.replace(",", "")
    if not digits.lstrip("-").isdecimal():
        raise AnswersUnusable(f"{where} {item.title}「{text}」: 整数で記入してください")
    return int(digits)
