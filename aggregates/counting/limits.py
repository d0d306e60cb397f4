"""The limits that reports of one unit have to keep together, whichever report comes last.

Each limit names the reports that can break it and is asked at every one of them, so that no order
of reports passes what another refuses. A hard limit refuses; a soft one is recorded as a notice
with the report that broke it. What a sheet or a report must be by itself is asked by its aggregate
(`aggregates/election/tally.py`, `aggregates/counting/turnout.py`), its moment by
`aggregates/counting/moments.py`, units of a contest by
`aggregates/election/contests/unit_overlap.py`.
docs/limits.md has the whole table.
"""

from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple, get_args

import msgspec

from aggregates.counting.checks import CheckContext, Notice, against_turnout, high_turnout
from aggregates.counting.turnout import TurnoutFigures
from aggregates.counting.turnout_checks import OtherTurnout, TurnoutContext, turnout_notices
from aggregates.counting.vote_shares import compare_shares
from aggregates.election.tally import Tally
from aggregates.errors import BallotsExceedElectors, VotersExceedElectors
from aggregates.errors.base import Refusal
from aggregates.rules import CURRENT_RULES

Report = Literal["tally", "tally-correction", "turnout", "turnout-correction"]

_TALLIES: Final[frozenset[Report]] = frozenset({"tally", "tally-correction"})
_TURNOUTS: Final[frozenset[Report]] = frozenset({"turnout", "turnout-correction"})
_CUT_PER_OPTION: Final = 10
"""Thousandths: each pool of shared votes cuts less than one thousandth per name in it (POEA 68-2),
and nobody is in ten pools."""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one contest in one unit as they would stand after a report.

    Attributes:
        report: What is being reported.
        tally: The sheet that would be the latest; None before the first.
        tally_final: Whether it is final.
        turnout: The turnout that would be the latest; None before the first.
        turnout_final: Whether it is final.
        last_turnout: The turnout before this report.
        other_turnouts: Of the same unit in other contests.
        neighbours: Final sheets of units near this one in the same contest.
        last_rate: Turnout here at the last election, in hundredths of a percent.
        rules: Number of the rules under which it is decided.
    """

    report: Report
    tally: Tally | None = None
    tally_final: bool = False
    turnout: TurnoutFigures | None = None
    turnout_final: bool = False
    last_turnout: TurnoutFigures | None = None
    other_turnouts: Sequence[OtherTurnout] = ()
    neighbours: Sequence[Tally] = ()
    last_rate: int | None = None
    rules: int = CURRENT_RULES


class HardLimit(NamedTuple):
    """A limit that no accepted sequence of reports breaks.

    Attributes:
        name: What has to hold.
        asked_by: The reports that can break it.
        find_breach: The refusal when it would not hold.
    """

    name: str
    asked_by: frozenset[Report]
    find_breach: Callable[[Situation], Refusal | None]


class SoftLimit(NamedTuple):
    """A limit that reports may break, with a notice.

    Attributes:
        name: What usually holds.
        asked_by: The reports that can break it.
        find_notices: What to record when it does not, given what the sender wrote.
    """

    name: str
    asked_by: frozenset[Report]
    find_notices: Callable[[Situation, str], Sequence[Notice]]


def require_within_limits(situation: Situation) -> None:
    """Refuse a report after which a hard limit would not hold.

    Raises:
        BallotsExceedElectors: More ballots than electors.
        VotersExceedElectors: A sheet with more voters than electors.
    """
    for limit in _HARD[situation.report]:
        breach = limit.find_breach(situation)
        if breach is not None:
            raise breach


def find_notices(situation: Situation, reason: str = "") -> tuple[Notice, ...]:
    """What a report has to record, in the order of the table."""
    found: list[Notice] = []
    for limit in _SOFT[situation.report]:
        found += limit.find_notices(situation, reason)
    return tuple(found)


def _ballots_beyond_electors(situation: Situation) -> Refusal | None:
    tally, turnout = situation.tally, situation.turnout
    if tally is None or turnout is None or tally.ballots_at_least <= turnout.electors.total:
        return None
    return BallotsExceedElectors(ballots=tally.ballots_at_least, electors=turnout.electors.total)


def _voters_beyond_electors(situation: Situation) -> Refusal | None:
    tally, turnout = situation.tally, situation.turnout
    if tally is None or turnout is None or tally.voters is None:
        return None
    if tally.voters <= turnout.electors.total:
        return None
    return VotersExceedElectors(
        voters=tally.voters, electors=turnout.electors.total, field="開票の投票者数"
    )


def _check_tally_beside_turnout(situation: Situation, reason: str) -> Sequence[Notice]:
    """At a turnout report; a tally asks the same of itself."""
    tally, turnout = situation.tally, situation.turnout
    if tally is None or turnout is None:
        return ()
    electors = turnout.electors.total
    voters = turnout.voters.total if situation.turnout_final else None
    around = CheckContext(electors=electors, voters=voters)
    return (*against_turnout(tally, around, reason), *high_turnout(tally, around, reason))


def _check_turnout(situation: Situation, reason: str) -> Sequence[Notice]:
    if situation.turnout is None:
        return ()
    around = TurnoutContext(
        last=situation.last_turnout,
        others=situation.other_turnouts,
        last_rate=situation.last_rate,
        corrects=situation.report == "turnout-correction",
    )
    return turnout_notices(situation.turnout, around, final=situation.turnout_final, reason=reason)


def _check_ballots_within_voters(situation: Situation, reason: str) -> Sequence[Notice]:
    """Of an interim sheet: a final one says the same with figure G below zero."""
    tally = situation.tally
    if tally is None or situation.tally_final or tally.voters is None:
        return ()
    ballots, voters = tally.ballots_at_least, tally.voters
    if ballots <= voters:
        return ()
    return (Notice(code="ballots-beyond-voters", before=voters, now=ballots, reason=reason),)


def _check_cut(situation: Situation, reason: str) -> Sequence[Notice]:
    tally = situation.tally
    if tally is None or not tally.cut:
        return ()
    usual = len(tally.votes) * _CUT_PER_OPTION
    if tally.cut <= usual:
        return ()
    return (Notice(code="cut-many", before=usual, now=tally.cut, reason=reason),)


def _check_shares(situation: Situation, reason: str) -> Sequence[Notice]:
    tally = situation.tally
    if tally is None or not situation.tally_final or not situation.neighbours:
        return ()
    return tuple(compare_shares(tally, situation.neighbours, reason, rules=situation.rules))


HARD_LIMITS: Final = (
    HardLimit("ballots are at most the electors", _TALLIES | _TURNOUTS, _ballots_beyond_electors),
    HardLimit("voters are at most the electors", _TALLIES | _TURNOUTS, _voters_beyond_electors),
)

SOFT_LIMITS: Final = (
    SoftLimit("turnout is like what is known of it", _TURNOUTS, _check_turnout),
    SoftLimit("sheet and turnout agree", _TURNOUTS, _check_tally_beside_turnout),
    SoftLimit("an interim sheet has voters enough", _TALLIES, _check_ballots_within_voters),
    SoftLimit("little is cut where votes are shared", _TALLIES, _check_cut),
    SoftLimit("shares are like the neighbours'", _TALLIES, _check_shares),
)

_REPORTS: Final[tuple[Report, ...]] = get_args(Report)
_HARD: Final = {
    each: [limit for limit in HARD_LIMITS if each in limit.asked_by] for each in _REPORTS
}
_SOFT: Final = {
    each: [limit for limit in SOFT_LIMITS if each in limit.asked_by] for each in _REPORTS
}
