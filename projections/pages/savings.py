"""効果の見える化: how long it took from the close of the polls, and what nobody had to type again.

Times are those that the sheets state, not when the log took them, so that a rehearsal played at
any speed says what its night would have taken.
"""

from collections import Counter
from datetime import datetime, timedelta, timezone
from statistics import median
from typing import NamedTuple

from aggregates.count import TallyCorrected, TallyEvent
from aggregates.tally import Tally
from aggregates.turnout import TurnoutEvent
from projections.records import CountRecord
from projections.state import NightState

_JST = timezone(timedelta(hours=9))
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


class Savings(NamedTuple):
    """The figures of the page.

    Attributes:
        times: Per kind of contest.
        reports: Reports of counts and turnouts.
        figures: Figures in them.
        retypings: Figures that nobody had to type again.
        corrections: Corrections of what had been published.
        warned: Reports that were recorded with a warning.
        on_behalf: Reports sent by an office for a unit that is not its own.
    """

    times: list[KindTimes]
    reports: int
    figures: int
    retypings: int
    corrections: int
    warned: int
    on_behalf: int


def savings(night: NightState) -> Savings:
    """Count what the night took and what it saved."""
    by_kind: dict[str, list[CountRecord]] = {}
    tally = Counter[str]()
    for contest in night.contests.values():
        if not contest.uncontested:
            counts = by_kind.setdefault(contest.facts.kind, [])
            counts.extend(contest.counts.values())
    for counts in by_kind.values():
        for count in counts:
            _add(tally, count)
    close = _close(night)
    return Savings(
        times=[_times(kind, counts, close) for kind, counts in by_kind.items()],
        reports=tally["reports"],
        figures=tally["figures"],
        retypings=tally["figures"] * RETYPINGS,
        corrections=len(night.corrections),
        warned=tally["warned"],
        on_behalf=tally["on_behalf"],
    )


def _close(night: NightState) -> datetime:
    day = night.register().facts.polling_day
    return datetime(day.year, day.month, day.day, _POLLS_CLOSE_HOUR, tzinfo=_JST)


def _add(tally: Counter[str], count: CountRecord) -> None:
    for _, event in (*count.history, *count.turnout.history):
        if isinstance(event, TallyEvent):
            tally["figures"] += _figures(event.tally)
            tally["warned"] += bool(event.notices)
        elif isinstance(event, TurnoutEvent):
            tally["figures"] += 4
        else:
            continue
        tally["reports"] += 1
        tally["on_behalf"] += event.provenance.on_behalf


def _figures(sheet: Tally) -> int:
    """Figures on a sheet: one per option, two per justice, and D to I."""
    return len(sheet.votes) + len(sheet.no or {}) + 6


def _times(kind: str, counts: list[CountRecord], close: datetime) -> KindTimes:
    found = sorted(
        minutes for minutes in (_minutes(count, close) for count in counts) if minutes is not None
    )
    on_time = sum(minutes <= _LATE_MINUTES for minutes in found)
    return KindTimes(
        kind=kind,
        units=len(found),
        expected=len(counts),
        first=found[0] if found else 0,
        middle=round(median(found)) if found else 0,
        most=found[(len(found) * 9 - 1) // 10] if found else 0,
        last=found[-1] if found else 0,
        late=len(counts) - on_time,
        by_hour=dict(sorted(Counter(minutes // 60 for minutes in found).items())),
    )


def _minutes(count: CountRecord, close: datetime) -> int | None:
    """Minutes until the first final sheet; later corrections do not make it later."""
    for _, event in count.history:
        if isinstance(event, TallyEvent) and event.is_final:
            if isinstance(event, TallyCorrected) and not event.final:
                continue
            return max(0, int((event.as_of - close).total_seconds() // 60))
    return None
