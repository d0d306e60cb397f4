"""Seats by party beside what they were: won last time, held before the notice, not up (非改選)."""

from collections.abc import Iterable
from typing import NamedTuple

from aggregates.election.particulars import HeldSeats
from projections.documents.rows.last_time_rows import PartyKey
from projections.documents.whole_election.seats_document import SeatsDocument


class BalanceRow(NamedTuple):
    """Seats of a party; None of what is not recorded, or not decided yet.

    Attributes:
        party: Party id; empty for independents, and for a party that is not of this election.
        name: What it is called.
        is_gone: It is not of this election.
        declared: Seats declared.
        gained: Seats more than last time, over the declared contests in which it has more.
        lost: Seats fewer, over those in which it has fewer.
        won: Seats won last time.
        since_won: `declared` less `won`, once every seat is decided.
        before: Seats held before the notice.
        since_before: `declared` less `before`, once every seat is decided.
        continuing: Seats that are not up.
        whole: `declared` and `continuing` together.
    """

    party: str
    name: str
    is_gone: bool
    declared: int
    gained: int | None
    lost: int | None
    won: int | None
    since_won: int | None
    before: int | None
    since_before: int | None
    continuing: int | None
    whole: int | None


class SeatBalance(NamedTuple):
    """Seats by party, those with the most seats first.

    Attributes:
        rows: Parties.
        election: What the last election was called.
        compared: Declared contests of which it is recorded who was elected last time.
        is_decided: Every contest is declared.
        continuing: All seats that are not up; 0 where none are recorded.
        has_won: It is recorded what parties won last time.
        has_before: It is recorded what they held before the notice.
    """

    rows: list[BalanceRow]
    election: str
    compared: int
    is_decided: bool
    continuing: int
    has_won: bool
    has_before: bool


def seat_balance(seats: SeatsDocument, independent: str) -> SeatBalance | None:
    """Seats beside what they were; None where nothing of that is recorded.

    Args:
        seats: Seats of the assembly.
        independent: What those without a party are called.
    """
    last = seats.last_time
    if not last or not (last.won or last.before or last.continuing or last.compared):
        return None
    names: dict[PartyKey, str] = {(each.id, ""): each.name for each in seats.parties}
    declared = {(each.id, ""): each.declared_seats for each in seats.parties}
    won, before, continuing = map(_by_party, (last.won, last.before, last.continuing))
    gained = {(each.party, each.party_name): each.gained for each in last.turnover}
    lost = {(each.party, each.party_name): each.lost for each in last.turnover}
    is_decided = all(each.is_declared for each in seats.contests)
    rows = []
    for key in dict.fromkeys((*declared, *won, *before, *continuing, *gained)):
        own, then = declared.get(key, 0), won.get(key, 0)
        held, rest = before.get(key, 0), continuing.get(key, 0)
        rows.append(
            BalanceRow(
                party=key[0],
                name=names.get(key) or key[1] or independent,
                is_gone=bool(key[1]),
                declared=own,
                gained=gained.get(key, 0) if last.compared else None,
                lost=lost.get(key, 0) if last.compared else None,
                won=then if won else None,
                since_won=own - then if won and is_decided else None,
                before=held if before else None,
                since_before=own - held if before and is_decided else None,
                continuing=rest if continuing else None,
                whole=own + rest if continuing else None,
            )
        )
    rows = [row for row in rows if any((row.declared, row.won, row.before, row.continuing))]
    rows.sort(key=lambda row: (-(row.whole or row.declared), -(row.won or 0), row.name))
    return SeatBalance(
        rows=rows,
        election=last.election,
        compared=last.compared,
        is_decided=is_decided,
        continuing=sum(continuing.values()),
        has_won=bool(won),
        has_before=bool(before),
    )


def _by_party(held: Iterable[HeldSeats]) -> dict[PartyKey, int]:
    return {(each.party, each.name): each.seats for each in held}
