"""Items of a questionnaire: what kind of answer each takes, and what is wrong with one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

import msgspec

from aggregates.election.id_patterns import id_meta
from aggregates.election.identifiers import OptionalText, Text

ItemKind = Literal["count", "text", "choice", "time"]
"""`count`: a whole number of `unit`; `time`: HH:MM of the polling day, 24:10 after midnight."""

_TIME = re.compile(r"^([01][0-9]|2[0-9]|3[0-5]):[0-5][0-9]$")


class AnswerFault(NamedTuple):
    """What is wrong with an answer: the item it is about, and a sentence in Japanese."""

    item: str
    sentence: str


class QuestionItem(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One item.

    Attributes:
        id: Names it in files and postings.
        title: What is asked.
        kind: What kind of answer it takes.
        unit: 箇所, 人, 票, 件, 分.
        minimum: Least number.
        maximum: Most; None for no limit.
        choices: What one can choose.
        required: Whether it has to be answered.
    """

    id: Annotated[str, id_meta(r"[a-z][a-z0-9-]{0,47}")]
    title: Text
    kind: ItemKind = "count"
    unit: OptionalText = ""
    minimum: int = 0
    maximum: int | None = None
    choices: tuple[Text, ...] = ()
    required: bool = True

    @property
    def is_number(self) -> bool:
        """Whether it takes a number."""
        return self.kind == "count"


def items_fault(items: Sequence[QuestionItem]) -> str:
    """What contradicts itself among the items, in Japanese; empty when nothing does."""
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            return f"項目 {item.id} が二つあります"
        seen.add(item.id)
        if (item.kind == "choice") != bool(item.choices):
            return f"項目 {item.id}：選択肢は「選択」の項目にだけ必要です"
        if item.maximum is not None and item.maximum < item.minimum:
            return f"項目 {item.id}：上限が下限より小さくなっています"
    return ""


def faults_in(
    items: Sequence[QuestionItem], values: Mapping[str, int | str]
) -> Iterator[AnswerFault]:
    """What is wrong with each value."""
    known = {item.id for item in items}
    for name in sorted(values.keys() - known):
        yield AnswerFault(name, f"{name}：質問にない項目です")
    for item in items:
        if item.id in values:
            fault = _fault(item, values[item.id])
            if fault:
                yield AnswerFault(item.id, f"{item.title}：{fault}")
        elif item.required:
            yield AnswerFault(item.id, f"{item.title}：回答がありません")


def _fault(item: QuestionItem, value: int | str) -> str:
    if item.is_number:
        return _number_fault(item, value)
    if isinstance(value, int):
        return "文字で答えてください"
    if item.kind == "choice" and value not in item.choices:
        return f"「{'・'.join(item.choices)}」から選んでください"
    if item.kind == "time" and not _TIME.match(value):
        return "20:00 の形の時刻で答えてください（翌日は 24:10 のように）"
    return "" if value.strip() or not item.required else "空欄です"


def _number_fault(item: QuestionItem, value: int | str) -> str:
    if not isinstance(value, int):
        return "整数で答えてください"
    if value < item.minimum:
        return f"{item.minimum:,}{item.unit}以上で答えてください"
    if item.maximum is not None and value > item.maximum:
        return f"{item.maximum:,}{item.unit}以下で答えてください"
    return ""
