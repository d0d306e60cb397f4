"""What an election council would be asked to declare, contest by contest."""

from collections.abc import Iterator, Sequence

import msgspec

from aggregates.counting.outcome import Outcome
from aggregates.election.ballot import PartyList
from aggregates.law.vacancies import re_election_follows
from aggregates.rule_package.kind_rule import Ballot
from projections.documents.contest_document import stated_full_seats
from projections.documents.models import Votes, both_forms
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import is_contradicted, proposal
from projections.state.statutory_lines import contest_full_seats


class NamedOption(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody whom the law or the council names; votes where they have votes of their own."""

    id: str
    name: str
    party: str = ""
    votes: Votes | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One contest and its decision.

    Attributes:
        contest: Id.
        name: Name.
        kind: Kind of contest.
        ballot: What is on its ballot.
        seats: Seats to be filled.
        re_election: Seats that the law leaves empty call for another election by themselves.
        full_seats: 議員定数, where it differs from them.
        long_seats: Of them with the long term, where they have two.
        units: Units that report.
        waiting_units: Units without which nobody can be declared.
        waiting_contests: Districts that a list waits for.
        lot_between: Equals, between whom people draw a lot.
        law: What the law makes of the final figures; None while it cannot be said.
        law_named: Those whom the law names: elected, or dismissed.
        declared: What was declared.
        declared_named: Those who were declared.
        declared_position: Position of the declaration.
        outdated: The law now says something else than was declared: a revision is due.
    """

    contest: str
    name: str
    kind: str
    ballot: Ballot
    seats: int
    units: int
    full_seats: int | None = None
    long_seats: int | None = None
    re_election: bool = False
    waiting_units: tuple[str, ...] = ()
    waiting_contests: tuple[str, ...] = ()
    lot_between: tuple[NamedOption, ...] = ()
    law: Outcome | None = None
    law_named: tuple[NamedOption, ...] = ()
    declared: Outcome | None = None
    declared_named: tuple[NamedOption, ...] = ()
    declared_position: int = 0
    outdated: bool = False


def decisions(state: ElectionState, prefecture: str = "") -> list[Decision]:
    """Every contest held in a prefecture, or in the nation, in order of definition."""
    contests = state.by_prefecture.get(prefecture, ()) if prefecture else state.contests.values()
    return [_decision(state, contest) for contest in contests]


def _decision(state: ElectionState, contest: ContestRecord) -> Decision:
    says = proposal(state, contest)
    people = {each.id: each for each in _people(state, contest)}
    long_seats = contest.facts.long_seats
    return Decision(
        contest=contest.facts.id,
        name=contest.facts.name,
        kind=contest.facts.kind,
        ballot=contest.rule.ballot,
        seats=contest.facts.seats,
        units=len(contest.counts),
        full_seats=stated_full_seats(state, contest),
        long_seats=None if long_seats is msgspec.UNSET else long_seats,
        re_election=re_election_follows(
            contest.rule.re_election,
            says.outcome.vacant if says.outcome is not None else 0,
            contest_full_seats(state, contest),
        ),
        waiting_units=says.waiting_units,
        waiting_contests=says.waiting_contests,
        lot_between=_name_options(says.lot_between, people),
        law=says.outcome,
        law_named=_name_options(_winners(contest, says.outcome), people),
        declared=contest.declared,
        declared_named=_name_options(_winners(contest, contest.declared), people),
        declared_position=contest.declared_at,
        outdated=is_contradicted(state, contest),
    )


def _winners(contest: ContestRecord, outcome: Outcome | None) -> Sequence[str]:
    if outcome is None:
        return ()
    return outcome.named_options(contest.rule.ballot)


def _name_options(ids: Sequence[str], people: dict[str, NamedOption]) -> tuple[NamedOption, ...]:
    return tuple(people.get(each, NamedOption(id=each, name=each)) for each in ids)


def _people(state: ElectionState, contest: ContestRecord) -> Iterator[NamedOption]:
    parties = state.register().parties
    votes = contest.sums().votes
    for option in contest.options.values():
        party = parties.get(getattr(option, "party", ""))
        own = both_forms(votes[option.id]) if option.id in votes else None
        yield NamedOption(
            id=option.id, name=option.name, party=party.short if party else "", votes=own
        )
        for member in option.members if isinstance(option, PartyList) else ():
            own = both_forms(votes[member.id]) if member.id in votes else None
            yield NamedOption(id=member.id, name=member.name, party=option.name, votes=own)
