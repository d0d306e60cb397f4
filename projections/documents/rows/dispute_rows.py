"""A decision or judgment that took winners back: what votes again, and who keeps a seat."""

import msgspec

from aggregates.counting.declaration import SettingAsideGround
from aggregates.counting.winners.disputed import (
    HiddenInvalid,
    is_beyond_votes,
    seat_keepers,
    votes_left,
)
from projections.state.records import ContestRecord


class HiddenInvalidRow(msgspec.Struct, frozen=True, kw_only=True):
    """Invalid ballots that were counted, taken off in proportion (POEA 209-2).

    Attributes:
        unit: The counting district.
        ballots: How many.
        votes: What everybody has left there, exact: `297`, or a fraction such as `593/2`; null
            where its sheet was replaced by one without so many votes.
    """

    unit: str
    ballots: int
    votes: dict[str, str] | None


class DisputeRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a decision or judgment says beyond taking the winners back.

    Attributes:
        ground: objection, review or judgment.
        decision: Authority, day, number.
        area: Units that vote again, as the election was invalid there (POEA 205(1)).
        electors: Electors of the area; left out while a unit has not reported them.
        keeps_seat: Who keeps the seat meanwhile, as nobody can come past (POEA 205(2), (3)); left
            out where it cannot be said: figures are missing, or equals contend. For lists the
            earlier decision holds until the next one is published (205(5)).
        hidden_invalid: Invalid ballots that were counted.
    """

    ground: SettingAsideGround
    decision: str
    area: tuple[str, ...] = ()
    electors: int | None = None
    keeps_seat: tuple[str, ...] | None = None
    hidden_invalid: tuple[HiddenInvalidRow, ...] = ()


def dispute_row(contest: ContestRecord) -> DisputeRow | None:
    """The decision that took the winners back; None where it says nothing of ballots or areas."""
    if contest.set_aside is None:
        return None
    _, event = contest.set_aside
    if not (event.area or event.hidden_invalid):
        return None
    electors = _electors(contest, event.area)
    return DisputeRow(
        ground=event.ground,
        decision=event.decision,
        area=event.area,
        electors=electors,
        keeps_seat=_keeps_seat(contest, event.area, electors),
        hidden_invalid=tuple(
            HiddenInvalidRow(unit=each.unit, ballots=each.ballots, votes=_left(contest, each))
            for each in event.hidden_invalid
        ),
    )


def _left(contest: ContestRecord, hidden: HiddenInvalid) -> dict[str, str] | None:
    count = contest.counts.get(hidden.unit)
    tally = count.tally if count is not None else None
    if tally is None or is_beyond_votes(hidden, tally):
        return None
    return {option: str(own) for option, own in votes_left(hidden, tally).items()}


def _electors(contest: ContestRecord, area: tuple[str, ...]) -> int | None:
    counts = [contest.counts[unit] for unit in area if unit in contest.counts]
    figures = [each.turnout.figures for each in counts]
    known = [each.electors.total for each in figures if each is not None]
    return sum(known) if area and len(known) == len(area) else None


def _keeps_seat(
    contest: ContestRecord, area: tuple[str, ...], electors: int | None
) -> tuple[str, ...] | None:
    others = [count for unit, count in contest.counts.items() if unit not in area]
    sheets = [count.tally for count in others if count.tally is not None and count.settled]
    if contest.rule.ballot != "persons" or electors is None or len(sheets) < len(others):
        return None
    standing = [each for each in contest.options if each not in contest.withdrawn]
    outside = {each: sum(sheet.votes.get(each, 0) for sheet in sheets) for each in standing}
    return seat_keepers(outside, contest.facts.seats, electors)
