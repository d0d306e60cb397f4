"""What a tally or a turnout report is held against, found in the store before it is decided.

Under rules 1 a sheet is compared with what its own unit reported of the contest. Rules 2 ask every
limit of `aggregates/counting/limits.py`, and the moment that a report states.
"""

from collections.abc import Sequence

from aggregates.base import CommandContext
from aggregates.commands import election_commands as c
from aggregates.counting.checks import CheckContext, Notice, answer_notices
from aggregates.counting.count import Count
from aggregates.counting.limits import Situation, find_notices, require_within_limits
from aggregates.counting.moments import (
    ReportingDay,
    require_count_moment,
    require_turnout_moment,
)
from aggregates.counting.turnout import Turnout, is_early_voting_alone
from aggregates.counting.turnout_checks import OtherTurnout
from aggregates.counting.vote_shares import neighbours
from aggregates.decisions.repository import ElectionRepository
from aggregates.decisions.second_entry import one_entry_notices
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.election.identifiers import count_stream
from aggregates.election.tally import Tally
from aggregates.election.unpublished import STATED, Unpublished
from aggregates.rules import SECOND_RULES, THIRD_RULES

_CORRECTIONS = (c.CorrectTally, c.CorrectTurnout)


def asks_every_limit(election: Election) -> bool:
    """Whether the log is decided under rules that ask each limit at every report."""
    return election.rules >= SECOND_RULES


def tally_context(
    election: Election, contest: Contest, count: Count, turnout: Turnout | None
) -> CheckContext:
    """What a sheet is compared with in its own unit."""
    unpublished = _unpublished(election, contest)
    if turnout is None or turnout.latest is None:
        return CheckContext(last=count.latest, rules=election.rules, unpublished=unpublished)
    return CheckContext(
        last=count.latest,
        last_rate=_last_rate(election, contest, count.unit),
        electors=turnout.latest.electors.total,
        # Before the final report the figure leaves out early and absentee votes.
        voters=turnout.latest.voters.total if turnout.is_final else None,
        rules=election.rules,
        unpublished=unpublished,
    )


def _unpublished(election: Election, contest: Contest) -> Unpublished:
    """What a final sheet may leave out: in a replay what nobody published.

    Persons need D for the statutory minimum, justices and polls F: it is asked of these always.
    """
    if not election.facts.is_replay or election.rules < THIRD_RULES:
        return STATED
    return Unpublished(ballots=contest.ballot in {"lists", "open-lists"}, voters=True)


def check_tally(
    repository: ElectionRepository,
    election: Election,
    contest: Contest,
    turnout: Turnout | None,
    *,
    command: c.PostTally | c.CorrectTally,
    context: CommandContext,
) -> tuple[Notice, ...]:
    """Refuse a sheet beyond a limit; return its warnings beyond those of the sheet alone.

    Raises:
        AnswersMisplaced: See `answer_notices`.
        MomentTooEarly: And the other refusals of moments and limits.
    """
    answered = answer_notices(command.answers, command.tally.votes, rules=election.rules)
    if not asks_every_limit(election):
        return ()
    answered = (*answered, *one_entry_notices(command, election))
    require_count_moment(command.as_of, reporting_day(election, contest, context))
    situation = Situation(
        report="tally-correction" if isinstance(command, c.CorrectTally) else "tally",
        tally=command.tally,
        tally_final=command.final,
        turnout=None if turnout is None else turnout.latest,
        turnout_final=turnout is not None and turnout.is_final,
        neighbours=_final_sheets_nearby(repository, contest, command) if command.final else (),
        rules=election.rules,
    )
    require_within_limits(situation)
    return (*find_notices(situation, _sender_remark(command)), *answered)


def check_turnout(
    repository: ElectionRepository,
    election: Election,
    contest: Contest,
    turnout: Turnout,
    *,
    command: c.ReportTurnout | c.CorrectTurnout,
    context: CommandContext,
) -> tuple[Notice, ...]:
    """Refuse turnout beyond a limit; return its warnings.

    Raises:
        AnswersMisplaced: See `answer_notices`.
        MomentTooEarly: And the other refusals of moments and limits.
    """
    answered = answer_notices(command.answers, (), rules=election.rules)
    if not asks_every_limit(election):
        return ()
    only_early = not command.final and is_early_voting_alone(command.figures)
    day = reporting_day(election, contest, context)
    require_turnout_moment(command.as_of, day, only_early=only_early)
    count = repository.store.find(Count, count_stream(contest.facts.id, command.unit))
    situation = Situation(
        report="turnout-correction" if isinstance(command, c.CorrectTurnout) else "turnout",
        tally=None if count is None else count.latest,
        tally_final=count is not None and count.is_final,
        turnout=command.figures,
        turnout_final=command.final,
        last_turnout=turnout.latest,
        other_turnouts=_other_turnouts(repository, contest, command.unit),
        last_rate=_last_rate(election, contest, command.unit),
    )
    require_within_limits(situation)
    return (*find_notices(situation, _sender_remark(command)), *answered)


def reporting_day(election: Election, contest: Contest, context: CommandContext) -> ReportingDay:
    """What the moment of a report is held against."""
    return ReportingDay(
        polling_day=contest.facts.held_on(election.facts.polling_day),
        rehearsal=election.facts.environment == "rehearsal",
        begun_at=election.created_on,
        received_at=context.at,
    )


def _sender_remark(
    command: c.PostTally | c.CorrectTally | c.ReportTurnout | c.CorrectTurnout,
) -> str:
    """What the sender wrote about the figures."""
    if isinstance(command, _CORRECTIONS):
        return command.reason
    return command.remark


def _last_rate(election: Election, contest: Contest, unit: str) -> int | None:
    prefecture = election.units[unit].prefecture
    return election.last_rates.get((contest.facts.kind, prefecture))


def _final_sheets_nearby(
    repository: ElectionRepository, contest: Contest, command: c.PostTally | c.CorrectTally
) -> Sequence[Tally]:
    if contest.ballot == "justices":
        # Votes for dismissal are no shares of one whole.
        return ()
    nearby = neighbours(contest.facts.units, command.unit)
    streams = [count_stream(contest.facts.id, unit) for unit in nearby]
    counts = repository.store.find_many(Count, streams)
    return [each.latest for each in counts if each is not None and each.latest and each.is_final]


def _other_turnouts(
    repository: ElectionRepository, contest: Contest, unit: str
) -> Sequence[OtherTurnout]:
    found = repository.store.find_many(Turnout, repository.turnouts_beside(contest, unit))
    return [
        OtherTurnout(each.latest, each.is_final)
        for each in found
        if each is not None and each.latest is not None
    ]
