"""Last time beside this time: who held a seat, whether it was held or gained, the swing.

Everything here follows from what is recorded of the last election. Nothing is said of what is not
recorded, and of nobody before the seat is declared.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from aggregates.election.ballot import Candidate, PartyList
from aggregates.election.particulars import (
    PreviousContest,
    PreviousHolder,
    PreviousShare,
    PreviousTurnout,
    Relation,
)
from aggregates.reference.japan_time import time_of_day
from aggregates.reference.name_folding import fold_shape
from projections.documents.models import OptionRow, Poll, Votes, both_forms, percent
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.statutory_lines import contest_full_seats

HoldGain = Literal["hold", "gain", "new"]
"""維持, 奪取, 新設: the party has the seat as before, another had it, there was no such seat."""

PartyKey = tuple[str, str]
"""(id of a party of this election, name of one that is not); both empty for independents."""


class SeatChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Seats of a party in a contest, before and now.

    Attributes:
        party: Party id; empty for independents, and where `party_name` is a party of then.
        party_name: A party that is not of this election.
        before: Seats last time.
        now: Seats by declaration.
    """

    before: int
    now: int
    party: str = ""
    party_name: str = ""

    @property
    def change(self) -> int:
        """How many more than before."""
        return self.now - self.before


class PreviousVotesRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who stood last time.

    Attributes:
        name: Name of the person; empty for a list.
        party: Party id; empty for independents, and where `party_name` is a party of then.
        party_name: A party that is not of this election.
        votes: Votes.
        share_percent: Votes / votes of all who stood.
    """

    votes: Votes
    share_percent: float | None
    name: str = ""
    party: str = ""
    party_name: str = ""


class ContestLastTime(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """前回: what is recorded of the contest that this one is compared with.

    Attributes:
        election: What the last election was called; left out where it is not recorded.
        polling_day: Its polling day; left out where it is not recorded.
        relation: `same`; `redrawn`: another area, so shares are not compared; `new`: there was
            no such contest.
        name: What the contest was called, where it was called otherwise.
        holders: Who was elected; empty where it is not recorded.
        votes: Who stood, the most votes first; empty where they are not recorded.
        turnout_percent: 投票率 at the hour of `turnout_at`; left out where it is not recorded of
            the hour to which the turnout of now belongs.
        turnout_at: Hour and minute of the day, as of the latest report of now; left out for the
            final one.
        hold_gain: Contests of one seat that is declared: `hold`, `gain`, or `new`.
        seat_changes: Seats by party before and now, once declared; empty before it, where it is
            not recorded who was elected, and where only some of those seats are filled now.
        swing: Option id -> percentage points of the votes more than last time: of the one
            candidate or list of a party then and now, else of the same person. Once every figure
            is final, and only in a contest that is the `same`.
    """

    relation: Relation = "same"
    election: str = ""
    polling_day: date | None = None
    name: str = ""
    holders: tuple[PreviousHolder, ...] = ()
    votes: tuple[PreviousVotesRow, ...] = ()
    turnout_percent: float | None = None
    turnout_at: str = ""
    hold_gain: HoldGain | None = None
    seat_changes: tuple[SeatChange, ...] = ()
    swing: dict[str, float] = {}


def last_time(
    state: ElectionState, contest: ContestRecord, rows: Iterable[OptionRow], poll: Poll
) -> ContestLastTime | None:
    """What is recorded of the last time, beside the figures of now; None where nothing is.

    Args:
        state: What the log says so far.
        contest: The contest.
        rows: Its options with their votes.
        poll: Its turnout.
    """
    register = state.register()
    before = register.previous_contests.get(contest.facts.id)
    if before is None:
        return None
    turnout = _same_hour(contest, before, poll)
    return ContestLastTime(
        relation=before.relation,
        election=register.previous.name,
        polling_day=register.previous.polling_day,
        name=before.name,
        holders=before.holders,
        votes=_vote_rows(before),
        turnout_percent=turnout.rate / 100 if turnout is not None else None,
        turnout_at=turnout.at if turnout is not None else "",
        hold_gain=hold_gain(state, contest),
        seat_changes=seat_changes(state, contest),
        swing=contest_swing(state, contest, rows),
    )


def _vote_rows(before: PreviousContest) -> tuple[PreviousVotesRow, ...]:
    whole = sum(each.votes for each in before.votes)
    return tuple(
        PreviousVotesRow(
            votes=both_forms(each.votes),
            share_percent=percent(each.votes, whole),
            name=each.name,
            party=each.party,
            party_name=each.party_name,
        )
        for each in sorted(before.votes, key=lambda each: -each.votes)
    )


def _same_hour(
    contest: ContestRecord, before: PreviousContest, poll: Poll
) -> PreviousTurnout | None:
    """Turnout of then at the hour to which the turnout of now belongs."""
    if not poll.units or not poll.reporting:
        return None
    if poll.final == poll.units:
        at = ""
    else:
        # Figures of some units, or of several hours, have no counterpart of then.
        moments = {count.turnout.as_of for count in contest.counts.values()}
        moment = moments.pop() if len(moments) == 1 else None
        if moment is None:
            return None
        at = time_of_day(moment)
    return next((each for each in before.turnout if each.at == at), None)


# --- seats ----------------------------------------------------------------------------------------


def seat_changes(state: ElectionState, contest: ContestRecord) -> tuple[SeatChange, ...]:
    """Seats by party before and now, once declared; nothing where that is not known."""
    before = state.register().previous_contests.get(contest.facts.id)
    if before is None or not before.holders or contest.declared is None:
        return ()
    then = Counter[PartyKey]()
    for each in before.holders:
        then[(each.party, each.party_name)] += each.seats
    filled = contest.facts.seats
    if then.total() > filled and filled < contest_full_seats(state, contest):
        # A by-election: most of who was elected then sit on, and nobody lost their seats.
        return ()
    now = _declared_seats(contest)
    keys = sorted({*then, *now}, key=lambda key: (-now[key], -then[key], key))
    return tuple(
        SeatChange(before=then[key], now=now[key], party=key[0], party_name=key[1]) for key in keys
    )


def _declared_seats(contest: ContestRecord) -> Counter[PartyKey]:
    seats = Counter[PartyKey]()
    if contest.declared is None:
        return seats
    won = (
        contest.declared.list_seats
        if contest.is_list
        else dict.fromkeys(contest.declared.elected, 1)
    )
    for option_id, number in won.items():
        option = contest.options[option_id]
        if number and isinstance(option, Candidate | PartyList):
            seats[(option.party, "")] += number
    return seats


def hold_gain(state: ElectionState, contest: ContestRecord) -> HoldGain | None:
    """Whether the one seat of a contest was held or gained; None before the declaration.

    An independent holds a seat that the same person had; another independent gains it.
    """
    before = state.register().previous_contests.get(contest.facts.id)
    declared = contest.declared
    if before is None or declared is None or contest.facts.seats != 1 or contest.is_list:
        return None
    winner = contest.options[declared.elected[0]] if declared.elected else None
    if not isinstance(winner, Candidate):
        return None
    if before.relation == "new":
        return "new"
    # One seat of several that a party had then has no counterpart of its own.
    if sum(each.seats for each in before.holders) != 1:
        return None
    return _is_held(before.holders[0], winner)


def _is_held(holder: PreviousHolder, winner: Candidate) -> HoldGain | None:
    if winner.party or holder.party or holder.party_name:
        return "hold" if winner.party and winner.party == holder.party else "gain"
    if not holder.name:
        return None
    return "hold" if fold_shape(winner.name) == fold_shape(holder.name) else "gain"


# --- shares ---------------------------------------------------------------------------------------


def contest_swing(
    state: ElectionState, contest: ContestRecord, rows: Iterable[OptionRow]
) -> dict[str, float]:
    """Percentage points more than last time, by option; only once every figure is final."""
    before = state.register().previous_contests.get(contest.facts.id)
    if before is None or not contest.complete or contest.uncontested:
        return {}
    return _swing(before, rows)


def _swing(before: PreviousContest, rows: Iterable[OptionRow]) -> dict[str, float]:
    if before.relation != "same" or not before.votes:
        return {}
    standing = [row for row in rows if not row.withdrawn and row.votes is not None]
    now = {row.id: row.votes.thousandths for row in standing if row.votes is not None}
    whole_now, whole_then = sum(now.values()), sum(each.votes for each in before.votes)
    if not whole_now or not whole_then:
        return {}
    then = _pair(before.votes, standing)
    points = {
        option: percent(now[option] * whole_then - votes * whole_now, whole_now * whole_then)
        for option, votes in then.items()
    }
    return {option: found for option, found in points.items() if found is not None}


def _pair(then: tuple[PreviousShare, ...], now: list[OptionRow]) -> dict[str, int]:
    """Option of now -> votes of then of its party, else of the person; only where one is meant."""
    parties_now = Counter(row.party for row in now)
    parties_then = Counter(each.party for each in then)
    names_now = Counter(fold_shape(row.name) for row in now)
    names_then = Counter(fold_shape(each.name) for each in then if each.name)
    found: dict[str, int] = {}
    for row in now:
        name = fold_shape(row.name)
        if row.party and parties_now[row.party] == parties_then[row.party] == 1:
            found[row.id] = next(each.votes for each in then if each.party == row.party)
        elif names_now[name] == names_then[name] == 1:
            found[row.id] = next(each.votes for each in then if fold_shape(each.name) == name)
    return found
