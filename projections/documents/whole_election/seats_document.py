"""`seats`: the seats of every contest by party, declared and projected apart."""

from collections import Counter
from datetime import date

import msgspec

from aggregates.election.particulars import HeldSeats
from projections.documents import document_parts
from projections.documents.models import Head
from projections.documents.rows.last_time_rows import seat_changes
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import is_contradicted
from projections.state.seat_counts import SeatTable


class PartySeats(msgspec.Struct, frozen=True, kw_only=True):
    """Seats of one party.

    Attributes:
        id: Party id; empty for independents.
        name: Name.
        declared_seats: Seats by declaration.
        projected_seats: Declared seats; where none are declared, of lists by D'Hondt on the votes
            so far, of candidates by the law once every figure is final.
    """

    id: str
    name: str
    declared_seats: int
    projected_seats: int


class ContestSeats(msgspec.Struct, frozen=True, kw_only=True):
    """Seats of one contest by party.

    Attributes:
        contest: Id.
        name: Name.
        seats: Seats.
        is_declared: Whether they are declared.
        declared_seats: Party id -> seats by declaration.
        projected_seats: Party id -> declared seats; where none are declared, of lists by D'Hondt
            on the votes so far, of candidates by the law once every figure is final.
        elected: Declared candidates or members, in order.
        vacant: Seats nobody could take (欠員), which is not the same as not decided yet.
        contradicted: The figures recorded since lead to another decision.
    """

    contest: str
    name: str
    seats: int
    is_declared: bool
    declared_seats: dict[str, int]
    projected_seats: dict[str, int]
    elected: tuple[str, ...]
    vacant: int
    contradicted: bool = False


class SeatTurnover(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Seats of a party that changed hands, in contests that are declared.

    Attributes:
        party: Party id; empty for independents, and where `party_name` is a party of then.
        party_name: A party that is not of this election.
        gained: Seats more than last time, over the contests in which it has more.
        lost: Seats fewer, over those in which it has fewer.
    """

    gained: int
    lost: int
    party: str = ""
    party_name: str = ""


class SeatsLastTime(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is recorded of seats before this election; each list is left out where it is not.

    Attributes:
        election: What the last election was called.
        polling_day: Its polling day.
        won: Seats that parties won at it; a party that is not in the list won none.
        before: Seats held before the notice, of all that are filled now.
        continuing: 非改選: seats that are not filled now.
        turnover: Seats that changed hands so far, over `compared` declared contests.
        compared: Declared contests of which it is recorded who was elected last time.
    """

    election: str = ""
    polling_day: date | None = None
    won: tuple[HeldSeats, ...] = ()
    before: tuple[HeldSeats, ...] = ()
    continuing: tuple[HeldSeats, ...] = ()
    turnover: tuple[SeatTurnover, ...] = ()
    compared: int = 0


class SeatsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Seats of the nation by party.

    Attributes:
        head: Election, environment, position.
        seats: Seats of all contests.
        declared: Seats declared: somebody has them.
        vacant: Seats that a decision gives to nobody; the others are not decided yet.
        parties: Most declared seats first.
        contests: One row per contest with seats.
        last_time: 前回・公示前・非改選, of the assembly that this election fills; left out where
            nothing is recorded.
    """

    head: Head
    seats: int
    declared: int
    parties: list[PartySeats]
    contests: list[ContestSeats]
    vacant: int = 0
    last_time: SeatsLastTime | msgspec.UnsetType = msgspec.UNSET


def seats_document(state: ElectionState, key: str) -> SeatsDocument:
    """Build `seats`."""
    contests = [contest for contest in state.contests.values() if contest.facts.seats]
    return seats_in(state, contests, document_parts.head(state, key))


def seats_in(state: ElectionState, contests: list[ContestRecord], head: Head) -> SeatsDocument:
    """Seats of some contests by party, such as those of one chamber."""
    table = SeatTable(state, contests)
    ids = {*state.register().parties, *table.declared, *table.projected}
    return SeatsDocument(
        head=head,
        seats=sum(contest.facts.seats for contest in contests),
        declared=sum(table.declared.values()),
        parties=[
            PartySeats(
                id=party,
                name=document_parts.party_name(state, party),
                declared_seats=table.declared.get(party, 0),
                projected_seats=table.projected.get(party, 0),
            )
            for party in sorted(ids, key=lambda id_: (-table.declared.get(id_, 0), id_))
        ],
        contests=[_contest_seats(state, contest) for contest in contests],
        vacant=sum(contest.declared.vacant for contest in contests if contest.declared is not None),
        last_time=_last_time(state, contests),
    )


def _last_time(
    state: ElectionState, contests: list[ContestRecord]
) -> SeatsLastTime | msgspec.UnsetType:
    register = state.register()
    previous = register.previous
    if not previous.is_partial:
        return msgspec.UNSET
    found = [changes for contest in contests if (changes := seat_changes(state, contest))]
    gained, lost = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for each in (change for changes in found for change in changes):
        (gained if each.change > 0 else lost)[(each.party, each.party_name)] += abs(each.change)
    return SeatsLastTime(
        election=previous.name,
        polling_day=previous.polling_day,
        won=previous.won,
        before=previous.before,
        continuing=previous.continuing,
        turnover=tuple(
            SeatTurnover(gained=gained[key], lost=lost[key], party=key[0], party_name=key[1])
            for key in sorted({*gained, *lost})
            if gained[key] or lost[key]
        ),
        compared=len(found),
    )


def _contest_seats(state: ElectionState, contest: ContestRecord) -> ContestSeats:
    table = SeatTable(state, (contest,))
    declared = contest.declared
    return ContestSeats(
        contest=contest.facts.id,
        name=contest.facts.name,
        seats=contest.facts.seats,
        is_declared=declared is not None,
        declared_seats=table.declared,
        projected_seats=table.projected,
        elected=declared.elected if declared is not None else (),
        vacant=declared.vacant if declared is not None else 0,
        contradicted=is_contradicted(state, contest),
    )
