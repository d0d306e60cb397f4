"""Geometry of the seat bar: declared seats side by side, the majority as a line."""

from collections.abc import Iterable
from typing import NamedTuple

from projections.documents.whole_election.seats_document import SeatsDocument

_WIDTH = 1000.0


class Segment(NamedTuple):
    """Part of the bar: one party, or the seats still open."""

    party: str
    name: str
    seats: int
    x: float
    width: float


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


def _segments(document: SeatsDocument, whole: int) -> Iterable[Segment]:
    begun = 0
    for party in document.parties:
        if party.declared_seats:
            x = _at(begun, whole)
            begun += party.declared_seats
            yield Segment(party.id, party.name, party.declared_seats, x, _at(begun, whole) - x)


def _at(seats: int, whole: int) -> float:
    return round(_WIDTH * seats / whole, 2) if whole else 0.0
