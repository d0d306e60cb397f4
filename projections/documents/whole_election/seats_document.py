"""`seats`: the seats of every contest by party, declared and projected apart."""

import msgspec

from projections.documents import document_parts
from projections.documents.models import Head
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


class SeatsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Seats of the nation by party.

    Attributes:
        head: Election, environment, position.
        seats: Seats of all contests.
        declared: Seats declared: somebody has them.
        vacant: Seats that a decision gives to nobody; the others are not decided yet.
        parties: Most declared seats first.
        contests: One row per contest with seats.
    """

    head: Head
    seats: int
    declared: int
    parties: list[PartySeats]
    contests: list[ContestSeats]
    vacant: int = 0


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
