"""What became of seats after the decision, as rows of the council's data sheet (選挙録)."""

from collections.abc import Iterator

from aggregates.counting.succession import DEPARTURE_CAUSES
from aggregates.election.ballot_names import ballot_names
from projections.documents.rows.dispute_rows import DisputeRow, dispute_row
from projections.documents.rows.succession_rows import succession_rows
from projections.state.records import ContestRecord
from projections.statistics.ledger import Ledger


def seat_changes(ledger: Ledger, contest: ContestRecord) -> Iterator[tuple[str, str]]:
    """Label and value: who is gone, who moved up, when vacant seats are voted on, disputes."""
    for row in succession_rows(ledger.state, contest):
        yield "選挙後の異動", f"{row.name}（{DEPARTURE_CAUSES[row.cause]}、{row.day.isoformat()}）"
        if row.successor:
            yield "繰上補充", row.successor_name
        if row.by_election_day is not None:
            day = row.by_election_day.isoformat()
            yield "補欠選挙・再選挙の期日", f"{day}（原則。公職選挙法第33条の2第2項）"
    dispute = dispute_row(contest)
    if dispute is not None:
        yield from _dispute(ledger, contest, dispute)


def _dispute(
    ledger: Ledger, contest: ContestRecord, dispute: DisputeRow
) -> Iterator[tuple[str, str]]:
    names, units = ballot_names(contest.options.values()), ledger.register.units
    if dispute.area:
        yield "一部無効の区域", "、".join(units[each].name for each in dispute.area)
        kept = dispute.keeps_seat
        said = "—" if kept is None else "、".join(names[each] for each in kept) or "なし"
        yield "再選挙まで議席を失わない者（第205条第2項、第3項）", said
    for hidden in dispute.hidden_invalid:
        unit = units[hidden.unit].name
        left = hidden.votes or {}
        votes = "、".join(f"{names.get(each, each)} {own}" for each, own in left.items())
        yield f"潜在無効票（{unit}、第209条の2）", f"{hidden.ballots}票。差引後：{votes or '—'}"
