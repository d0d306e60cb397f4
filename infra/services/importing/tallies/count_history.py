"""What is on record of one count: whether a report is there, and what a correction replaces.

Only what cannot be mistaken is decided here: the last report, compared figure by figure. Of earlier
ones documents show the moment and one sum, which proves nothing; those are sent, and the log knows
by the id of their content whether it has them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.tally import Tally
from projections.documents.district_document import ReportRow, UnitContest
from projections.documents.models import Poll

_FINAL: Final = "確定した数字を直すには、区分を「訂正」にして理由を記入してください。"


class CountHistory(NamedTuple):
    """Reports of a count or of a turnout, the oldest first.

    Attributes:
        reports: Those with figures.
        final: Whether the last one is final.
        last: The last sheet, or the turnout of the last report; None where there is none.
    """

    reports: Sequence[ReportRow]
    final: bool
    last: Tally | Poll | None


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
    final = any(row.topic == "turnout.finalised" for row in reports) or contest.poll.final > 0
    return CountHistory(reports, final, contest.poll if reports else None)


def is_there(
    past: CountHistory,
    topic: str,
    as_of: datetime,
    figures: Tally | TurnoutFigures,
    reason: str = "",
) -> bool:
    """Whether the very report is on record as the last one, every figure of it."""
    if not past.reports:
        return False
    row = past.reports[-1]
    same = row.topic == topic and row.as_of == as_of and row.reason == reason
    return same and _is_same(past.last, figures) is True


def repeats_final(
    past: CountHistory, as_of: datetime, figures: Tally | TurnoutFigures
) -> datetime | None:
    """Moment of the final report whose figures are said again, later; None when they are not."""
    last = past.reports[-1].as_of if past.reports else None
    if not past.final or last is None or as_of < last:
        return None
    return last if _is_same(past.last, figures) is True else None


def _is_same(last: Tally | Poll | None, figures: Tally | TurnoutFigures) -> bool | None:
    """Whether figures are those of the last report; None where documents show only a part."""
    if last is None:
        return None
    if isinstance(figures, Tally) or isinstance(last, Tally):
        return _without_reason(last) == _without_reason(figures)
    shown = (
        (last.electors, figures.electors),
        (last.voters, figures.voters),
        (last.overseas_electors, figures.overseas_electors),
        (last.overseas_voters, figures.overseas_voters),
    )
    if any((there.male, there.female) != (here.male, here.female) for there, here in shown):
        return False
    # How they voted stands in no document of the unit.
    return None if figures.by_method is not None else True


def _without_reason(figures: Tally | TurnoutFigures | Poll) -> Tally | TurnoutFigures | Poll:
    """Figures without why there are no pools: a log of earlier rules does not record it."""
    if not isinstance(figures, Tally):
        return figures
    return msgspec.structs.replace(figures, pools_unstated="")


def contradiction(
    past: CountHistory, topic: str, as_of: datetime, figures: Tally | TurnoutFigures
) -> str:
    """Why a report cannot follow what is on record, in Japanese; empty when it may."""
    at_moment = [row for row in past.reports if row.topic == topic and row.as_of == as_of]
    if at_moment:
        is_other = at_moment[-1] is past.reports[-1] and _is_same(past.last, figures) is False
        # Which figures an earlier one had is not shown: the log compares the content.
        return f"同じ時刻の報告が別の数字で記録されています。{_FINAL}" if is_other else ""
    return f"すでに確定しています。{_FINAL}" if past.final else ""


def correction_fault(
    past: CountHistory, figures: Tally | TurnoutFigures, reason: str, *, is_older: bool
) -> str:
    """Why a correction cannot be made from a table, in Japanese; empty when it can.

    Args:
        past: What is on record.
        figures: The corrected figures.
        reason: Why.
        is_older: Whether the correction states an earlier moment than the last report.
    """
    if not reason:
        return "訂正には理由が要ります。「理由」の列に記入してください。"
    # A wrong moment is put right with the figures as they are; an old row of a table is no such.
    if is_older and _is_same(past.last, figures) is not True:
        return (
            "この訂正より後の時刻の報告が記録されています。時刻を確かめてください"
            "（時刻だけを直すときは、数字を最後の報告と同じにします）。"
        )
    return ""
