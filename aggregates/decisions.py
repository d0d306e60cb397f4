"""What each command does: find, decide, leave the changed aggregates on the shelf.

Every function refuses before it records anything, so a refusal leaves nothing behind.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from aggregates import commands as c
from aggregates.base import Act
from aggregates.contest import Contest
from aggregates.count import Count
from aggregates.declare import declare, record_lot
from aggregates.desk import Desk
from aggregates.election import Election
from aggregates.errors import (
    ContestAlreadyDefined,
    ContestMalformed,
    CountingAlreadyOpen,
    ElectionAlreadyDefined,
    ElectionUnknown,
    PartyUnknown,
    UnitUnknown,
    WrongEnvironment,
)
from aggregates.geography import PREFECTURES
from aggregates.identity import ELECTION_STREAM, contest_stream
from aggregates.notices import Surroundings
from aggregates.turnout import Turnout

TCommand = TypeVar("TCommand")


def decide(desk: Desk, submission: c.Submission, act: Act) -> None:
    """Let the aggregates decide one submission.

    Raises:
        Refusal: Against a rule; nothing is to be recorded.
    """
    command = submission.command
    if isinstance(command, c.DefineElection):
        _define_election(desk, submission, command, act)
        return
    election = desk.election_for(submission.election, submission.environment)
    _DECISIONS[type(command)](desk, election, command, act)


# --- definitions ----------------------------------------------------------------------------


def _define_election(
    desk: Desk, submission: c.Submission, command: c.DefineElection, act: Act
) -> None:
    if desk.shelf.find(Election, ELECTION_STREAM) is not None:
        raise ElectionAlreadyDefined(election=submission.election)
    if submission.election != command.election.id:
        raise ElectionUnknown(election=submission.election)
    if submission.environment != command.election.environment:
        raise WrongEnvironment(posted=submission.environment, here=command.election.environment)
    desk.shelf.put(Election.define(command.election, act))


def _register_parties(desk: Desk, election: Election, command: c.RegisterParties, act: Act) -> None:
    election.register_parties(command.parties, act)
    desk.shelf.put(election)


def _register_units(desk: Desk, election: Election, command: c.RegisterUnits, act: Act) -> None:
    election.register_units(command.units, act)
    desk.shelf.put(election)


def _define_contest(desk: Desk, election: Election, command: c.DefineContest, act: Act) -> None:
    _require_definitions_open(election)
    facts = command.contest
    if desk.shelf.find(Contest, contest_stream(facts.id)) is not None:
        raise ContestAlreadyDefined(contest=facts.id)
    for unit in facts.units:
        if unit not in election.units:
            raise UnitUnknown(unit=unit, contest=facts.id)
        if election.units[unit].prefecture not in facts.prefectures:
            raise ContestMalformed(
                contest=facts.id,
                detail=f"{unit}は{PREFECTURES[election.units[unit].prefecture]}の開票区です",
            )
    desk.shelf.put(Contest.define(facts, act))


def _register_candidates(
    desk: Desk, election: Election, command: c.RegisterCandidates, act: Act
) -> None:
    _require_definitions_open(election)
    _require_parties(election, {candidate.party for candidate in command.candidates})
    contest = desk.contest(command.contest)
    contest.register_candidates(command.candidates, act)
    desk.shelf.put(contest)


def _register_list(desk: Desk, election: Election, command: c.RegisterList, act: Act) -> None:
    _require_definitions_open(election)
    members = command.party_list.members
    _require_parties(election, {command.party_list.party, *(m.party for m in members)})
    contest = desk.contest(command.contest)
    contest.register_list(command.party_list, act)
    desk.shelf.put(contest)


def _register_justices(
    desk: Desk, election: Election, command: c.RegisterJustices, act: Act
) -> None:
    _require_definitions_open(election)
    contest = desk.contest(command.contest)
    contest.register_justices(command.justices, act)
    desk.shelf.put(contest)


def _withdraw(desk: Desk, election: Election, command: c.WithdrawCandidate, act: Act) -> None:
    election.require_not_closed()
    contest = desk.contest(command.contest)
    contest.withdraw(command.option, command.cause, act)
    desk.shelf.put(contest)


# --- the course of the election -------------------------------------------------------------


def _open_counting(desk: Desk, election: Election, _: c.OpenCounting, act: Act) -> None:
    """Open with the zero report of every unit, so that nothing can be missing unnoticed."""
    election.open_counting(act)
    desk.shelf.put(election)
    contests = desk.shelf.find_many(Contest, desk.shelf.streams("contest/"))
    for contest in contests:
        if contest is not None:
            for unit in contest.facts.units:
                desk.shelf.put(Count.open(contest.facts.id, unit, act))


def _pause(desk: Desk, election: Election, command: c.PauseReception, act: Act) -> None:
    election.pause(command.reason, act)
    desk.shelf.put(election)


def _resume(desk: Desk, election: Election, _: c.ResumeReception, act: Act) -> None:
    election.resume(act)
    desk.shelf.put(election)


def _note_change(desk: Desk, election: Election, command: c.NoteChange, act: Act) -> None:
    election.note_change(command.note, act)
    desk.shelf.put(election)


def _close(desk: Desk, election: Election, _: c.CloseElection, act: Act) -> None:
    election.close(act)
    desk.shelf.put(election)


# --- counts and turnout ---------------------------------------------------------------------


def _post_tally(desk: Desk, election: Election, command: c.PostTally, act: Act) -> None:
    election.require_counting()
    contest = desk.contest(command.contest)
    count = desk.count(contest, command.unit)
    contest.require_fits(command.tally, command.ballot_sha256)
    count.post(
        command.tally,
        command.as_of,
        act,
        final=command.final,
        around=_surroundings(desk, contest, count),
        remark=command.remark,
    )
    desk.shelf.put(count)


def _correct_tally(desk: Desk, election: Election, command: c.CorrectTally, act: Act) -> None:
    election.require_counting()
    contest = desk.contest(command.contest)
    count = desk.count(contest, command.unit)
    contest.require_fits(command.tally, command.ballot_sha256)
    count.correct(
        command.tally,
        command.as_of,
        act,
        final=command.final,
        around=_surroundings(desk, contest, count),
        reason=command.reason,
        supersedes=command.supersedes,
    )
    desk.shelf.put(count)


def _surroundings(desk: Desk, contest: Contest, count: Count) -> Surroundings:
    turnout = desk.turnout(contest, count.unit)
    if turnout is None or turnout.latest is None:
        return Surroundings(last=count.latest)
    return Surroundings(
        last=count.latest,
        electors=turnout.latest.electors.total,
        # Before the final report the figure leaves out early and absentee votes.
        voters=turnout.latest.voters.total if turnout.is_final else None,
    )


def _confirm_count(desk: Desk, election: Election, command: c.ConfirmCount, act: Act) -> None:
    election.require_counting()
    count = desk.count(desk.contest(command.contest), command.unit)
    count.confirm(act)
    desk.shelf.put(count)


def _return_count(desk: Desk, election: Election, command: c.ReturnCount, act: Act) -> None:
    election.require_counting()
    count = desk.count(desk.contest(command.contest), command.unit)
    count.return_for_correction(command.reason, act)
    desk.shelf.put(count)


def _report_turnout(desk: Desk, election: Election, command: c.ReportTurnout, act: Act) -> None:
    election.require_not_closed()
    turnout = _turnout_or_new(desk, command, act)
    turnout.report(command.figures, command.as_of, act, final=command.final)
    desk.shelf.put(turnout)


def _correct_turnout(desk: Desk, election: Election, command: c.CorrectTurnout, act: Act) -> None:
    election.require_not_closed()
    turnout = _turnout_or_new(desk, command, act)
    turnout.correct(
        command.figures,
        command.as_of,
        act,
        final=command.final,
        reason=command.reason,
        supersedes=command.supersedes,
    )
    desk.shelf.put(turnout)


def _turnout_or_new(desk: Desk, command: c.ReportTurnout | c.CorrectTurnout, act: Act) -> Turnout:
    contest = desk.contest(command.contest)
    found = desk.turnout(contest, command.unit)
    return found if found is not None else Turnout.open(command.contest, command.unit, act)


# --- shared refusals ------------------------------------------------------------------------


def _require_definitions_open(election: Election) -> None:
    election.require_not_closed()
    if election.phase != "defined":
        raise CountingAlreadyOpen


def _require_parties(election: Election, parties: set[str]) -> None:
    for party in sorted(parties):
        if party and party not in election.parties:
            raise PartyUnknown(party=party)


_Decision = Callable[[Desk, Election, c.Command, Act], None]


def _row(
    command: type[TCommand], decision: Callable[[Desk, Election, TCommand, Act], None]
) -> tuple[type, _Decision]:
    """Pair a command with its decision; the types are checked here, the dispatch is by type."""
    return command, cast("_Decision", decision)


_DECISIONS: dict[type, _Decision] = dict(
    (
        _row(c.RegisterParties, _register_parties),
        _row(c.RegisterUnits, _register_units),
        _row(c.DefineContest, _define_contest),
        _row(c.RegisterCandidates, _register_candidates),
        _row(c.RegisterList, _register_list),
        _row(c.RegisterJustices, _register_justices),
        _row(c.WithdrawCandidate, _withdraw),
        _row(c.OpenCounting, _open_counting),
        _row(c.PauseReception, _pause),
        _row(c.ResumeReception, _resume),
        _row(c.NoteChange, _note_change),
        _row(c.CloseElection, _close),
        _row(c.PostTally, _post_tally),
        _row(c.CorrectTally, _correct_tally),
        _row(c.ConfirmCount, _confirm_count),
        _row(c.ReturnCount, _return_count),
        _row(c.ReportTurnout, _report_turnout),
        _row(c.CorrectTurnout, _correct_turnout),
        _row(c.RecordLot, record_lot),
        _row(c.Declare, declare),
    )
)
