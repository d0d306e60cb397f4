"""3(11)(12): lists with their members, 惜敗率 and marks; the D'Hondt table."""

from collections.abc import Iterator, Mapping

from aggregates.election.ballot import PartyList
from aggregates.law.lists.apportionment import apportion, quotient_as_printed
from aggregates.law.lists.dual_candidacy import DistrictResult, margin_ratio_as_printed
from aggregates.law.lots import DrawLots
from projections.state.records import ContestRecord
from projections.state.results import list_votes
from projections.statistics.ledger import Ledger, block_name, standing_lists
from projections.statistics.nominations import Nominee, readable_names
from projections.statistics.partial_notes import vote_notes
from projections.statistics.table import Cell, Column, Table, columns, keys
from projections.statistics.tiers import ReportTier

_MARGIN = (
    "惜敗率は、小選挙区の最多得票者の得票数に対する得票数の割合（％、小数点以下4桁を切捨て）です。"
)
_STRUCK_OFF = "供託物没収点に達しなかった者は、名簿に記載されていないものとみなされます。"
_LIST = keys(("election_id", "選挙"), ("block", "ブロック"), ("party", "党派"))


def blocks(ledger: Ledger, tier: ReportTier) -> Table:
    """Votes and seats of every list, its winners by sex."""
    rows: list[tuple[Cell, ...]] = []
    for contest, option, members in _lists(ledger, tier):
        winners = [each for each in members if each.elected]
        men = sum(each.sex == "male" for each in winners)
        women = sum(each.sex == "female" for each in winners)
        seats = contest.declared.list_seats.get(option.id, 0) if contest.declared else None
        sums = contest.sums()
        votes = list_votes(contest, sums).get(option.id) if sums.reporting else None
        rows.append((*_place(ledger, contest, option), votes, seats, men, women))
    return Table(
        id="pr_party_blocks" if tier.blocks else f"party_lists_{tier.code}",
        number="3(11)",
        title=f"名簿届出政党等別得票数・当選人数（{tier.word}）",
        columns=(
            *_LIST,
            Column("votes", "得票数", "votes"),
            *columns("count", ("seats", "当選人数"), ("seats_male", "男"), ("seats_female", "女")),
        ),
        rows=tuple(rows),
        notes=vote_notes(contest.sums() for contest in ledger.contests(tier)),
    )


def entries(ledger: Ledger, tier: ReportTier) -> Table:
    """Every member with rank, order of election, what the district decided, and 惜敗率."""
    rows = [
        _entry(ledger, contest, option, member, order)
        for contest, option, members in _lists(ledger, tier)
        for order in [_orders(contest, members)]
        for member in members
    ]
    return Table(
        id="pr_list_entries" if tier.blocks else f"list_entries_{tier.code}",
        number="3(11)",
        title=f"名簿登載者・当選人（{tier.word}）",
        columns=(
            *_LIST,
            Column("list_rank", "名簿順位", "count"),
            Column("name", "氏名", key=True),
            Column("elected_order", "当選順位", "count"),
            Column("elected_pr", "当選", "flag"),
            Column("smd_result", "小選挙区の当落"),
            Column("sekihai_rate", "惜敗率", "thousandths"),
            Column("sekihai_excluded", "供託物没収点未満", "flag"),
            Column("dual_candidacy", "重複立候補", "flag"),
        ),
        rows=tuple(rows),
        notes=(_MARGIN, _STRUCK_OFF),
        readable=readable_names(ledger.people(tier)),
    )


def _entry(
    ledger: Ledger,
    contest: ContestRecord,
    option: PartyList,
    member: Nominee,
    orders: Mapping[str, int],
) -> tuple[Cell, ...]:
    result = member.result
    mark = "" if result is None else "当" if result.elected else "落"
    return (
        *_place(ledger, contest, option),
        member.rank or member.priority,
        member.filed_name,
        orders.get(member.id),
        member.elected,
        mark,
        margin(result),
        result is not None and result.below_deposit,
        member.is_dual,
    )


def _orders(contest: ContestRecord, members: list[Nominee]) -> dict[str, int]:
    """Member -> place among the list's winners, as they were declared."""
    own = {each.id for each in members}
    declared = contest.declared.elected if contest.declared is not None else ()
    winners = [each for each in declared if each in own]
    return {member: place for place, member in enumerate(winners, start=1)}


def margin(result: DistrictResult | None) -> int | None:
    """惜敗率 as printed, in thousandths of a percent; None below the deposit line."""
    if result is None or result.below_deposit or not result.winner_votes:
        return None
    return margin_ratio_as_printed(result.own_votes, result.winner_votes)


def quotients(ledger: Ledger, tier: ReportTier) -> Table:
    """Every list's quotients up to the number of its members still eligible (POEA 95-2)."""
    rows: list[tuple[Cell, ...]] = []
    notes: list[str] = []
    for contest in ledger.contests(tier):
        eligible = _eligible(ledger, tier, contest)
        votes = list_votes(contest, contest.sums())
        votes = {option: votes.get(option, 0) for option in eligible}
        try:
            awards = apportion(votes, contest.facts.seats, eligible, contest.lots).awards
        except DrawLots as equals:
            awards = ()
            notes.append(f"{contest.facts.name}：くじ未了（{'、'.join(equals.between)}）")
        ranks = {(award.party, award.divisor): award.rank for award in awards}
        for option in standing_lists(contest):
            for divisor in range(1, eligible[option.id] + 1):
                known = contest.sums().reporting
                quotient = quotient_as_printed(votes[option.id], divisor) if known else None
                rank = ranks.get((option.id, divisor))
                rows.append((*_place(ledger, contest, option), divisor, quotient, rank))
    return Table(
        id="dhondt_quotients" if tier.blocks else f"dhondt_quotients_{tier.code}",
        number="3(12)",
        title=f"ドント式による当選人数の計算（{tier.word}）",
        columns=(
            *_LIST,
            Column("divisor", "除数", "count", key=True),
            Column("quotient", "商", "thousandths"),
            Column("seat_rank", "当選順位", "count"),
        ),
        rows=tuple(rows),
        notes=(
            "商は、名簿に残る者の数まで示し、小数点以下4桁を四捨五入しています。",
            *notes,
            *vote_notes(contest.sums() for contest in ledger.contests(tier)),
        ),
    )


def _eligible(ledger: Ledger, tier: ReportTier, contest: ContestRecord) -> dict[str, int]:
    eligible = {option.id: 0 for option in standing_lists(contest)}
    for _, option, members in _lists(ledger, tier, contest):
        eligible[option.id] = sum(not _is_gone(each.result) for each in members)
    return eligible


def _is_gone(result: DistrictResult | None) -> bool:
    return result is not None and (result.elected or result.below_deposit)


def _lists(
    ledger: Ledger, tier: ReportTier, only: ContestRecord | None = None
) -> Iterator[tuple[ContestRecord, PartyList, list[Nominee]]]:
    members: dict[str, list[Nominee]] = {}
    for person in ledger.people(tier):
        if person.list is not None:
            members.setdefault(person.list.id, []).append(person)
    for contest in [only] if only is not None else ledger.contests(tier):
        for option in standing_lists(contest):
            yield contest, option, members.get(option.id, [])


def _place(ledger: Ledger, contest: ContestRecord, option: PartyList) -> tuple[Cell, ...]:
    name = block_name(contest)
    return ledger.election_id, name, ledger.party_name(option.party)
