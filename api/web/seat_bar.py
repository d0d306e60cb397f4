"""Geometry of the seat bar: declared seats side by side, the majority as a line."""

from collections.abc import Iterable
from typing import NamedTuple

from projections.documents.whole_election.seats_document import SeatsDocument
from projections.views.whole_election.seat_balance import SeatBalance

_WIDTH = 1000.0


class Segment(NamedTuple):
    """Part of the bar: a party's seats that are declared, or those that are not up (非改選)."""

    party: str
    name: str
    seats: int
    x: float
    width: float
    is_continuing: bool = False


class SeatBar(NamedTuple):
    """The bar.

    Attributes:
        segments: Parties by declared seats.
        open_seats: Seats not declared yet.
        open_x: Where they begin.
        majority: Seats of a majority; 0 where a majority of these seats is one of no chamber.
        majority_x: Where the line stands.
    """

    segments: list[Segment]
    open_seats: int
    open_x: float
    majority: int
    majority_x: float


def majority(seats: int) -> int:
    """More than half of the seats."""
    return seats // 2 + 1


def seat_bar(document: SeatsDocument, *, has_majority: bool = True) -> SeatBar:
    """Lay the declared seats out, the largest party first."""
    whole = document.seats
    segments = list(_segments(document, whole))
    declared = sum(segment.seats for segment in segments)
    line = majority(whole) if has_majority else 0
    return SeatBar(
        segments=segments,
        open_seats=whole - declared - sum(contest.vacant for contest in document.contests),
        open_x=_at(declared, whole),
        majority=line,
        majority_x=_at(line, whole),
    )


def whole_bar(document: SeatsDocument, balance: SeatBalance) -> SeatBar:
    """The whole chamber where half of it is elected; the majority is one of the chamber.

    Seats of a party that are not up stand left of its declared ones.
    """
    whole = document.seats + balance.continuing
    segments: list[Segment] = []
    begun = 0
    for row in balance.rows:
        for seats, is_continuing in ((row.continuing or 0, True), (row.declared, False)):
            if seats:
                x = _at(begun, whole)
                begun += seats
                width = _at(begun, whole) - x
                segments.append(Segment(row.party, row.name, seats, x, width, is_continuing))
    vacant = sum(contest.vacant for contest in document.contests)
    line = majority(whole)
    return SeatBar(
        segments=segments,
        open_seats=whole - begun - vacant,
        open_x=_at(begun, whole),
        majority=line,
        majority_x=_at(line, whole),
    )


def _segments(document: SeatsDocument, whole: int) -> Iterable[Segment]:
    begun = 0
    for party in document.parties:
        if party.declared_seats:
            x = _at(begun, whole)
            begun += party.declared_seats
            yield Segment(party.id, party.name, party.declared_seats, x, _at(begun, whole) - x)


def _at(seats: int, whole: int) -> float:
    return round(_WIDTH * seats / whole, 2) if whole else 0.0
