"""The figures of a log as the last election of another: who was elected, votes, turnout.

Contests are the same where id and name are; whether an area changed, people have to say. Only what
was decided is carried over: winners by declaration, votes and turnout once every unit is final.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from aggregates.counting.turnout import TurnoutEvent, TurnoutFigures
from aggregates.election.ballot import Candidate, Party, PartyList
from aggregates.election.particulars import (
    HeldSeats,
    PreviousContest,
    PreviousElection,
    PreviousHolder,
    PreviousLog,
    PreviousRate,
    PreviousShare,
    PreviousTurnout,
    PreviousVotes,
    Relation,
)
from aggregates.law.rounding import percent_half_up
from aggregates.reference.japan_time import JAPAN_TIME, time_of_day
from aggregates.reference.name_folding import fold_width
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import list_votes, party_votes
from projections.state.seat_counts import SeatTable
from projections.state.sums import TurnoutSums, add_turnouts
from projections.views.whole_election.election_shape import election_shape


class PresentRegister(NamedTuple):
    """The election that figures are carried to.

    Attributes:
        parties: Its parties.
        contests: Name of each contest by id.
    """

    parties: tuple[Party, ...]
    contests: Mapping[str, str]


class CarriedFigures(NamedTuple):
    """What is carried over.

    Attributes:
        previous: The figures, of the contests that are the same.
        unmatched: Contests of now that have none of the same id and name.
        undecided: Contests of then that were not declared: nobody knows who was elected.
    """

    previous: PreviousElection
    unmatched: tuple[str, ...]
    undecided: tuple[str, ...]


def carry_figures(
    former: ElectionState,
    present: PresentRegister,
    log: PreviousLog,
    relations: Mapping[str, Relation],
) -> CarriedFigures:
    """Figures of a former election for the present one.

    Args:
        former: The fold of the former log.
        present: Whom and what they are compared with.
        log: Where they come from.
        relations: Contests of which people say that they were redrawn or are new.
    """
    parties = _Parties(former, present.parties)
    found, unmatched, undecided = [], [], []
    for contest_id, name in present.contests.items():
        relation: Relation = relations.get(contest_id, "same")
        then = former.contests.get(contest_id)
        if relation == "new":
            found.append(PreviousContest(contest=contest_id, relation=relation))
        elif then is None or (relation == "same" and not _is_same(then.facts.name, name)):
            unmatched.append(contest_id)
        elif then.is_list or then.rule.ballot == "persons":
            found.append(_contest(former, then, parties, relation, name))
            undecided += [contest_id] if then.declared is None else []
    facts = former.register().facts
    return CarriedFigures(
        previous=PreviousElection(
            rates=tuple(_rates(former)),
            votes=tuple(_votes(former, parties)),
            name=facts.name,
            polling_day=facts.polling_day,
            log=log,
            contests=tuple(found),
            won=_won(former, parties),
        ),
        unmatched=tuple(unmatched),
        undecided=tuple(undecided),
    )


def _is_same(one: str, other: str) -> bool:
    return fold_width(one) == fold_width(other)


class _Parties:
    """Parties of then among those of now: by name, else by id; else they are gone."""

    def __init__(self, former: ElectionState, now: Iterable[Party]) -> None:
        self._former = former.register().parties
        self._ids = {party.id for party in now}
        self._names = {fold_width(party.name): party.id for party in now}

    def find(self, party: str) -> tuple[str, str]:
        """(id of now, name where it is gone); both empty for independents."""
        if not party:
            return "", ""
        name = self._former[party].name
        own = self._names.get(fold_width(name)) or (party if party in self._ids else "")
        return (own, "") if own else ("", name)


def _contest(
    former: ElectionState, then: ContestRecord, parties: _Parties, relation: Relation, name: str
) -> PreviousContest:
    is_counted = then.complete and not then.uncontested
    return PreviousContest(
        contest=then.facts.id,
        relation=relation,
        name="" if _is_same(then.facts.name, name) else then.facts.name,
        holders=tuple(_holders(then, parties)),
        votes=tuple(_shares(then, parties)) if is_counted else (),
        turnout=() if then.uncontested else tuple(_turnout(former, then)),
    )


def _holders(then: ContestRecord, parties: _Parties) -> Iterator[PreviousHolder]:
    if then.declared is None:
        return
    for option_id in then.declared.elected if not then.is_list else ():
        option = then.options[option_id]
        if isinstance(option, Candidate):
            party, gone = parties.find(option.party)
            yield PreviousHolder(name=option.name, party=party, party_name=gone)
    for option_id, seats in then.declared.list_seats.items():
        option = then.options[option_id]
        if isinstance(option, PartyList) and seats:
            party, gone = parties.find(option.party)
            yield PreviousHolder(party=party, party_name=gone, seats=seats)


def _shares(then: ContestRecord, parties: _Parties) -> Iterator[PreviousShare]:
    votes = list_votes(then, then.sums())
    for option in then.options.values():
        if option.id in then.withdrawn or not isinstance(option, Candidate | PartyList):
            continue
        party, gone = parties.find(option.party)
        name = option.name if isinstance(option, Candidate) else ""
        own = votes.get(option.id, 0)
        yield PreviousShare(name=name, party=party, party_name=gone, votes=own)


# --- turnout ------------------------------------------------------------------------------------


def _turnout(former: ElectionState, then: ContestRecord) -> Iterator[PreviousTurnout]:
    """By hour, where every unit reported as of it on the day, and final. A replay has no hours."""
    facts = former.register().facts
    if not facts.is_replay:
        units = [_hours(former, then, count.unit) for count in then.counts.values()]
        for hour in sorted(set.intersection(*(set(each) for each in units)) if units else set()):
            figures = [each[hour] for each in units]
            electors = sum(each.electors.total for each in figures)
            voters = sum(each.voters.total for each in figures)
            if electors:
                yield PreviousTurnout(at=hour, rate=percent_half_up(voters, electors, 2))
    sums = then.turnout()
    if _is_final(sums):
        rate = percent_half_up(sums.voters.total, sums.electors.total, 2)
        yield PreviousTurnout(rate=rate)


def _hours(former: ElectionState, then: ContestRecord, unit: str) -> dict[str, TurnoutFigures]:
    day = then.facts.held_on(former.register().facts.polling_day)
    found: dict[str, TurnoutFigures] = {}
    for _, event in then.counts[unit].turnout.history:
        if isinstance(event, TurnoutEvent) and event.TOPIC == "turnout.reported":
            moment = event.as_of.astimezone(JAPAN_TIME)
            if moment.date() == day:
                found[time_of_day(moment)] = event.figures
    return found


def _is_final(sums: TurnoutSums) -> bool:
    return 0 < sums.units == sums.final and sums.electors.total > 0


def _rates(former: ElectionState) -> Iterator[PreviousRate]:
    """Final rates of the whole and of prefectures, by kind."""
    places: dict[tuple[str, str], list[TurnoutSums]] = {}
    for contest in former.contests.values():
        if contest.uncontested:
            continue
        for prefecture, group in contest.groups.items():
            for area in ("", prefecture):
                places.setdefault((contest.facts.kind, area), []).append(group.turnout())
    for (kind, area), found in places.items():
        sums = add_turnouts(found)
        if _is_final(sums):
            yield PreviousRate(
                kind=kind,
                area=area,
                male=percent_half_up(sums.voters.male, sums.electors.male, 2),
                female=percent_half_up(sums.voters.female, sums.electors.female, 2),
                total=percent_half_up(sums.voters.total, sums.electors.total, 2),
            )


# --- parties --------------------------------------------------------------------------------------


def _votes(former: ElectionState, parties: _Parties) -> Iterator[PreviousVotes]:
    """Votes by party of every kind whose contests are all final."""
    kinds: dict[str, list[ContestRecord]] = {}
    for contest in former.contests.values():
        if contest.is_list or contest.rule.ballot == "persons":
            kinds.setdefault(contest.facts.kind, []).append(contest)
    names = {party.id: party.name for party in former.register().parties.values()}
    for kind, contests in kinds.items():
        if not all(each.complete or each.uncontested for each in contests):
            continue
        votes = party_votes((each, each.sums()) for each in contests if not each.uncontested)
        for party, own in votes.items():
            if party:
                now, _ = parties.find(party)
                yield PreviousVotes(kind=kind, name=names[party], party=now, votes=own)


def _won(former: ElectionState, parties: _Parties) -> tuple[HeldSeats, ...]:
    """Seats of the assembly by party, once all of it is declared."""
    chamber = election_shape(former).chamber
    if chamber is None or any(each.declared is None for each in chamber.contests):
        return ()
    seats: dict[tuple[str, str], int] = {}
    for party, number in SeatTable(former, chamber.contests).declared.items():
        key = parties.find(party)
        seats[key] = seats.get(key, 0) + number
    ranked = sorted(seats.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        HeldSeats(party=party, name=name, seats=number) for (party, name), number in ranked
    )
