"""What to ask the sender of final figures before they are sent, from what is recorded so far.

Figures that are sent together are compared with each other as well: the table of a whole city
comes at once.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from aggregates.counting.checks import QuestionCode
from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Tally
from aggregates.rules import THIRD_RULES
from projections.plausibility.expected_shares import expected_shares
from projections.plausibility.sheet_slips import SheetSlip, SlipKind, find_slip
from projections.plausibility.unlike_turnout import unlike_turnout
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord
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


def report_questions(
    state: ElectionState, contest_id: str, reports: Sequence[FinalReport]
) -> QuestionList:
    """What to ask before some final reports of one contest are sent.

    Raises:
        KeyError: There is no such contest.
    """
    contest = state.contests[contest_id]
    sheets = {unit: count.tally for unit, count in contest.counts.items() if _stands(count)}
    sheets |= {each.unit: each.tally for each in reports if each.tally is not None}
    rates = {unit: rate for unit, count in contest.counts.items() if (rate := _rate(count))}
    questions: list[ReportQuestion] = []
    for each in reports:
        if each.tally is not None:
            questions += _sheet_questions(contest, each.unit, each.tally, sheets)
        questions += _turnout_questions(contest, each, rates)
    compared = {each.unit: len(sheets.keys() - {each.unit}) for each in reports}
    taken = state.register().rules >= THIRD_RULES
    return QuestionList(questions=questions, compared=compared, answers_taken=taken)


def _stands(count: CountRecord) -> bool:
    return count.settled and count.tally is not None


def _sheet_questions(
    contest: ContestRecord, unit: str, tally: Tally, sheets: Mapping[str, Tally | None]
) -> Iterator[ReportQuestion]:
    lines = [each for each, _ in ballot_lines(contest) if each in tally.votes]
    votes = [tally.votes[each] / VOTE for each in lines]
    places = {each: place for place, each in enumerate(contest.facts.units)}
    if len(lines) <= 1 or unit not in places:
        return
    others = [
        (places[other], [sheet.votes.get(each, 0) / VOTE for each in lines])
        for other, sheet in sheets.items()
        if other != unit and other in places and sheet is not None
    ]
    slip = find_slip(votes, expected_shares(places[unit], sum(votes), others))
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


def _turnout_questions(
    contest: ContestRecord, report: FinalReport, rates: Mapping[str, int]
) -> Iterator[ReportQuestion]:
    count = contest.counts.get(report.unit)
    figures = report.turnout or (count.turnout.figures if count is not None else None)
    if figures is None or figures.estimated or not figures.electors.total:
        return
    voters = figures.voters.total
    if report.tally is not None:
        if report.tally.voters is None:
            return
        voters = report.tally.voters
    others = [rate for unit, rate in rates.items() if unit != report.unit]
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
