"""6: polls with options: what was asked, votes of each option, and what was adopted."""

from aggregates.election.ballot import PollOption
from aggregates.election.identifiers import VOTE
from projections.statistics.ledger import Ledger
from projections.statistics.partial_notes import sheet_notes
from projections.statistics.printed_figures import share
from projections.statistics.table import Cell, Column, Table, columns, keys
from projections.statistics.tiers import ReportTier


def votes(ledger: Ledger, tier: ReportTier) -> Table:
    """Per poll and option: votes, their share of the valid ones, whether it is adopted."""
    rows: list[tuple[Cell, ...]] = []
    for contest in ledger.contests(tier):
        sums, declared = contest.sums(), contest.declared
        valid = sum(sums.votes.values()) // VOTE
        for option in contest.options.values():
            if not isinstance(option, PollOption):
                continue
            own = sums.votes.get(option.id, 0) // VOTE if sums.reporting else None
            adopted = None if declared is None else option.id in declared.adopted
            place = ledger.election_id, contest.facts.name, option.name
            percent = share(own, valid) if own is not None else None
            rows.append((*place, own, percent, adopted))
    return Table(
        id=f"{tier.code}_votes",
        number="6(1)",
        title=f"選択肢別得票数（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("contest", "投票"), ("option", "選択肢")),
            *columns("count", ("votes", "得票数")),
            Column("votes_pct", "得票率", "percent"),
            Column("adopted", "可決", "flag"),
        ),
        rows=tuple(rows),
        notes=sheet_notes([contest.sums() for contest in ledger.contests(tier)]),
    )
