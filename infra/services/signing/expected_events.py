"""What a command must have caused: the entries that an honest log has for it, in order.

Names of fields are the same in commands and events, so what an event says is held against the
field of the same name. What the rules added (warnings, totals) is not in the command and is not
held against it here.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

import msgspec

from aggregates.base import Event
from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.commands import survey_commands as s
from aggregates.counting import count as counts
from aggregates.counting import declaration as declarations
from aggregates.counting import turnout as turnouts
from aggregates.counting.outcome import is_uncontested
from aggregates.decisions.declaration_decisions import build_race
from aggregates.election import contest as contests
from aggregates.election import election as elections
from aggregates.election import key as keys
from aggregates.election import office as offices
from aggregates.election.identifiers import (
    ELECTION_STREAM,
    contest_stream,
    count_stream,
    declaration_stream,
    key_stream,
    office_stream,
    turnout_stream,
)
from aggregates.election.key import NewKey
from aggregates.surveys import survey as surveys
from infra.services.signing.signer_history import KeyHistory


class ExpectedEvents(NamedTuple):
    """One entry that must be there.

    Attributes:
        kind: Of the event.
        stream: It belongs to.
        facts: What it must say, by field; other fields are not looked at.
    """

    kind: type[Event]
    stream: str
    facts: dict[str, object]

    def differs(self, event: Event) -> str:
        """What is not as expected, in the words of fields; empty when everything is."""
        if type(event) is not self.kind:
            return f"topic {event.TOPIC}"
        if event.originator_id != self.stream:
            return f"stream {event.originator_id}"
        for name, fact in self.facts.items():
            if getattr(event, name) != fact:
                return name
        return ""


_BASE = frozenset(Event.__struct_fields__)
_Expecting = Callable[[c.Command, KeyHistory, Callable[[str], bool]], Iterator[ExpectedEvents]]


def expected(
    command: c.Command, history: KeyHistory, is_new: Callable[[str], bool]
) -> list[ExpectedEvents]:
    """The entries of a command.

    Args:
        command: What was asked.
        history: Up to the entry before.
        is_new: Whether a stream has no entry yet.
    """
    return list(_EXPECTING[type(command)](command, history, is_new))


def _same(kind: type[Event], stream: str, command: c.Command, **more: object) -> ExpectedEvents:
    """An event that repeats the fields of its command."""
    shared = _shared(kind, type(command))
    return ExpectedEvents(
        kind, stream, {**{name: getattr(command, name) for name in shared}, **more}
    )


_SHARED: dict[tuple[type[Event], type], tuple[str, ...]] = {}


def _shared(kind: type[Event], command: type[msgspec.Struct]) -> tuple[str, ...]:
    if (kind, command) not in _SHARED:
        own = set(kind.__struct_fields__) - _BASE
        _SHARED[kind, command] = tuple(sorted(own.intersection(command.__struct_fields__)))
    return _SHARED[kind, command]


def _of_election(kind: type[Event]) -> _Expecting:
    def expecting(command: c.Command, *_: object) -> Iterator[ExpectedEvents]:
        yield _same(kind, ELECTION_STREAM, command)

    return expecting


def _of_contest(kind: type[Event]) -> _Expecting:
    def expecting(command: c.Command, *_: object) -> Iterator[ExpectedEvents]:
        yield _same(kind, contest_stream(_contest(command)), command)

    return expecting


def _of_count(kind: type[Event]) -> _Expecting:
    def expecting(command: c.Command, *_: object) -> Iterator[ExpectedEvents]:
        yield _same(kind, count_stream(_contest(command), _unit(command)), command)

    return expecting


def _contest(command: c.Command) -> str:
    return cast("str", getattr(command, "contest", ""))


def _unit(command: c.Command) -> str:
    return cast("str", getattr(command, "unit", ""))


def _defined(command: c.DefineElection, *_: object) -> Iterator[ExpectedEvents]:
    yield _same(elections.ElectionDefined, ELECTION_STREAM, command)
    for each in command.founders:
        facts = {"office": each.office, "founder": True}
        yield ExpectedEvents(offices.OfficeRegistered, office_stream(each.office.id), facts)
    for each in command.founders:
        for key in each.keys:
            yield _enrolled(each.office.id, key)
            yield ExpectedEvents(keys.KeyFounded, key_stream(key.keyid), {})


def _enrolled(office: str, key: NewKey) -> ExpectedEvents:
    facts: dict[str, object] = {
        "keyid": key.keyid,
        "office": office,
        "public_key": key.public_key,
        "proof": key.proof,
    }
    return ExpectedEvents(keys.KeyEnrolled, key_stream(key.keyid), facts)


def _contest_defined(command: c.DefineContest, *_: object) -> Iterator[ExpectedEvents]:
    yield _same(contests.ContestDefined, contest_stream(command.contest.id), command)


def _opened(_: c.OpenCounting, history: KeyHistory, *__: object) -> Iterator[ExpectedEvents]:
    """The opening, and the zero report of every unit of every contest that is polled."""
    yield ExpectedEvents(elections.CountingOpened, ELECTION_STREAM, {})
    election = history.repository.election()
    for contest in history.contests():
        if not is_uncontested(build_race(election, contest, polled=False)):
            for unit in contest.facts.units:
                facts: dict[str, object] = {"contest": contest.facts.id, "unit": unit}
                stream = count_stream(contest.facts.id, unit)
                yield ExpectedEvents(counts.CountOpened, stream, facts)


def _tally(command: c.PostTally, *_: object) -> Iterator[ExpectedEvents]:
    kind = counts.TallyFinalised if command.final else counts.TallyPosted
    yield _same(kind, count_stream(command.contest, command.unit), command)


def _turnout(
    command: c.ReportTurnout | c.CorrectTurnout, _: KeyHistory, is_new: Callable[[str], bool]
) -> Iterator[ExpectedEvents]:
    stream = turnout_stream(command.contest, command.unit)
    if is_new(stream):
        yield _same(turnouts.TurnoutBegun, stream, command)
    if isinstance(command, c.CorrectTurnout):
        yield _same(turnouts.TurnoutCorrected, stream, command)
    else:
        kind = turnouts.TurnoutFinalised if command.final else turnouts.TurnoutReported
        yield _same(kind, stream, command)


def _decided(
    command: c.RecordLot | c.Declare, _: KeyHistory, is_new: Callable[[str], bool]
) -> Iterator[ExpectedEvents]:
    stream = declaration_stream(command.contest)
    if is_new(stream):
        yield _same(declarations.DeclarationBegun, stream, command)
    if isinstance(command, c.RecordLot):
        yield _same(declarations.LotDrawn, stream, command)
    elif command.reason:
        yield _same(declarations.OutcomeRevised, stream, command)
    else:
        yield _same(declarations.OutcomeDeclared, stream, command)


def _survey_published(
    command: s.PublishSurvey, history: KeyHistory, *_: object
) -> Iterator[ExpectedEvents]:
    stream = surveys.survey_stream(command.questionnaire.id)
    units = command.units or tuple(history.repository.election().units)
    yield _same(surveys.SurveyPublished, stream, command, units=units)


def _survey_reminded(command: s.RemindSurvey, *_: object) -> Iterator[ExpectedEvents]:
    yield _same(surveys.SurveyReminded, surveys.survey_stream(command.survey), command)


def _answer(
    command: s.AnswerSurvey | s.ReturnAnswer, _: KeyHistory, is_new: Callable[[str], bool]
) -> Iterator[ExpectedEvents]:
    stream = surveys.answer_stream(command.survey, command.unit)
    if is_new(stream):
        yield _same(surveys.AnswerBegun, stream, command)
    given = isinstance(command, s.AnswerSurvey)
    yield _same(surveys.AnswerGiven if given else surveys.AnswerReturned, stream, command)


def _office_registered(command: o.RegisterOffice, *_: object) -> Iterator[ExpectedEvents]:
    stream = office_stream(command.office.id)
    yield _same(offices.OfficeRegistered, stream, command, founder=False)


def _key_enrolled(command: o.EnrolKey, *_: object) -> Iterator[ExpectedEvents]:
    yield _enrolled(command.office, command.key)


def _key_approved(command: o.ApproveKey, *_: object) -> Iterator[ExpectedEvents]:
    yield ExpectedEvents(keys.KeyApproved, key_stream(command.keyid), {})


def _key_rotated(command: o.RotateKey, *_: object) -> Iterator[ExpectedEvents]:
    successor = command.key.keyid
    yield ExpectedEvents(keys.KeyRotated, key_stream(command.keyid), {"successor": successor})
    yield _enrolled(command.office, command.key)
    yield ExpectedEvents(keys.KeySucceeded, key_stream(successor), {"predecessor": command.keyid})


def _key_revoked(command: o.RevokeKey, *_: object) -> Iterator[ExpectedEvents]:
    yield _same(keys.KeyWasRevoked, key_stream(command.keyid), command)


_EXPECTING: dict[type, _Expecting] = {
    c.RegisterParties: _of_election(elections.PartiesRegistered),
    c.RegisterUnits: _of_election(elections.UnitsRegistered),
    c.RecordPrevious: _of_election(elections.PreviousRecorded),
    c.PauseReception: _of_election(elections.ReceptionPaused),
    c.ResumeReception: _of_election(elections.ReceptionResumed),
    c.NoteChange: _of_election(elections.ChangeNoted),
    c.ChangeRules: _of_election(elections.RulesChanged),
    c.CloseElection: _of_election(elections.ElectionWasClosed),
    c.RegisterCandidates: _of_contest(contests.CandidatesRegistered),
    c.RegisterList: _of_contest(contests.ListRegistered),
    c.RegisterJustices: _of_contest(contests.JusticesRegistered),
    c.WithdrawCandidate: _of_contest(contests.CandidateWasWithdrawn),
    c.RecordParticulars: _of_contest(contests.ParticularsRecorded),
    c.CorrectTally: _of_count(counts.TallyCorrected),
    c.ConfirmCount: _of_count(counts.CountConfirmed),
    c.ReturnCount: _of_count(counts.CountReturned),
    **{
        kind: cast("_Expecting", expecting)
        for kind, expecting in {
            c.DefineElection: _defined,
            c.DefineContest: _contest_defined,
            c.OpenCounting: _opened,
            c.PostTally: _tally,
            c.ReportTurnout: _turnout,
            c.CorrectTurnout: _turnout,
            c.RecordLot: _decided,
            c.Declare: _decided,
            s.PublishSurvey: _survey_published,
            s.RemindSurvey: _survey_reminded,
            s.AnswerSurvey: _answer,
            s.ReturnAnswer: _answer,
            o.RegisterOffice: _office_registered,
            o.EnrolKey: _key_enrolled,
            o.ApproveKey: _key_approved,
            o.RotateKey: _key_rotated,
            o.RevokeKey: _key_revoked,
        }.items()
    },
}
