"""What cumulative reports have in common: they come in order, and a correction names its report.

Counts and turnout differ in their figures and in the sentence that says a final one stands; the
order of reports is the same rule for both.
"""

from datetime import datetime
from typing import Protocol

from aggregates.errors import (
    CorrectionChangesNothing,
    NothingToCorrect,
    ReportNotLatest,
    ReportOlderThanLast,
    SupersedesAnother,
)


class Reports(Protocol):
    """Where a stream of cumulative reports stands."""

    @property
    def latest(self) -> object:
        """Figures of the latest report; None before the first."""

    @property
    def latest_report(self) -> int:
        """Its number in the stream."""

    @property
    def is_final(self) -> bool:
        """Whether it is final."""

    @property
    def as_of(self) -> datetime | None:
        """The moment it states."""


def require_not_older(reports: Reports, as_of: datetime) -> None:
    """Refuse a report that states a moment before the last one's: it arrived late.

    Raises:
        ReportOlderThanLast: Names both moments.
    """
    if reports.as_of is not None and as_of < reports.as_of:
        raise ReportOlderThanLast(as_of=as_of.isoformat(), last=reports.as_of.isoformat())


def require_looked_at(reports: Reports, report: int | None) -> None:
    """Refuse what was decided on a report that another one has followed meanwhile.

    Raises:
        ReportNotLatest: See there.
    """
    if report is not None and report != reports.latest_report:
        raise ReportNotLatest(named=report, latest=reports.latest_report)


def require_replaces(
    reports: Reports,
    figures: object,
    as_of: datetime,
    *,
    final: bool,
    supersedes: int,
    any_moment: bool,
) -> None:
    """Refuse a correction that replaces nothing, another report, or changes nothing.

    There is no rule on its order: what it replaces is named, and a wrong time can be the mistake.

    Args:
        reports: What is recorded.
        figures: The right ones.
        as_of: The moment they are of.
        final: Whether they are final.
        supersedes: Number of the report that is replaced.
        any_moment: Whether a later moment alone is a change, as an earlier one is (rules 2).

    Raises:
        NothingToCorrect: No report yet.
        SupersedesAnother: The report named is not the latest one.
        CorrectionChangesNothing: Same figures of the same moment; under rules 1 of a later one too.
    """
    if reports.latest is None or reports.as_of is None:
        raise NothingToCorrect
    if supersedes != reports.latest_report:
        raise SupersedesAnother(named=supersedes, latest=reports.latest_report)
    same = figures == reports.latest and final == reports.is_final
    moved = as_of != reports.as_of if any_moment else as_of < reports.as_of
    if same and not moved:
        raise CorrectionChangesNothing
