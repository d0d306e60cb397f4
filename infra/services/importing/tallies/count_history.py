"""What is on record of one count: whether a report is there, and what a correction replaces.

Only what cannot be mistaken is decided here: the same moment with the same figures is the same
report. Everything else is for the log to decide, or for people.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.tally import Tally
from projections.documents.district_document import ReportRow, UnitContest

_FINAL: Final = "確定した数字を直すには、区分を「訂正」にして理由を記入してください。"


class CountHistory(NamedTuple):
    """Reports of a count or of a turnout, the oldest first.

    Attributes:
        reports: Those with figures.
        final: Whether the last one is final.
        last: The last figures; None where documents do not show them.
    """

    reports: Sequence[ReportRow]
    final: bool
    last: Tally | None


def count_history(contest: UnitContest | None) -> CountHistory:
    """The tallies of a unit in a contest."""
    if contest is None:
        return CountHistory((), final=False, last=None)
    reports = [row for row in contest.reports if row.topic.startswith("count.tally-")]
    final = contest.status in {"final", "corrected"} or any(
        row.topic == "count.tally-finalised" for row in reports
    )
    return CountHistory(reports, final, contest.tally)


def turnout_history(contest: UnitContest | None) -> CountHistory:
    """The turnout reports of a unit in a contest."""
    if contest is None:
        return CountHistory((), final=False, last=None)
    reports = contest.turnout_reports
    return CountHistory(reports, any(row.topic == "turnout.finalised" for row in reports), None)


def is_there(
    past: CountHistory,
    topic: str,
    as_of: datetime,
    figures: Tally | TurnoutFigures,
    reason: str = "",
) -> bool:
    """Whether the very report is on record."""
    total = figures.ballots if isinstance(figures, Tally) else figures.voters.total
    for row in past.reports:
        same = row.topic == topic and row.as_of == as_of and row.reason == reason
        is_last = row is past.reports[-1]
        if same and row.ballots == total and not (is_last and _differs(past.last, figures)):
            return True
    return False


def _differs(last: Tally | None, figures: Tally | TurnoutFigures) -> bool:
    return last is not None and isinstance(figures, Tally) and last != figures


def contradiction(past: CountHistory, topic: str, as_of: datetime) -> str:
    """Why a report cannot follow what is on record, in Japanese; empty when it can."""
    if any(row.topic == topic and row.as_of == as_of for row in past.reports):
        return "同じ時刻の報告が別の数字で記録されています。" + _FINAL
    if past.final:
        return "すでに確定しています。" + _FINAL
    return ""


def correction_fault(reason: str, as_of: datetime, last: datetime | None) -> str:
    """Why a correction cannot be made from a table, in Japanese; empty when it can."""
    if not reason:
        return "訂正には理由が要ります。「理由」の列に記入してください。"
    if last is not None and last > as_of:
        return "この訂正より後の時刻の報告が記録されています。時刻を確かめてください。"
    return ""
