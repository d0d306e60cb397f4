"""2 and 3(8)(9): electors, voters, rates; ballots, valid and invalid ones, by place."""

from aggregates.counting.turnout import BySex
from aggregates.election.particulars import PreviousRate
from projections.statistics.ledger import Area, Ledger
from projections.statistics.printed_figures import share, turnout_rate
from projections.statistics.table import Cell, Column, Table, by_sex, columns, keys
from projections.statistics.tiers import ReportTier

_PLACE = (
    *keys(("election_id", "選挙"), ("tier", "選挙の種類"), ("scope", "範囲")),
    *keys(("block", "ブロック"), ("prefecture", "都道府県")),
)
_SCOPES = ("all", "overseas")
_SEXES = ("male", "female", "total")


def electorate(ledger: Ledger, tiers: tuple[ReportTier, ...]) -> Table:
    """有権者数, 投票者数, 棄権者数 by sex; overseas inside and apart."""
    rows: list[tuple[Cell, ...]] = []
    for tier in tiers:
        for scope in _SCOPES:
            for area in ledger.areas(tier):
                electors, voters = _people(ledger, tier, scope, area)
                away = BySex(electors.male - voters.male, electors.female - voters.female)
                figures = (each for who in (electors, voters, away) for each in _three(who))
                rows.append((*_place(ledger, tier, scope, area), *figures))
    return Table(
        id="electorate",
        number="2",
        title="有権者数・投票者数・棄権者数",
        columns=(
            *_PLACE,
            *by_sex("count", "electors", "有権者数 "),
            *by_sex("count", "voters", "投票者数 "),
            *by_sex("count", "abstainers", "棄権者数 "),
        ),
        rows=tuple(rows),
        notes=("範囲 all は在外を含み、overseas はそのうち在外です。",),
    )


def turnout(ledger: Ledger, tiers: tuple[ReportTier, ...]) -> Table:
    """投票率 by sex, with the last election's and the difference in points."""
    rows: list[tuple[Cell, ...]] = []
    for tier in tiers:
        for scope in _SCOPES:
            for area in ledger.areas(tier):
                electors, voters = _people(ledger, tier, scope, area)
                rates = [turnout_rate(getattr(voters, s), getattr(electors, s)) for s in _SEXES]
                before = ledger.previous_rates.get((tier.kind, scope, area.id))
                row = _place(ledger, tier, scope, area)
                rows.append((*row, *rates, *_compare_rates(rates, before)))
    return Table(
        id="turnout",
        number="2",
        title="投票率（前回との比較）",
        columns=(
            *_PLACE,
            *by_sex("percent", "rate", "投票率 "),
            *by_sex("percent", "prev_rate", "前回 "),
            *by_sex("percent", "diff", "差 "),
        ),
        rows=tuple(rows),
        notes=("差は、小数点以下2桁で示した今回と前回の投票率の差です。",),
    )


def _compare_rates(rates: list[int], before: PreviousRate | None) -> tuple[int | None, ...]:
    if before is None:
        return (None,) * 6
    last = (before.male, before.female, before.total)
    return (*last, *(now - then for now, then in zip(rates, last, strict=True)))


def _people(ledger: Ledger, tier: ReportTier, scope: str, area: Area) -> tuple[BySex, BySex]:
    sums = ledger.turnouts(tier, area.prefectures)
    if scope == "overseas":
        return sums.overseas_electors, sums.overseas_voters
    return sums.electors, sums.voters


def _three(people: BySex) -> tuple[int, int, int]:
    return people.male, people.female, people.total


def _place(ledger: Ledger, tier: ReportTier, scope: str, area: Area) -> tuple[Cell, ...]:
    return (ledger.election_id, tier.code, scope, area.block, area.name)


def ballots(ledger: Ledger, tier: ReportTier) -> Table:
    """投票総数, 有効, 無効 and 無効投票率 by place."""
    rows: list[tuple[Cell, ...]] = []
    for area in ledger.areas(tier):
        sums = ledger.sheets(tier, area.prefectures)
        place = (ledger.election_id, tier.code, area.block, area.name)
        rate = share(sums.invalid, sums.ballots)
        rows.append((*place, sums.ballots, sums.valid, sums.invalid, rate))
    cut = "block_pref" if tier.blocks else "pref"
    return Table(
        id=f"ballots_{tier.code}_by_{cut}",
        number="3(9)" if tier.lists else "3(8)",
        title=f"投票総数・有効投票数・無効投票数（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("tier", "選挙の種類")),
            *keys(("block", "ブロック"), ("prefecture", "都道府県")),
            *columns(
                "count",
                ("total_ballots", "投票総数"),
                ("valid_votes", "有効投票数"),
                ("invalid_votes", "無効投票数"),
            ),
            Column("invalid_rate_pct", "無効投票率", "percent"),
        ),
        rows=tuple(rows),
    )
