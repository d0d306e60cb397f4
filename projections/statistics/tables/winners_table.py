"""3: 当選人 as the notice has them, and the body that gives it, of every kind with people."""

from projections.statistics.ledger import Ledger
from projections.statistics.paper.winner_announcements import announcement
from projections.statistics.table import Cell, Column, Table, columns, keys
from projections.statistics.tiers import ReportTier

_TERMS = {"long": "長い", "short": "短い"}


def elected(ledger: Ledger, tier: ReportTier) -> Table:
    """Who is elected, in the order of the decision; successors after them."""
    rows: list[tuple[Cell, ...]] = []
    for contest in ledger.contests(tier):
        said = announcement(ledger, contest)
        if said is None:
            continue
        day = contest.facts.held_on(ledger.facts.polling_day).isoformat()
        for order, each in enumerate(said.elected, 1):
            who = ledger.election_id, contest.facts.name, order, each.person.name
            facts = each.person.registered_name or None, each.party, each.votes
            more = _TERMS.get(each.term), contest.uncontested, each.replaces or None
            rows.append((*who, *facts, *more, day, said.body, said.article))
    return Table(
        id=f"elected_{tier.code}",
        number="3(17)",
        title=f"当選人（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("contest", "選挙区")),
            Column("order", "番号", "count", key=True),
            *columns("text", ("name", "氏名"), ("registered_name", "本名"), ("party", "党派")),
            Column("votes", "得票数", "thousandths"),
            Column("term", "任期"),
            Column("uncontested", "無投票", "flag"),
            *columns("text", ("replaces", "繰上補充（前任者）"), ("polling_day", "投票日")),
            *columns("text", ("body", "告示する機関"), ("article", "根拠")),
        ),
        rows=tuple(rows),
        notes=("告示の日と番号、当選人の住所はこの記録にありません。",),
    )
