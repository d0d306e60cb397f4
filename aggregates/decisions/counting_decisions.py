"""What commands about counts and turnout do.

Find, decide, leave the changed aggregates in the store.

Every function refuses before it records anything, so a refusal leaves nothing behind.
"""

from typing import TypeVar

import msgspec

from aggregates.base import CommandContext
from aggregates.commands import election_commands as c
from aggregates.counting.count import Count
from aggregates.counting.pool_division import divide_pools
from aggregates.counting.turnout import Turnout
from aggregates.decisions.closing_decisions import (
    require_counting_or_after,
    require_not_closed_or_after,
    require_two_persons,
)
from aggregates.decisions.declaration_decisions import build_race, unopened_totals
from aggregates.decisions.repository import ElectionRepository
from aggregates.decisions.situations.no_poll import require_poll
from aggregates.decisions.situations.report_situations import (
    asks_every_limit,
    check_tally,
    check_turnout,
    tally_context,
)
from aggregates.election.amendments import is_older
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.errors import ConfirmedByPoster, ElectionIsClosed
from aggregates.rules import SECOND_RULES, THIRD_RULES

TCommand = TypeVar("TCommand")
TReport = TypeVar("TReport", c.PostTally, c.CorrectTally)


def post_tally(
    repository: ElectionRepository,
    election: Election,
    command: c.PostTally,
    context: CommandContext,
) -> None:
    """Record a cumulative tally sheet."""
    if election.phase == "closed":
        _require_late_opening(repository, election, command, context)
    else:
        election.require_counting()
    contest = repository.contest(command.contest)
    count = repository.count(contest, command.unit)
    contest.require_fits(command.tally, command.ballot_sha256, rules=election.rules)
    command = _with_pools_divided(command, contest, election)
    turnout = repository.turnout(contest, command.unit)
    more = check_tally(repository, election, contest, turnout, command=command, context=context)
    count.post(
        command.tally,
        command.as_of,
        context,
        final=command.final,
        around=tally_context(election, contest, count, turnout),
        remark=command.remark,
        more=more,
    )
    repository.store.put(count)


def _require_late_opening(
    repository: ElectionRepository,
    election: Election,
    command: c.PostTally,
    context: CommandContext,
) -> None:
    """Refuse tallies after closing, but of boxes that are opened only then (rules 3).

    They stayed closed, since too few had voted; turnout that was corrected afterwards reaches the
    quorum, and then everything is counted.

    Raises:
        ElectionIsClosed: For every other tally: figures that are there are corrected.
        TwoPersonsNeeded: Signed by one key.
    """
    contest = repository.find_contest(command.contest)
    if election.rules < THIRD_RULES or contest is None or contest.ballot != "options":
        raise ElectionIsClosed(election=election.facts.id)
    count = repository.count(contest, command.unit)
    race = build_race(election, contest, polled=True)
    if count.is_final or unopened_totals(repository, race, contest) is not None:
        raise ElectionIsClosed(election=election.facts.id)
    require_two_persons(context)


def correct_tally(
    repository: ElectionRepository,
    election: Election,
    command: c.CorrectTally,
    context: CommandContext,
) -> None:
    """Replace a tally sheet, with the reason."""
    require_counting_or_after(election, context)
    contest = repository.contest(command.contest)
    count = repository.count(contest, command.unit)
    contest.require_fits(command.tally, command.ballot_sha256, rules=election.rules)
    command = _with_pools_divided(command, contest, election)
    turnout = repository.turnout(contest, command.unit)
    more = check_tally(repository, election, contest, turnout, command=command, context=context)
    count.correct(
        command.tally,
        command.as_of,
        context,
        final=command.final,
        around=tally_context(election, contest, count, turnout),
        reason=command.reason,
        supersedes=command.supersedes,
        more=more,
        any_moment=asks_every_limit(election),
    )
    repository.store.put(count)


def _with_pools_divided(command: TReport, contest: Contest, election: Election) -> TReport:
    """The command with A, B and C of its sheet as they follow from its pools."""
    tally = divide_pools(contest, command.tally, rules=election.rules)
    is_same = tally is command.tally
    return command if is_same else msgspec.structs.replace(command, tally=tally)


def confirm_count(
    repository: ElectionRepository,
    election: Election,
    command: c.ConfirmCount,
    context: CommandContext,
) -> None:
    """Confirm the final sheet of a unit."""
    require_counting_or_after(election, context)
    contest = repository.contest(command.contest)
    count = repository.count(contest, command.unit)
    if election.rules >= SECOND_RULES:
        _require_another_key(count, context)
    doubtful = is_older(count.answered_at, contest.names_changed_at)
    count.confirm(context, command.report, again=doubtful)
    repository.store.put(count)


def _require_another_key(count: Count, context: CommandContext) -> None:
    """Refuse to let the keys that posted figures on behalf confirm them as well."""
    if context.signers and count.substitutes.issuperset(context.signers):
        raise ConfirmedByPoster


def return_count(
    repository: ElectionRepository,
    election: Election,
    command: c.ReturnCount,
    context: CommandContext,
) -> None:
    """Send a sheet back to its centre, with the reason."""
    require_counting_or_after(election, context)
    count = repository.count(repository.contest(command.contest), command.unit)
    count.return_for_correction(command.reason, context, command.report)
    repository.store.put(count)


def report_turnout(
    repository: ElectionRepository,
    election: Election,
    command: c.ReportTurnout,
    context: CommandContext,
) -> None:
    """Record electors and voters."""
    election.require_not_closed()
    contest = repository.contest(command.contest)
    require_poll(repository, election, contest)
    turnout = _turnout_or_new(repository, contest, command.unit, context)
    notices = check_turnout(
        repository, election, contest, turnout, command=command, context=context
    )
    turnout.report(command.figures, command.as_of, context, final=command.final, notices=notices)
    repository.store.put(turnout)


def correct_turnout(
    repository: ElectionRepository,
    election: Election,
    command: c.CorrectTurnout,
    context: CommandContext,
) -> None:
    """Replace a turnout report, with the reason."""
    require_not_closed_or_after(election, context)
    contest = repository.contest(command.contest)
    turnout = _turnout_or_new(repository, contest, command.unit, context)
    notices = check_turnout(
        repository, election, contest, turnout, command=command, context=context
    )
    turnout.correct(
        command.figures,
        command.as_of,
        context,
        final=command.final,
        reason=command.reason,
        supersedes=command.supersedes,
        notices=notices,
        any_moment=asks_every_limit(election),
    )
    repository.store.put(turnout)


def _turnout_or_new(
    repository: ElectionRepository, contest: Contest, unit: str, context: CommandContext
) -> Turnout:
    found = repository.turnout(contest, unit)
    return found if found is not None else Turnout.open(contest.facts.id, unit, context)
