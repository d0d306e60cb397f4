"""2 and 3(8)(9): electors, voters, rates; ballots, valid and invalid ones, by place."""

from typing import Final

from aggregates.counting.turnout import BySex
from aggregates.election.particulars import PreviousRate
from projections.state.sums import SheetSums, TurnoutSums
from projections.statistics.ledger import Area, Ledger
from projections.statistics.partial_notes import sheet_notes, sum_if_reported, turnout_notes
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
                sums = ledger.turnouts(tier, area.prefectures)
                electors, voters = _people(sums, scope)
                away = BySex(electors.male - voters.male, electors.female - voters.female)
                # Who stayed away is known when the last unit is final.
                stated = (
                    (electors, sums.reporting),
                    (voters, sums.reporting),
                    (away, sums.final == sums.units),
                )
                figures = (each for who, is_known in stated for each in _three(who, is_known))
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
        notes=("範囲 all は在外を含み、overseas はそのうち在外です。", *_notes(ledger, tiers)),
    )


def turnout(ledger: Ledger, tiers: tuple[ReportTier, ...]) -> Table:
    """投票率 by sex, with the last election's and the difference in points."""
    rows: list[tuple[Cell, ...]] = []
    for tier in tiers:
        for scope in _SCOPES:
            for area in ledger.areas(tier):
                sums = ledger.turnouts(tier, area.prefectures)
                rates = _rates(sums, scope)
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
        notes=(
            "差は、小数点以下2桁で示した今回と前回の投票率の差です。",
            *_notes(ledger, tiers),
        ),
    )


def _compare_rates(rates: list[int | None], before: PreviousRate | None) -> tuple[int | None, ...]:
    if before is None:
        return (None,) * 6
    last = (before.male, before.female, before.total)
    pairs = zip(rates, last, strict=True)
    return (*last, *(None if now is None else now - then for now, then in pairs))


def _rates(sums: TurnoutSums, scope: str) -> list[int | None]:
    if not sums.reporting:
        return [None] * len(_SEXES)
    electors, voters = _people(sums, scope)
    return [turnout_rate(getattr(voters, sex), getattr(electors, sex)) for sex in _SEXES]


def _notes(ledger: Ledger, tiers: tuple[ReportTier, ...]) -> tuple[str, ...]:
    areas = ((tier, area) for tier in tiers for area in ledger.areas(tier) if not area.total)
    return turnout_notes(ledger.turnouts(tier, area.prefectures) for tier, area in areas)


def _people(sums: TurnoutSums, scope: str) -> tuple[BySex, BySex]:
    if scope == "overseas":
        return sums.overseas_electors, sums.overseas_voters
    return sums.electors, sums.voters


def _three(people: BySex, is_known: object) -> tuple[int | None, ...]:
    return (people.male, people.female, people.total) if is_known else (None,) * 3


def _place(ledger: Ledger, tier: ReportTier, scope: str, area: Area) -> tuple[Cell, ...]:
    return (ledger.election_id, tier.code, scope, area.block, area.name)


BALLOT_COLUMNS: Final = (
    *columns(
        "count",
        ("total_ballots", "投票総数"),
        ("valid_votes", "有効投票数"),
        ("invalid_votes", "無効投票数"),
    ),
    Column("invalid_rate_pct", "無効投票率", "percent"),
)


def ballot_figures(sums: SheetSums) -> tuple[Cell, ...]:
    """The cells of `BALLOT_COLUMNS`; blank where nobody has stated ballots."""
    figures = (sums.ballots, sums.valid, sums.invalid)
    known = (sum_if_reported(each, sums.stating) for each in figures)
    return (*known, share(sums.invalid, sums.ballots))


def ballots(ledger: Ledger, tier: ReportTier) -> Table:
    """投票総数, 有効, 無効 and 無効投票率 by place."""
    rows: list[tuple[Cell, ...]] = []
    for area in ledger.areas(tier):
        place = (ledger.election_id, tier.code, area.block, area.name)
        rows.append((*place, *ballot_figures(ledger.sheets(tier, area.prefectures))))
    cut = "block_pref" if tier.blocks else "pref"
    return Table(
        id=f"ballots_{tier.code}_by_{cut}",
        number="3(9)" if tier.lists else "3(8)",
        title=f"投票総数・有効投票数・無効投票数（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("tier", "選挙の種類")),
            *keys(("block", "ブロック"), ("prefecture", "都道府県")),
            *BALLOT_COLUMNS,
        ),
        rows=tuple(rows),
        notes=sheet_notes(
            ledger.sheets(tier, area.prefectures) for area in ledger.areas(tier) if not area.total
        ),
    )
