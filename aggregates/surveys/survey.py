"""A survey (調査): a questionnaire as data, sent to units; what each answered; what was returned.

A questionnaire is fixed when it is published: anyone who wants to ask otherwise publishes another.
An answer is flat, one value per item; the latest answer of a unit is the whole truth, as with
tallies.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, FirstEvent
from aggregates.election.id_patterns import id_meta
from aggregates.election.identifiers import OptionalText, Reason, Text, UnitCode
from aggregates.errors import (
    AnswerMalformed,
    AnswerUnchanged,
    NothingAnswered,
    SurveyMalformed,
    UnitNotAsked,
)
from aggregates.surveys.questions import AnswerFault, QuestionItem, faults_in, items_fault

SurveyId = Annotated[str, id_meta(r"[a-z][a-z0-9-]{0,31}")]
ItemId = Annotated[str, id_meta(r"[a-z][a-z0-9-]{0,47}")]
Value = (
    Annotated[int, msgspec.Meta(ge=-(2**50), le=2**50)]
    | Annotated[str, msgspec.Meta(max_length=2000)]
)
"""A whole number in the item's unit, or a text, a choice, a time `HH:MM`."""

Values = dict[ItemId, Value]
AnswerState = Literal["given", "returned"]

_FAULTS_MAX = 40
"""Faults named in one refusal; nobody puts more right at once."""


def survey_stream(survey: str) -> str:
    """The stream of one Survey."""
    return f"survey/{survey}"


def answer_stream(survey: str, unit: str) -> str:
    """The stream of one Answer."""
    return f"answer/{survey}/{unit}"


