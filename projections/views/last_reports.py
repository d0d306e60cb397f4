"""The report that stands of a count, as the next one is compared with it."""

from datetime import datetime

import msgspec

from aggregates.counting.count_events import CountReturned, TallyEvent
from aggregates.counting.turnout import TurnoutEvent, TurnoutFigures
from aggregates.election.tally import Tally
from projections.state.records import CountRecord


class LastTally(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The report that stands.

    Attributes:
        report: Its number in the count: what a correction supersedes.
        position: Its place in the log.
        as_of: The moment it states.
        recorded_at: When the log took it.
        office: Who sent it.
        final: Whether its figures are final.
        tally: Its figures.
        notices: Codes of its warnings.
    """

    report: int
    position: int
    as_of: datetime
    recorded_at: datetime
    office: str
    final: bool
    tally: Tally
    notices: tuple[str, ...] = ()


class LastTurnout(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The turnout report that stands; see `LastTally`."""

    report: int
    position: int
    as_of: datetime
    final: bool
    figures: TurnoutFigures
    notices: tuple[str, ...] = ()


def last_tally(count: CountRecord) -> LastTally | None:
    """The tally that stands; None before the first."""
    sheets = ((at, e) for at, e in reversed(count.history) if isinstance(e, TallyEvent))
    position, event = next(sheets, (0, None))
    if event is None:
        return None
    return LastTally(
        report=event.originator_version,
        position=position,
        as_of=event.as_of,
        recorded_at=event.timestamp,
        office=event.provenance.office,
        final=event.is_final,
        tally=event.tally,
        notices=tuple(notice.code for notice in event.notices),
    )


def reason_for_return(count: CountRecord) -> str:
    """Why the prefecture returned the count; empty unless it is returned."""
    if count.state != "returned":
        return ""
    reasons = (e.reason for _, e in reversed(count.history) if isinstance(e, CountReturned))
    return next(reasons, "")


def last_turnout(count: CountRecord) -> LastTurnout | None:
    """The turnout report that stands; None before the first."""
    reports = ((at, e) for at, e in reversed(count.turnout.history) if isinstance(e, TurnoutEvent))
    position, event = next(reports, (0, None))
    if event is None:
        return None
    return LastTurnout(
        report=event.originator_version,
        position=position,
        as_of=event.as_of,
        final=count.turnout.final,
        figures=event.figures,
        notices=tuple(notice.code for notice in event.notices),
    )
