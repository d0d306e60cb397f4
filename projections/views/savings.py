"""効果の見える化: how long it took from the close of the polls, and what nobody had to type again.

Times are those that the sheets state, not when the log took them, so that a rehearsal played at
any speed says what its night would have taken. An earlier night is measured by the same rules from
the documents it published, so two nights can be put side by side.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from statistics import median
from typing import NamedTuple

from aggregates.counting.checks import has_warning
from aggregates.counting.count_events import TallyCorrected, TallyFinalised
from aggregates.reference.japan_time import JAPAN_TIME
from projections.documents.district_document import DistrictDocument, UnitContest
from projections.state.election_state import ElectionState
from projections.state.records import CountRecord

_POLLS_CLOSE_HOUR = 20
_LATE_MINUTES = 7 * 60
RETYPINGS = 2
"""Centre to prefecture and prefecture to ministry: each figure was typed again at both."""


class KindTimes(NamedTuple):
    """Minutes from the close of the polls (20:00) to the final sheet, per kind of contest.

    Attributes:
        kind: Kind of contest.
        units: Counts with a final sheet.
        expected: Counts in the register.
        first: The quickest.
        middle: The median.
        most: By when nine in ten were final.
        last: The slowest.
        late: Final later than seven hours after the close, or not at all.
        by_hour: Hour after the close -> counts that became final in it.
    """

    kind: str
    units: int
    expected: int
    first: int
    middle: int
    most: int
    last: int
    late: int
    by_hour: dict[int, int]


class Course(NamedTuple):
    """How a night went.

    Attributes:
        times: Per kind of contest.
        reports: Reports of counts and turnouts.
        corrections: Corrections of what had been published.
        warned: Reports that were recorded with a warning.
        on_behalf: Reports sent by an office for a unit that is not its own.
    """

    times: list[KindTimes]
    reports: int
    corrections: int
    warned: int
    on_behalf: int

    def of(self, kind: str) -> KindTimes | None:
        """The times of a kind of contest, where any count of it became final."""
        return next((each for each in self.times if each.kind == kind and each.units), None)


class Savings(NamedTuple):
    """The figures of the page.

    Attributes:
        course: How the night went.
        figures: Figures in the reports.
        retypings: Figures that nobody had to type again.
    """

    course: Course
    figures: int
    retypings: int


class _Found(NamedTuple):
    """What one count adds."""

    kind: str
    minutes: int | None
    reports: int
    warned: int
    on_behalf: int


def savings(state: ElectionState) -> Savings:
    """Count what the night took and what it saved."""
    counts = [
        count
        for contest in state.contests.values()
        if not contest.uncontested
        for count in contest.counts.values()
    ]
    day = state.register().facts.polling_day
    figures = sum(count.effort.figures for count in counts)
    # A poll that moved, or was held again, closes on a day of its own (POEA 57, 86-4(7)).
    closes = {count.contest.facts.id: _close(count.contest.facts.held_on(day)) for count in counts}
    found = (_saved_work(count, closes[count.contest.facts.id]) for count in counts)
    course = _course(found, len(state.corrections))
    return Savings(course, figures, figures * RETYPINGS)


def course_from_documents(
    polling_day: date, districts: Iterable[DistrictDocument], corrections: int
) -> Course:
    """How a night went, from the documents of its counting districts.

    Args:
        polling_day: The day of the poll.
        districts: Every counting district.
        corrections: How many corrections were published.
    """
    contests = (c for each in districts for c in each.contests if not c.uncontested)
    found = (_from_documents(each, _close(each.polling_day or polling_day)) for each in contests)
    return _course(found, corrections)


def _close(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, _POLLS_CLOSE_HOUR, tzinfo=JAPAN_TIME)


def _course(found: Iterable[_Found], corrections: int) -> Course:
    by_kind: dict[str, list[int | None]] = {}
    sums = Counter[str]()
    for each in found:
        by_kind.setdefault(each.kind, []).append(each.minutes)
        sums["reports"] += each.reports
        sums["warned"] += each.warned
        sums["on_behalf"] += each.on_behalf
    return Course(
        times=[_times(kind, minutes) for kind, minutes in by_kind.items()],
        reports=sums["reports"],
        corrections=corrections,
        warned=sums["warned"],
        on_behalf=sums["on_behalf"],
    )


def _saved_work(count: CountRecord, close: datetime) -> _Found:
    effort = count.effort
    return _Found(
        kind=count.contest.facts.kind,
        minutes=None if effort.final_at is None else _since(close, effort.final_at),
        reports=effort.sheets + effort.polls,
        warned=effort.warned,
        on_behalf=effort.on_behalf,
    )


def _since(close: datetime, moment: datetime) -> int:
    return max(0, int((moment - close).total_seconds() // 60))


def _from_documents(contest: UnitContest, close: datetime) -> _Found:
    sheets = [report for report in contest.reports if report.as_of is not None]
    final = _first_final(contest)
    return _Found(
        kind=contest.contest.partition("/")[0],
        minutes=None if final is None else _since(close, final),
        reports=len(sheets) + len(contest.turnout_reports),
        warned=sum(has_warning(each.notices) for each in (*sheets, *contest.turnout_reports)),
        on_behalf=sum(each.on_behalf for each in (*sheets, *contest.turnout_reports)),
    )


def _first_final(contest: UnitContest) -> datetime | None:
    """The moment of the final sheet; where only a correction was final, of the last one."""
    at = {report.topic: report.as_of for report in reversed(contest.reports)}
    if TallyFinalised.TOPIC in at:
        return at[TallyFinalised.TOPIC]
    corrected = [r.as_of for r in contest.reports if r.topic == TallyCorrected.TOPIC]
    return corrected[-1] if corrected and contest.status in {"final", "corrected"} else None


def _times(kind: str, minutes: list[int | None]) -> KindTimes:
    found = sorted(each for each in minutes if each is not None)
    on_time = sum(each <= _LATE_MINUTES for each in found)
    return KindTimes(
        kind=kind,
        units=len(found),
        expected=len(minutes),
        first=found[0] if found else 0,
        middle=round(median(found)) if found else 0,
        most=found[(len(found) * 9 - 1) // 10] if found else 0,
        last=found[-1] if found else 0,
        late=len(minutes) - on_time,
        by_hour=dict(sorted(Counter(each // 60 for each in found).items())),
    )
