"""`results`: one row per contest, enough for most who want to know how an election went."""

from typing import Literal

import msgspec

from aggregates.counting.outcome import Outcome
from aggregates.election.ballot import PartyList
from projections.documents import document_parts
from projections.documents.models import Head, OptionRow, Progress, Votes, both_forms
from projections.documents.rows.last_time_rows import HoldGain, SeatChange
from projections.documents.rows.option_rows import option_rows
from projections.documents.rows.race_standing import race_standing
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import outcome_so_far

ContestStatus = Literal["none", "counting", "complete", "uncontested", "declared", "contested"]


class WinnerRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a seat, or is next to it.

    Attributes:
        id: Stable id of the candidate or the member of a list.
        name: Name.
        party: Party id; empty for independents.
        votes: Own votes in this contest; null where nobody votes for the person, or nobody votes.
    """

    id: str
    name: str
    party: str
    votes: Votes | None


class ListSeatsRow(msgspec.Struct, frozen=True, kw_only=True):
    """A list with its votes and seats.

    Attributes:
        id: Stable id.
        name: Name.
        party: Party id.
        votes: Its votes; null before any report, and where nobody votes.
        seats: Seats by declaration; null before it.
        projected_seats: Seats by D'Hondt on the votes so far; null without a vote, and where a lot
            is to be drawn.
    """

    id: str
    name: str
    party: str
    votes: Votes | None
    seats: int | None
    projected_seats: int | None


class ContestResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A contest in one row.

    Attributes:
        contest: Id.
        name: Name.
        kind: Kind of contest.
        seats: Seats to be filled.
        prefectures: Codes of the prefectures of its units.
        status: `none` before any report; `counting`; `complete`: every figure is final and nobody
            decided yet; `contested`: a figure was returned; `uncontested`: nobody votes and nobody
            decided yet; `declared`.
        progress: From the register.
        elected: Declared winners in the order of the decision; before that, once every figure is
            final, whom the law names. Empty before.
        dismissed: Justices dismissed by declaration, ids.
        adopted: Options adopted by declaration, ids.
        vacant: Seats that the declaration gives to nobody; null before it.
        runner_up: 次点; null before every figure is final, where several have equally many votes
            or a lot is to be drawn, and of lists.
        margin: Votes between the last of the elected and the most of the others; null without any.
        margin_percent: The margin in percent of the votes of all who stand.
        revived: 比例復活: losers here who are elected by a list, by its declaration.
        lists: Lists with their seats, in order of the ballot.
        ballots: F; null before any report.
        turnout_percent: Voters / electors so far; null before a report.
        turnout_final: Whether the turnout of every unit is final.
        hold_gain: Of one seat that is declared: `hold`, `gain` (another party had it last time) or
            `new`; left out before it, and where nothing is recorded of the last time.
        seat_changes: Seats by party before and now, once declared; empty likewise.
        estimated: 推計: which of `ballots`, `votes` and `turnout_percent` have figures in them that
            were spread over units rather than counted; of `votes` only fractions.
    """

    contest: str
    name: str
    kind: str
    seats: int
    prefectures: tuple[str, ...]
    status: ContestStatus
    progress: Progress
    elected: list[WinnerRow]
    dismissed: tuple[str, ...]
    adopted: tuple[str, ...]
    vacant: int | None
    runner_up: WinnerRow | None
    margin: Votes | None
    margin_percent: float | None
    revived: list[WinnerRow]
    lists: list[ListSeatsRow]
    ballots: int | None
    turnout_percent: float | None
    turnout_final: bool
    estimated: tuple[str, ...] = ()
    hold_gain: HoldGain | None = None
    seat_changes: tuple[SeatChange, ...] = ()


class ResultsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """All contests side by side.

    Attributes:
        head: Election, environment, position.
        contests: One row each, in the order of their definition.
    """

    head: Head
    contests: list[ContestResult]


def results_document(state: ElectionState, key: str) -> ResultsDocument:
    """Build `results`."""
    return ResultsDocument(
        head=document_parts.head(state, key),
        contests=[_contest_result(state, contest) for contest in state.contests.values()],
    )


def contest_status(contest: ContestRecord) -> ContestStatus:
    """How far a contest is, in one word."""
    sums = contest.sums()
    if contest.declared is not None:
        return "declared"
    if contest.uncontested:
        return "uncontested"
    if sums.contested:
        return "contested"
    if contest.complete:
        return "complete"
    return "counting" if sums.reporting else "none"


def _contest_result(state: ElectionState, contest: ContestRecord) -> ContestResult:
    sums, facts = contest.sums(), contest.facts
    standing = race_standing(state, contest)
    is_race = contest.rule.ballot == "persons"
    poll = document_parts.poll(contest.turnout())
    decided = outcome_so_far(state, contest) or Outcome()
    declared = contest.declared or Outcome()
    runner_up = standing.runner_up if is_race else None
    return ContestResult(
        contest=facts.id,
        name=facts.name,
        kind=facts.kind,
        seats=facts.seats,
        prefectures=contest.prefectures,
        status=contest_status(contest),
        progress=document_parts.progress(sums),
        elected=_winners(contest, decided, standing.elected),
        dismissed=declared.dismissed,
        adopted=declared.adopted,
        vacant=contest.declared.vacant if contest.declared is not None else None,
        runner_up=_person(runner_up) if runner_up is not None else None,
        margin=both_forms(standing.margin) if is_race and standing.margin is not None else None,
        margin_percent=standing.margin_percent if is_race else None,
        revived=[_person(row) for row in standing.revived],
        lists=_lists(option_rows(state, contest, sums)) if contest.is_list else [],
        ballots=sums.ballots if sums.stating else None,
        turnout_percent=poll.rates.total,
        turnout_final=bool(poll.units) and poll.final == poll.units,
        hold_gain=standing.hold_gain,
        seat_changes=standing.changes,
        estimated=tuple(
            field
            for field, is_estimated in (
                ("ballots", not sums.estimated.isdisjoint(("valid", "invalid", "ballots"))),
                ("votes", "votes" in sums.estimated),
                ("turnout_percent", poll.estimated),
            )
            if is_estimated
        ),
    )


def _winners(
    contest: ContestRecord, decided: Outcome, standing: list[OptionRow]
) -> list[WinnerRow]:
    if not contest.is_list:
        return [_person(row) for row in standing]
    votes = contest.sums().votes if contest.rule.ballot == "open-lists" else {}
    silent = contest.sums().list_totals
    people = {
        member.id: WinnerRow(
            id=member.id,
            name=member.name,
            party=member.party or option.party,
            votes=both_forms(votes[member.id])
            if member.id in votes and member.priority is None and not silent
            else None,
        )
        for option in contest.options.values()
        if isinstance(option, PartyList)
        for member in option.members
    }
    return [people[each] for each in decided.elected if each in people]


def _person(row: OptionRow) -> WinnerRow:
    return WinnerRow(id=row.id, name=row.name, party=row.party, votes=row.votes)


def _lists(rows: list[OptionRow]) -> list[ListSeatsRow]:
    return [
        ListSeatsRow(
            id=row.id,
            name=row.name,
            party=row.party,
            votes=row.votes,
            seats=row.declared_seats,
            projected_seats=row.projected_seats,
        )
        for row in rows
    ]
