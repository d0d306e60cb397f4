"""Upper House lists: votes for the list's name and for every member, per prefecture."""

from projections.statistics.ledger import Ledger, standing_lists
from projections.statistics.table import Cell, Column, Table, keys
from projections.statistics.table import blank_if_zero as blank
from projections.statistics.tiers import ReportTier

LIST_NAME = "（政党等の名称）"


def by_prefecture(ledger: Ledger, tier: ReportTier) -> Table:
    """List, member, prefecture; the votes for the list's own name first."""
    rows: list[tuple[Cell, ...]] = []
    for area in ledger.areas(tier):
        sums = ledger.sheets(tier, area.prefectures)
        # Where a unit gives lists alone, neither their names nor their members have known votes.
        votes = {} if sums.list_totals else sums.votes
        for contest in ledger.contests(tier):
            for option in standing_lists(contest):
                place = (ledger.election_id, area.name, ledger.party_name(option.party))
                rows.append((*place, LIST_NAME, None, blank(votes.get(option.id, 0))))
                for member in option.members:
                    if member.id not in contest.withdrawn:
                        own = blank(votes.get(member.id, 0))
                        rows.append((*place, member.name, member.priority, own))
    return Table(
        id=f"member_votes_by_pref_{tier.code}",
        number="3(13)",
        title=f"名簿登載者別都道府県別得票数（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("prefecture", "都道府県")),
            *keys(("party", "党派"), ("name", "氏名")),
            Column("priority", "特定枠", "count"),
            Column("votes", "得票数", "votes"),
        ),
        rows=tuple(rows),
    )
