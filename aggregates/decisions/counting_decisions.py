"""What each command does: find, decide, leave the changed aggregates in the store.

Every function refuses before it records anything, so a refusal leaves nothing behind.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from aggregates.base import CommandContext
from aggregates.commands import amendment_commands as a
from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.commands import survey_commands as s
from aggregates.counting.count import Count
from aggregates.counting.turnout import Turnout
from aggregates.decisions import (
    amendment_decisions,
    definition_decisions,
    office_decisions,
    survey_decisions,
)
from aggregates.decisions.authorization import require_admitted
from aggregates.decisions.closing_decisions import (
    close_election,
    require_counting_or_after,
    require_not_closed_or_after,
    set_aside_declaration,
)
from aggregates.decisions.declaration_decisions import declare, record_lot
from aggregates.decisions.report_situations import (
    asks_every_limit,
    check_tally,
    check_turnout,
    tally_context,
)
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.amendments import is_older
from aggregates.election.contest import Contest
from aggregates.election.election import Election
from aggregates.errors import ConfirmedByPoster
from aggregates.rules import SECOND_RULES

TCommand = TypeVar("TCommand")


def decide(
    repository: ElectionRepository, submission: c.Submission, context: CommandContext
) -> None:
    """Let the aggregates decide one submission.

    Raises:
        Refusal: Against a rule; nothing is to be recorded.
    """
    command = submission.command
    if isinstance(command, c.DefineElection):
        definition_decisions.define_election(repository, submission, command, context)
        return
    election = repository.election_for(submission.election, submission.environment)
    require_admitted(repository, election, submission, context)
    _DECISIONS[type(command)](repository, election, command, context)


# --- the course of the election -------------------------------------------------------------


def _pause(
    repository: ElectionRepository,
    election: Election,
    command: c.PauseReception,
    context: CommandContext,
) -> None:
    election.pause(command.reason, context)
    repository.store.put(election)


def _resume(
    repository: ElectionRepository,
    election: Election,
    _: c.ResumeReception,
    context: CommandContext,
) -> None:
    election.resume(context)
    repository.store.put(election)


def _note_change(
    repository: ElectionRepository,
    election: Election,
    command: c.NoteChange,
    context: CommandContext,
) -> None:
    election.note_change(command.note, context)
    repository.store.put(election)


def _change_rules(
    repository: ElectionRepository,
    election: Election,
    command: c.ChangeRules,
    context: CommandContext,
) -> None:
    election.change_rules(command.rules, context)
    repository.store.put(election)


# --- counts and turnout ---------------------------------------------------------------------


def _post_tally(
    repository: ElectionRepository,
    election: Election,
    command: c.PostTally,
    context: CommandContext,
) -> None:
    election.require_counting()
    contest = repository.contest(command.contest)
    count = repository.count(contest, command.unit)
    contest.require_fits(command.tally, command.ballot_sha256, rules=election.rules)
    more = check_tally(repository, election, contest, command, context)
    count.post(
        command.tally,
        command.as_of,
        context,
        final=command.final,
        around=tally_context(repository, election, contest, count),
        remark=command.remark,
        more=more,
    )
    repository.store.put(count)


def _correct_tally(
    repository: ElectionRepository,
    election: Election,
    command: c.CorrectTally,
    context: CommandContext,
) -> None:
    require_counting_or_after(election, context)
    contest = repository.contest(command.contest)
    count = repository.count(contest, command.unit)
    contest.require_fits(command.tally, command.ballot_sha256, rules=election.rules)
    more = check_tally(repository, election, contest, command, context)
    count.correct(
        command.tally,
        command.as_of,
        context,
        final=command.final,
        around=tally_context(repository, election, contest, count),
        reason=command.reason,
        supersedes=command.supersedes,
        more=more,
        any_moment=asks_every_limit(election),
    )
    repository.store.put(count)


def _confirm_count(
    repository: ElectionRepository,
    election: Election,
    command: c.ConfirmCount,
    context: CommandContext,
) -> None:
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


def _return_count(
    repository: ElectionRepository,
    election: Election,
    command: c.ReturnCount,
    context: CommandContext,
) -> None:
    require_counting_or_after(election, context)
    count = repository.count(repository.contest(command.contest), command.unit)
    count.return_for_correction(command.reason, context, command.report)
    repository.store.put(count)


def _report_turnout(
    repository: ElectionRepository,
    election: Election,
    command: c.ReportTurnout,
    context: CommandContext,
) -> None:
    election.require_not_closed()
    contest = repository.contest(command.contest)
    turnout = _turnout_or_new(repository, contest, command.unit, context)
    notices = check_turnout(repository, election, contest, command, context)
    turnout.report(command.figures, command.as_of, context, final=command.final, notices=notices)
    repository.store.put(turnout)


def _correct_turnout(
    repository: ElectionRepository,
    election: Election,
    command: c.CorrectTurnout,
    context: CommandContext,
) -> None:
    require_not_closed_or_after(election, context)
    contest = repository.contest(command.contest)
    turnout = _turnout_or_new(repository, contest, command.unit, context)
    notices = check_turnout(repository, election, contest, command, context)
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


_Decision = Callable[[ElectionRepository, Election, c.Command, CommandContext], None]


def _row(
    command: type[TCommand],
    decision: Callable[[ElectionRepository, Election, TCommand, CommandContext], None],
) -> tuple[type, _Decision]:
    """Pair a command with its decision; the types are checked here, the dispatch is by type."""
    return command, cast("_Decision", decision)


_DECISIONS: dict[type, _Decision] = dict(
    (
        _row(c.RegisterParties, definition_decisions.register_parties),
        _row(c.RegisterUnits, definition_decisions.register_units),
        _row(c.DefineContest, definition_decisions.define_contest),
        _row(c.RegisterCandidates, definition_decisions.register_candidates),
        _row(c.RegisterList, definition_decisions.register_list),
        _row(c.RegisterJustices, definition_decisions.register_justices),
        _row(c.WithdrawCandidate, definition_decisions.withdraw),
        _row(c.AnnounceNoPoll, definition_decisions.announce_no_poll),
        _row(c.RecordParticulars, definition_decisions.record_particulars),
        _row(c.RecordPrevious, definition_decisions.record_previous),
        _row(c.OpenCounting, definition_decisions.open_counting),
        _row(c.PauseReception, _pause),
        _row(c.ResumeReception, _resume),
        _row(c.NoteChange, _note_change),
        _row(c.ChangeRules, _change_rules),
        _row(c.CloseElection, close_election),
        _row(c.PostTally, _post_tally),
        _row(c.CorrectTally, _correct_tally),
        _row(c.ConfirmCount, _confirm_count),
        _row(c.ReturnCount, _return_count),
        _row(c.ReportTurnout, _report_turnout),
        _row(c.CorrectTurnout, _correct_turnout),
        _row(c.RecordLot, record_lot),
        _row(c.Declare, declare),
        _row(c.SetAsideDeclaration, set_aside_declaration),
        _row(a.AmendCandidate, amendment_decisions.amend_candidate),
        _row(a.AmendList, amendment_decisions.amend_list),
        _row(a.AmendJustice, amendment_decisions.amend_justice),
        _row(a.ReorderBallot, amendment_decisions.reorder_ballot),
        _row(a.AmendContest, amendment_decisions.amend_contest),
        _row(a.AddContest, amendment_decisions.add_contest),
        _row(a.AddUnits, amendment_decisions.add_units),
        _row(a.AmendUnit, amendment_decisions.amend_unit),
        _row(a.AmendParty, amendment_decisions.amend_party),
        _row(s.PublishSurvey, survey_decisions.publish_survey),
        _row(s.AnswerSurvey, survey_decisions.answer_survey),
        _row(s.ReturnAnswer, survey_decisions.return_answer),
        _row(s.RemindSurvey, survey_decisions.remind_survey),
        _row(o.RegisterOffice, office_decisions.register_office),
        _row(o.EnrolKey, office_decisions.enrol_key),
        _row(o.ApproveKey, office_decisions.approve_key),
        _row(o.RotateKey, office_decisions.rotate_key),
        _row(o.RevokeKey, office_decisions.revoke_key),
    )
)
