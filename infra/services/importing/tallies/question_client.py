"""Asks a running server what is unlike other units in final reports, before they are sent."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import httpx
import msgspec

from aggregates.counting.checks import QuestionAnswer, QuestionCode
from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Tally
from projections.plausibility.report_questions import (
    REPORTS_MAX,
    FinalReport,
    QuestionList,
    ReportQuestion,
)

_TIMEOUT_SECONDS: Final = 15.0
_WORDS: Final[dict[QuestionCode, str]] = {
    "unlike-others-exchange": "{one} {now}票と {other} {before}票を取り違えていませんか。",
    "unlike-others-shift": "{one} から {other} までの得票が、一行ずれていませんか。",
    "unlike-others-zero": "{one} が {now}票です。ほかの開票区からは、およそ{before}票です。",
    "unlike-others-digit": "{one} の {now}票は桁が違いませんか。およそ{before}票のはずです。",
    "unlike-others-turnout": "投票率 {now} が、ほかの開票区（中央の値 {before}）と違います。",
}


def question_sentence(question: ReportQuestion, names: Mapping[str, str]) -> str:
    """What is asked, in Japanese; options are called by their names where these are known."""
    called = [names.get(each, each) for each in question.options] or [""]
    is_rate = question.code == "unlike-others-turnout"
    before, now = (
        f"{each / 100:.2f}％" if is_rate else f"{each // VOTE:,}"
        for each in (question.before, question.now)
    )
    return _WORDS[question.code].format(one=called[0], other=called[-1], before=before, now=now)


class QuestionClient:
    """Asks about the reports of one table; each is held against the others of the table as well.

    Of more reports than a server compares at once, each part is held against itself and the record.

    Args:
        server: `https://host/`.
        answer: Gives the answer to a question about a unit of a contest; empty where nobody
            answers.
    """

    def __init__(self, server: str, answer: Callable[[str, ReportQuestion], str]) -> None:
        self._address = f"{server.rstrip('/')}/centre/data/questions"
        self._answer = answer
        self._reports: dict[str, list[FinalReport]] = {}
        self._lists: dict[str, QuestionList | None] = {}

    def prepare(self, reports: Iterable[tuple[str, str, Tally | TurnoutFigures]]) -> None:
        """Name the final reports of a table by contest and unit, before any of them is sent."""
        found: dict[str, list[FinalReport]] = defaultdict(list)
        for contest, unit, figures in reports:
            if isinstance(figures, TurnoutFigures):
                found[contest].append(FinalReport(unit=unit, turnout=figures))
            else:
                found[contest].append(FinalReport(unit=unit, tally=figures))
        self._reports, self._lists = dict(found), {}

    def answers(
        self, contest: str, unit: str, figures: Tally | TurnoutFigures
    ) -> tuple[QuestionAnswer, ...]:
        """What to send with the report of a unit; nothing where the server cannot be asked."""
        of_turnout = isinstance(figures, TurnoutFigures)
        if contest not in self._lists:
            self._lists[contest] = self._ask(contest)
        found = self._lists[contest]
        if found is None or not found.answers_taken:
            return ()
        return tuple(
            QuestionAnswer(
                code=each.code,
                option=each.options[0] if each.options else "",
                before=each.before,
                now=each.now,
                answer=self._answer(contest, each),
            )
            for each in found.questions
            if each.unit == unit and each.of_turnout == of_turnout
        )

    def _ask(self, contest: str) -> QuestionList | None:
        """What is asked about the reports of a contest; None where the server does not answer."""
        reports = self._reports.get(contest, [])
        parts = [
            reports[first : first + REPORTS_MAX]
            for first in range(0, max(1, len(reports)), REPORTS_MAX)
        ]
        try:
            found = [self._ask_about(contest, part) for part in parts]
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.MsgspecError):
            # Nothing waits for a question: without an answer of the server none is asked.
            return None
        return QuestionList(
            questions=[asked for each in found for asked in each.questions],
            compared={unit: number for each in found for unit, number in each.compared.items()},
            answers_taken=all(each.answers_taken for each in found),
        )

    def _ask_about(self, contest: str, reports: Sequence[FinalReport]) -> QuestionList:
        answer = httpx.post(
            self._address,
            params={"contest": contest},
            content=msgspec.json.encode(reports),
            timeout=_TIMEOUT_SECONDS,
        )
        return msgspec.json.decode(answer.raise_for_status().content, type=QuestionList)
