"""What to ask the sender of final figures before they are sent, from what is recorded so far.

Figures that are sent together are compared with each other as well: the table of a whole city
comes at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from aggregates.counting.checks import QuestionCode
from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Tally
from aggregates.rules import THIRD_RULES
from projections.plausibility.expected_shares import expected_shares, nearest_sheets
from projections.plausibility.sheet_slips import SheetSlip, SlipKind, find_slip
from projections.plausibility.unlike_turnout import unlike_turnout
from projections.state.election_state import ElectionState
from projections.state.records import CountRecord
from projections.state.results import ballot_lines

_CODES: dict[SlipKind, QuestionCode] = {
    "exchange": "unlike-others-exchange",
    "shift": "unlike-others-shift",
    "zero": "unlike-others-zero",
    "digit": "unlike-others-digit",
}


class FinalReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Final figures that are about to be sent.

    Attributes:
        unit: Code of the unit.
        tally: The sheet, if one is sent.
        turnout: The turnout, if it is sent.
    """

    unit: str
    tally: Tally | None = None
    turnout: TurnoutFigures | None = None


class ReportQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question about one report.

    Attributes:
        unit: Code of the unit.
        code: What is asked.
        options: Lines of the sheet that it concerns; none where it is the turnout.
        before: Votes in thousandths that the other units let expect in the first of these lines;
            of an exchange the votes of the other line; of turnout the middle rate of the others
            in hundredths of a percent.
        now: The figure of the report, likewise.
        of_turnout: The report has turnout and no sheet.
    """

    unit: str
    code: QuestionCode
    options: tuple[str, ...]
    before: int
    now: int
    of_turnout: bool = False


REPORTS_MAX: Final = 400
"""So many reports are compared at once; who has more asks about them in parts."""


class QuestionList(msgspec.Struct, frozen=True, kw_only=True):
    """What to ask, and how much it was compared with.

    Attributes:
        questions: In the order of the reports.
        compared: Final sheets of other units that were there to compare with, by unit.
        answers_taken: Postings to this log may have answers.
    """

    questions: list[ReportQuestion]
    compared: dict[str, int]
    answers_taken: bool


class RecordedFigures(NamedTuple):
    """What final reports of a contest are compared with, as it stands at one position.

    Attributes:
        lines: Lines of its ballot.
        places: Place of each unit in the order of the contest.
        sheets: Final sheets by unit.
        turnouts: Turnout by unit.
        rates: Final rates of turnout by unit, in hundredths of a percent.
        answers_taken: Postings to this log may have answers.
    """

    lines: tuple[str, ...]
    places: Mapping[str, int]
    sheets: Mapping[str, Tally | None]
    turnouts: Mapping[str, TurnoutFigures]
    rates: Mapping[str, int]
    answers_taken: bool


def recorded_figures(state: ElectionState, contest_id: str) -> RecordedFigures:
    """What is compared, taken from the state in a moment: it is computed on without the state.

    Raises:
        KeyError: There is no such contest.
    """
    contest = state.contests[contest_id]
    counts = contest.counts
    return RecordedFigures(
        lines=tuple(each for each, _ in ballot_lines(contest)),
        places={each: place for place, each in enumerate(contest.facts.units)},
        sheets={unit: count.tally for unit, count in counts.items() if _stands(count)},
        turnouts={
            unit: figures
            for unit, count in counts.items()
            if (figures := count.turnout.figures) is not None
        },
        rates={unit: rate for unit, count in counts.items() if (rate := _rate(count))},
        answers_taken=state.register().rules >= THIRD_RULES,
    )


def report_questions(recorded: RecordedFigures, reports: Sequence[FinalReport]) -> QuestionList:
    """What to ask before some final reports of one contest are sent.

    Args:
        recorded: What is there to compare with.
        reports: Final figures that are about to be sent.
    """
    sheets = dict(recorded.sheets)
    sheets |= {each.unit: each.tally for each in reports if each.tally is not None}
    questions: list[ReportQuestion] = []
    for each in reports:
        if each.tally is not None:
            questions += _sheet_questions(recorded, each.unit, each.tally, sheets)
        questions += _turnout_questions(recorded, each)
    compared = {each.unit: len(sheets) - (each.unit in sheets) for each in reports}
    return QuestionList(
        questions=questions, compared=compared, answers_taken=recorded.answers_taken
    )


def _stands(count: CountRecord) -> bool:
    return count.settled and count.tally is not None


def _sheet_questions(
    recorded: RecordedFigures, unit: str, tally: Tally, sheets: Mapping[str, Tally | None]
) -> Iterator[ReportQuestion]:
    lines = [each for each in recorded.lines if each in tally.votes]
    votes = [tally.votes[each] / VOTE for each in lines]
    places = recorded.places
    if len(lines) <= 1 or unit not in places:
        return
    others = (
        (places[other], sheet)
        for other, sheet in sheets.items()
        if other != unit and other in places and sheet is not None
    )
    # Of a nation's sheets few are near: only theirs are written out line by line.
    near = [
        (at, [sheet.votes.get(each, 0) / VOTE for each in lines])
        for at, sheet in nearest_sheets(places[unit], others)
    ]
    slip = find_slip(votes, expected_shares(places[unit], sum(votes), near))
    if slip is not None:
        yield _slip_question(unit, slip, [(each, tally.votes[each]) for each in lines])


def _slip_question(unit: str, slip: SheetSlip, lines: Sequence[tuple[str, int]]) -> ReportQuestion:
    options, figures = zip(*(lines[each] for each in slip.lines), strict=True)
    is_exchange = slip.kind == "exchange"
    return ReportQuestion(
        unit=unit,
        code=_CODES[slip.kind],
        options=options,
        before=figures[1] if is_exchange else slip.expected * VOTE,
        now=figures[0],
    )


def _rate(count: CountRecord) -> int | None:
    figures = count.turnout.figures
    if figures is None or not count.turnout.final or figures.estimated:
        return None
    return (
        figures.voters.total * 10_000 // figures.electors.total if figures.electors.total else None
    )


def _turnout_questions(recorded: RecordedFigures, report: FinalReport) -> Iterator[ReportQuestion]:
    figures = report.turnout or recorded.turnouts.get(report.unit)
    if figures is None or figures.estimated or not figures.electors.total:
        return
    voters = figures.voters.total
    if report.tally is not None:
        if report.tally.voters is None:
            return
        voters = report.tally.voters
    others = [rate for unit, rate in recorded.rates.items() if unit != report.unit]
    middle = unlike_turnout(voters, figures.electors.total, others)
    if middle is not None:
        yield ReportQuestion(
            unit=report.unit,
            code="unlike-others-turnout",
            options=(),
            before=middle,
            now=voters * 10_000 // figures.electors.total,
            of_turnout=report.tally is None,
        )
