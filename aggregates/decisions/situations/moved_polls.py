"""Whether the polling day of a contest can be amended, with what is recorded of it already.

A poll that is held later (POEA 57, 86-4(7)) was not held before: reports of the day, decisions,
and who was gone before or after it would contradict it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from aggregates.base import CommandContext
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration
from aggregates.counting.moments import ReportingDay, require_count_moment, require_turnout_moment
from aggregates.counting.turnout import Turnout, is_early_voting_alone
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.contests.contest import Contest
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election import Election
from aggregates.election.identifiers import count_stream, declaration_stream, turnout_stream
from aggregates.errors import (
    MomentNotReached,
    MomentTooEarly,
    OnlyEarlyVotingBefore,
    PollingDayPastRecords,
)
from aggregates.reference.japan_time import JAPAN_TIME
from aggregates.rules import FIFTH_RULES

_OUTSIDE = (MomentTooEarly, MomentNotReached, OnlyEarlyVotingBefore)


def require_day_fits_records(
    repository: ElectionRepository,
    election: Election,
    contest: Contest,
    amended: ContestFacts,
    context: CommandContext,
) -> None:
    """Refuse a polling day that what is recorded of the contest contradicts, under rules 5.

    Args:
        repository: Has the reports and the decision.
        election: Its polling day is the contest's where that has none of its own.
        contest: As it is.
        amended: Its definition as it would be; units that it leaves out are set aside.
        context: Says when.

    Raises:
        PollingDayPastRecords: Names the first record.
    """
    whole = election.facts.polling_day
    day = amended.held_on(whole)
    if election.rules < FIFTH_RULES or day == contest.facts.held_on(whole):
        return
    reporting = ReportingDay(
        polling_day=day,
        rehearsal=election.facts.environment == "rehearsal",
        begun_at=election.created_on,
        received_at=context.at,
    )
    records = chain(
        _reports_outside(repository, amended, reporting),
        _people_on_the_wrong_side(repository, contest, day),
        _early_decision(repository, amended, context, day),
    )
    if (first := next(records, None)) is not None:
        raise PollingDayPastRecords(contest=amended.id, polling_day=day.isoformat(), recorded=first)


def _reports_outside(
    repository: ElectionRepository, facts: ContestFacts, day: ReportingDay
) -> Iterator[str]:
    """Tallies and turnout of moments that the new day does not have."""
    counts = repository.store.find_many(Count, [count_stream(facts.id, u) for u in facts.units])
    for count in counts:
        if count is None or count.latest is None or count.as_of is None:
            continue
        try:
            require_count_moment(count.as_of, day)
        except _OUTSIDE:
            yield f"{count.unit}の開票報告"
    polls = repository.store.find_many(Turnout, [turnout_stream(facts.id, u) for u in facts.units])
    for poll in polls:
        if poll is None or poll.latest is None or poll.as_of is None:
            continue
        if not poll.is_final and is_early_voting_alone(poll.latest):
            # Cast before a poll moved: it was early voting then, and is now.
            continue
        try:
            require_turnout_moment(poll.as_of, day, only_early=False)
        except _OUTSIDE:
            yield f"{poll.unit}の投票状況"


def _people_on_the_wrong_side(
    repository: ElectionRepository, contest: Contest, day: date
) -> Iterator[str]:
    """Who was gone before the polling day and would be gone after it, or the other way round."""
    for option, withdrawn in contest.withdrawn_on.items():
        if withdrawn >= day:
            yield f"{option}の取りやめ（{withdrawn.isoformat()}）"
    declaration = _declaration(repository, contest.facts.id)
    if declaration is not None:
        for person, (_, departed) in declaration.departures.items():
            if departed <= day:
                yield f"{person}の異動（{departed.isoformat()}）"


def _early_decision(
    repository: ElectionRepository, facts: ContestFacts, context: CommandContext, day: date
) -> Iterator[str]:
    """A decision that stands before the new day has come."""
    declaration = _declaration(repository, facts.id)
    is_decided = declaration is not None and declaration.outcome is not None
    if is_decided and context.at.astimezone(JAPAN_TIME).date() < day:
        yield "当選人の決定"


def _declaration(repository: ElectionRepository, contest: str) -> Declaration | None:
    return repository.store.find(Declaration, declaration_stream(contest))
