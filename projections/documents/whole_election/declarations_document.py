"""`declarations`: what the election councils decided, and what of it was revised."""

from datetime import datetime

import msgspec

from aggregates.counting.declaration import OutcomeRevised
from aggregates.election.ballot import PartyList
from aggregates.rule_package.kind_rule import Ballot
from projections.documents import document_parts
from projections.documents.models import Head
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import is_contradicted
from projections.state.statutory_lines import needs_re_election


class Person(msgspec.Struct, frozen=True):
    """Someone a decision names."""

    id: str
    name: str


class DeclarationRow(msgspec.Struct, frozen=True, kw_only=True):
    """The decision in force on one contest.

    Attributes:
        position: The entry of the decision.
        replaces: The entry of the decision that it replaced; 0 when it is the first.
        reason: Why it replaced another; empty when it is the first.
        recorded_at: When the log took it.
        contest: Id.
        name: Name of the contest.
        ballot: What is on its ballot: persons, lists, open-lists, justices or options.
        elected: Candidates or list members, in the order in which they won.
        long_terms: Who of the elected has the long term; left out where all have one (POEA 115).
        list_seats: Seats per list, where lists compete.
        dismissed: Justices dismissed.
        adopted: The option that a poll adopts; empty where it adopts none.
        quorum_missed: Too few took part in a poll for anything to be decided.
        vacant: Seats nobody could take.
        uncontested: Elected without a vote (POEA 100).
        re_election: The vacant seats alone call for another election (POEA 109, 110, 113).
        contradicted: The figures recorded since lead to another decision, which is not made yet.
    """

    position: int
    replaces: int
    reason: str
    recorded_at: datetime
    contest: str
    name: str
    ballot: Ballot
    elected: list[Person]
    list_seats: dict[str, int]
    dismissed: list[Person]
    vacant: int
    uncontested: bool
    re_election: bool
    contradicted: bool
    adopted: list[Person] | msgspec.UnsetType = msgspec.UNSET
    quorum_missed: bool | msgspec.UnsetType = msgspec.UNSET
    long_terms: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET


class DeclarationsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Every decision in force, the latest first.

    Attributes:
        head: Election, environment, position.
        declared: How many contests are decided.
        contests: How many there are.
        declarations: The decisions.
    """

    head: Head
    declared: int
    contests: int
    declarations: list[DeclarationRow]


def declarations_document(state: ElectionState, key: str) -> DeclarationsDocument:
    """Build `declarations`."""
    revisions = {
        correction.event.contest: correction.replaces
        for correction in state.corrections
        if isinstance(correction.event, OutcomeRevised)
    }
    reasons = {
        correction.event.contest: correction.event.reason
        for correction in state.corrections
        if isinstance(correction.event, OutcomeRevised)
    }
    rows = [
        _row(state, contest, revisions.get(contest.facts.id, 0), reasons.get(contest.facts.id, ""))
        for contest in state.contests.values()
        if contest.declared is not None
    ]
    return DeclarationsDocument(
        head=document_parts.head(state, key),
        declared=len(rows),
        contests=len(state.contests),
        declarations=sorted(rows, key=lambda row: -row.position),
    )


def _row(
    state: ElectionState, contest: ContestRecord, replaces: int, reason: str
) -> DeclarationRow:
    outcome = contest.declared
    if outcome is None:
        raise LookupError(f"{contest.facts.id} is not declared")
    names = _names(contest)
    return DeclarationRow(
        position=contest.declared_at,
        replaces=replaces,
        reason=reason,
        recorded_at=state.times[contest.declared_at - 1],
        contest=contest.facts.id,
        name=contest.facts.name,
        ballot=contest.rule.ballot,
        elected=[Person(each, names[each]) for each in outcome.elected],
        list_seats=outcome.list_seats,
        dismissed=[Person(each, names[each]) for each in outcome.dismissed],
        vacant=outcome.vacant,
        uncontested=outcome.uncontested,
        re_election=needs_re_election(state, contest),
        contradicted=is_contradicted(state, contest),
        adopted=[Person(each, names[each]) for each in outcome.adopted]
        if contest.rule.ballot == "options"
        else msgspec.UNSET,
        quorum_missed=outcome.quorum_missed or msgspec.UNSET,
        long_terms=outcome.long_terms or msgspec.UNSET,
    )


def _names(contest: ContestRecord) -> dict[str, str]:
    names = {option.id: option.name for option in contest.options.values()}
    for option in contest.options.values():
        if isinstance(option, PartyList):
            names |= {member.id: member.name for member in option.members}
    return names