class Questionnaire(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What is asked.

    Attributes:
        id: Slug, part of streams and files.
        title: 投票所数及び投票所閉鎖時刻繰上げ調.
        number: Where the report has it: `4(1)`.
        items: In the order in which they are asked.
        sums: Item -> items that must sum to it.
        note: For who answers.
        within: Item -> items of which none may exceed it: voters within electors.
    """

    id: SurveyId
    title: Text
    number: Annotated[str, id_meta(r"[0-9]{1,2}(\([0-9]{1,2}\))?")] = "4"
    items: Annotated[tuple[QuestionItem, ...], msgspec.Meta(min_length=1, max_length=200)]
    sums: dict[ItemId, tuple[ItemId, ...]] = {}
    note: OptionalText = ""
    within: dict[ItemId, tuple[ItemId, ...]] = {}


class SurveyPublished(FirstEvent, frozen=True, kw_only=True):
    """The survey is sent to these units."""

    TOPIC: ClassVar[str] = "survey.published"
    questionnaire: Questionnaire
    units: tuple[UnitCode, ...]
    due: datetime

    @override
    def apply(self, aggregate: "Survey") -> None:
        aggregate.questionnaire = self.questionnaire
        aggregate.units = frozenset(self.units)
        aggregate.due = self.due


class SurveyReminded(Event, frozen=True, kw_only=True):
    """Units that had not answered, or whose answer was returned, were reminded."""

    TOPIC: ClassVar[str] = "survey.reminded"
    units: tuple[UnitCode, ...]
    note: str

    @override
    def apply(self, aggregate: "Survey") -> None:
        """Shown to the units; no rule depends on it."""


class Survey(Aggregate):
    """A survey and whom it asks."""

    first_event = SurveyPublished

    questionnaire: Questionnaire
    units: frozenset[str]
    due: datetime

    @classmethod
    def publish(
        cls,
        questionnaire: Questionnaire,
        units: tuple[str, ...],
        due: datetime,
        context: CommandContext,
    ) -> "Survey":
        """Send a questionnaire.

        Raises:
            SurveyMalformed: The questionnaire contradicts itself, or nobody is asked.
        """
        fault = questionnaire_fault(questionnaire)
        if not fault and not units:
            fault = "答える開票区がありません"
        if fault:
            raise SurveyMalformed(survey=questionnaire.id, detail=fault)
        return cls.begin(
            survey_stream(questionnaire.id),
            context,
            questionnaire=questionnaire,
            units=units,
            due=due,
        )

    def remind(self, units: tuple[str, ...], note: str, context: CommandContext) -> None:
        """Remind units.

        Raises:
            UnitNotAsked: One of them is not asked.
        """
        for unit in units:
            self.require_asked(unit)
        self.record(SurveyReminded, context, units=units, note=note)

    def require_asked(self, unit: str) -> None:
        """Refuse a unit that is not asked."""
        if unit not in self.units:
            raise UnitNotAsked(survey=self.questionnaire.id, unit=unit)

    def require_fits(self, unit: str, values: Mapping[str, int | str]) -> None:
        """Refuse an answer that is not one to this questionnaire.

        Raises:
            AnswerMalformed: Names every fault at once, so that one correction is enough.
        """
        faults = tuple(answer_faults(self.questionnaire, values))[:_FAULTS_MAX]
        if faults:
            raise AnswerMalformed(
                survey=self.questionnaire.id,
                unit=unit,
                faults=tuple(fault.sentence for fault in faults),
                items=tuple(fault.item for fault in faults),
            )


def questionnaire_fault(questionnaire: Questionnaire) -> str:
    """What contradicts itself, in Japanese; empty when nothing does."""
    if fault := items_fault(questionnaire.items):
        return fault
    numbers = {item.id for item in questionnaire.items if item.is_number}
    for whole, parts in questionnaire.sums.items():
        if unknown := {whole, *parts} - numbers:
            return f"合計の項目 {min(unknown)} は数の項目にありません"
    for whole, parts in questionnaire.within.items():
        if unknown := {whole, *parts} - numbers:
            return f"上限の項目 {min(unknown)} は数の項目にありません"
    return ""


def answer_faults(
    questionnaire: Questionnaire, values: Mapping[str, int | str]
) -> Iterator[AnswerFault]:
    """Everything wrong with an answer.

    A sum that does not fit is a fault of the whole, a part that exceeds its whole one of the part.
    """
    yield from faults_in(questionnaire.items, values)
    titles = {item.id: item.title for item in questionnaire.items}
    for whole, parts in questionnaire.sums.items():
        stated = [values.get(each) for each in (whole, *parts)]
        numbers = [each for each in stated if isinstance(each, int)]
        if len(numbers) == len(stated) and numbers[0] != sum(numbers[1:]):
            summed = sum(numbers[1:])
            yield AnswerFault(
                whole, f"{titles[whole]}は内訳の合計{summed:,}のはずですが{numbers[0]:,}です"
            )
    yield from _parts_beyond(questionnaire, values, titles)


def _parts_beyond(
    questionnaire: Questionnaire, values: Mapping[str, int | str], titles: Mapping[str, str]
) -> Iterator[AnswerFault]:
    for whole, parts in questionnaire.within.items():
        most = values.get(whole)
        for part in parts:
            some = values.get(part)
            if isinstance(most, int) and isinstance(some, int) and some > most:
                yield AnswerFault(
                    part, f"{titles[part]}（{some:,}）が{titles[whole]}（{most:,}）を超えています"
                )


class AnswerBegun(FirstEvent, frozen=True, kw_only=True):
    """The unit begins to answer."""

    TOPIC: ClassVar[str] = "answer.begun"
    survey: str
    unit: str

    @override
    def apply(self, aggregate: "SurveyAnswer") -> None:
        aggregate.survey = self.survey
        aggregate.unit = self.unit
        aggregate.values = {}
        aggregate.state = "returned"


class AnswerGiven(Event, frozen=True, kw_only=True):
    """The unit's answer: it replaces what was answered before."""

    TOPIC: ClassVar[str] = "answer.given"
    survey: str
    unit: str
    values: Values
    remark: str = ""

    @override
    def apply(self, aggregate: "SurveyAnswer") -> None:
        aggregate.values = self.values
        aggregate.state = "given"


class AnswerReturned(Event, frozen=True, kw_only=True):
    """The prefecture or the nation sends the answer back, with a reason."""

    TOPIC: ClassVar[str] = "answer.returned"
    survey: str
    unit: str
    reason: str

    @override
    def apply(self, aggregate: "SurveyAnswer") -> None:
        aggregate.state = "returned"


class SurveyAnswer(Aggregate):
    """What one unit answers to one survey."""

    first_event = AnswerBegun

    survey: str
    unit: str
    values: Values
    state: AnswerState

    @classmethod
    def open(cls, survey: str, unit: str, context: CommandContext) -> "SurveyAnswer":
        """Begin the answer of a unit."""
        return cls.begin(answer_stream(survey, unit), context, survey=survey, unit=unit)

    def give(self, values: Values, remark: str, context: CommandContext) -> None:
        """Answer, or answer again.

        Raises:
            AnswerUnchanged: The same as before, and nobody returned it.
        """
        if self.state == "given" and values == self.values:
            raise AnswerUnchanged(survey=self.survey, unit=self.unit)
        self.record(
            AnswerGiven, context, survey=self.survey, unit=self.unit, values=values, remark=remark
        )

    def send_back(self, reason: Reason, context: CommandContext) -> None:
        """Return the answer for correction.

        Raises:
            NothingAnswered: There is no answer, or it is returned already.
        """
        if self.state == "returned":
            raise NothingAnswered(survey=self.survey, unit=self.unit)
        self.record(AnswerReturned, context, survey=self.survey, unit=self.unit, reason=reason)
