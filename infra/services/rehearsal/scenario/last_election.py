"""An invented last election: who had the seats before the rehearsal's night.

Votes are those of the night moved by chance, so that most seats are held and some are gained. Now
and then a district was redrawn, or is new, and a seat was won by a party that is gone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Final

from aggregates.election.ballot import PartyList
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.identifiers import VOTE, contest_kind
from aggregates.election.particulars import (
    HeldSeats,
    PreviousContest,
    PreviousElection,
    PreviousHolder,
    PreviousShare,
    PreviousTurnout,
    Relation,
)
from aggregates.law.lists.apportionment import apportion
from infra.services.rehearsal.scenario.candidate_field import Nominations
from infra.services.rehearsal.scenario.invented_names import Namer
from infra.services.rehearsal.scenario.invented_parties import PARTIES
from infra.services.rehearsal.scenario.poll import RehearsalPoll
from infra.services.rehearsal.scenario.scenario import Setting
from infra.services.rehearsal.scenario.seeded_random import chance, split, weight

NAME: Final = "訓練：前回の選挙（架空）"
_GONE: Final = "旧みどり連合"
"""A party of then that does not stand now."""
_YEARS: Final = timedelta(days=7 * 52 * 3)
_SPREAD: Final = 0.16
_INCUMBENT: Final = 1.35
"""Who sits had more votes."""
_SAME_PERSON_PERCENT: Final = 70
_REDRAWN_PERCENT, _NEW_PERCENT, _GONE_PERCENT = 3, 2, 3
_HOURS: Final = (("10:00", 108), ("14:00", 325), ("18:00", 530), ("19:30", 608))
"""Hour, and how many of a thousand voters had come by then; the others voted early or later."""
_HEADS: Final = frozenset({"governor", "mayor"})
_MOVED: Final = 2
"""Members who left the largest party between the last election and the notice."""


def last_election(made: Setting) -> PreviousElection:
    """What a rehearsal is compared with; contests of persons and lists, not polls."""
    contests = tuple(_contests(made))
    won = Counter[tuple[str, str]]()
    # Seats are those of the assembly: not a governor's or a mayor's.
    for each in (each for each in contests if contest_kind(each.contest) not in _HEADS):
        for holder in each.holders:
            won[(holder.party, holder.party_name)] += holder.seats
    is_upper = any(facts.kind == "upper-list" for facts in made.facts.values())
    return PreviousElection(
        name=NAME,
        polling_day=_sunday(made.polling_day),
        contests=contests,
        won=_held(won),
        before=_held(_moved(won)),
        continuing=_held(_continuing(made)) if is_upper else (),
    )


def _sunday(polling_day: date) -> date:
    return polling_day - _YEARS


def _contests(made: Setting) -> Iterator[PreviousContest]:
    totals: dict[str, Counter[str]] = {}
    for poll in made.polls:
        if (sheet := made.sheets.get(poll.serial)) is not None:
            totals.setdefault(poll.contest, Counter()).update(sheet.votes)
    for contest, facts in made.facts.items():
        source = chance(made.seed, "last-election", contest)
        if contest in made.nominations.slates:
            yield _persons(source, facts, made.nominations, totals.get(contest, {}), made.polls)
        elif contest in made.nominations.lists:
            yield _lists(source, facts, made.nominations.lists[contest], totals.get(contest, {}))


def _persons(
    source: Random,
    facts: ContestFacts,
    nominations: Nominations,
    totals: Mapping[str, int],
    polls: tuple[RehearsalPoll, ...],
) -> PreviousContest:
    relation = _relation(source, facts.seats)
    if relation == "new":
        return PreviousContest(contest=facts.id, relation=relation)
    namer, taken = Namer(source), set[str]()
    shares = []
    for person in nominations.slates[facts.id].candidates:
        factor = weight(source, _SPREAD) * (_INCUMBENT if person.standing == "incumbent" else 1)
        votes = int(totals.get(person.id, VOTE) * factor) // 1_000_000 // VOTE * VOTE
        is_same = source.randrange(100) < _SAME_PERSON_PERCENT
        name = person.name if is_same else namer.person(taken).name
        shares.append(PreviousShare(name=name, party=person.party, votes=votes))
    shares.sort(key=lambda each: -each.votes)
    if source.randrange(100) < _GONE_PERCENT:
        first = shares[0]
        shares[0] = PreviousShare(name=first.name, party_name=_GONE, votes=first.votes)
    holders = tuple(
        PreviousHolder(name=each.name, party=each.party, party_name=each.party_name)
        for each in shares[: facts.seats]
    )
    counted = facts.id in {poll.contest for poll in polls} and bool(totals)
    return PreviousContest(
        contest=facts.id,
        relation=relation,
        holders=holders,
        votes=tuple(shares) if counted else (),
        turnout=_turnout(source) if counted else (),
    )


def _relation(source: Random, seats: int) -> Relation:
    drawn = source.randrange(100)
    if seats != 1 or drawn >= _REDRAWN_PERCENT + _NEW_PERCENT:
        return "same"
    return "new" if drawn < _NEW_PERCENT else "redrawn"


def _turnout(source: Random) -> tuple[PreviousTurnout, ...]:
    final = 4_900 + source.randrange(1_400)
    by_hour = (PreviousTurnout(at=hour, rate=final * part // 1000) for hour, part in _HOURS)
    return (*by_hour, PreviousTurnout(rate=final))


def _lists(
    source: Random, facts: ContestFacts, lists: tuple[PartyList, ...], totals: Mapping[str, int]
) -> PreviousContest:
    """Votes of lists; of the Upper House with those of their members."""
    votes = {}
    for each in lists:
        own = totals.get(each.id, 0) + sum(totals.get(member.id, 0) for member in each.members)
        moved = own * weight(source, _SPREAD) // 1_000_000 // VOTE * VOTE
        votes[each.party] = max(moved, VOTE)
    seats = apportion(votes, facts.seats, dict.fromkeys(votes, facts.seats)).seats
    return PreviousContest(
        contest=facts.id,
        holders=tuple(
            PreviousHolder(party=party, seats=number) for party, number in seats.items() if number
        ),
        votes=tuple(PreviousShare(party=party, votes=own) for party, own in votes.items()),
        turnout=_turnout(source),
    )


def _moved(won: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Some left the largest party before the notice, and the party that is gone dissolved."""
    held = Counter(won)
    largest = max(won, key=lambda key: (won[key], key))
    for key, number in ((largest, _MOVED), (("", _GONE), won[("", _GONE)])):
        moved = min(number, held[key] - 1) if key == largest else number
        held[key] -= moved
        held[("", "")] += moved
    return held


def _continuing(made: Setting) -> Counter[tuple[str, str]]:
    """The other half: as many seats as are filled now."""
    source = chance(made.seed, "continuing")
    weights = [weight(source, _SPREAD, each.weight * 1000) for each in PARTIES]
    numbers = split(sum(facts.seats for facts in made.facts.values()), weights)
    return Counter(
        {(each.party.id, ""): number for each, number in zip(PARTIES, numbers, strict=True)}
    )


def _held(seats: Mapping[tuple[str, str], int]) -> tuple[HeldSeats, ...]:
    """The most seats first."""
    ranked = sorted(seats.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        HeldSeats(party=party, name=name, seats=number)
        for (party, name), number in ranked
        if number > 0
    )
