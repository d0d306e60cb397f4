"""3(14): votes and ballots per counting district, for persons and for lists."""

from collections.abc import Iterator, Mapping

from aggregates.election.ballot import Justice, Option, PollOption
from aggregates.election.geography import PLACES
from aggregates.election.tally import Tally
from projections.state.records import ContestRecord, CountRecord
from projections.state.sums import stated_figure
from projections.statistics.ledger import Ledger
from projections.statistics.table import Cell, Column, Table, columns, keys
from projections.statistics.tiers import INDEPENDENT, ReportTier

_PLACE = (
    *keys(("election_id", "選挙"), ("prefecture", "都道府県"), ("contest", "選挙区")),
    *keys(("unit", "開票区コード"), ("unit_name", "開票区")),
)


def votes(ledger: Ledger, tier: ReportTier) -> Table:
    """Every candidate or list in every counting district."""
    rows = tuple(
        row
        for contest in ledger.contests(tier)
        for count in contest.counts.values()
        if count.tally is not None
        for row in _votes(ledger, contest, count, count.tally)
    )
    return Table(
        id=f"{tier.code}_votes_by_unit",
        number="3(14)",
        title=f"市区町村（開票区）別得票数（{tier.word}）",
        columns=(
            *_PLACE,
            *keys(("option", "候補者等コード"), ("name", "候補者・名簿")),
            Column("party", "党派"),
            Column("votes", "得票数", "votes"),
        ),
        rows=rows,
    )


def _votes(
    ledger: Ledger, contest: ContestRecord, count: CountRecord, tally: Tally
) -> Iterator[tuple[Cell, ...]]:
    place = _place(ledger, contest, count)
    for option_id, own in tally.votes.items():
        if option_id in contest.withdrawn:
            continue
        name, party = _option_names(ledger, contest.options, option_id)
        yield *place, option_id, name, party, own


def _option_names(ledger: Ledger, options: Mapping[str, Option], option_id: str) -> tuple[str, str]:
    option = options.get(option_id)
    if option is None or isinstance(option, Justice | PollOption):
        return (option.name if option is not None else option_id), ""
    return option.name, ledger.party_name(option.party) or INDEPENDENT


def ballots(ledger: Ledger, tier: ReportTier) -> Table:
    """The tally sheet of every counting district, A to I."""
    rows = tuple(
        _sheet(ledger, contest, count, count.tally)
        for contest in ledger.contests(tier)
        for count in contest.counts.values()
        if count.tally is not None
    )
    estimated = sum(bool(row[-1]) for row in rows)
    notes = ("推計の列に名のある項目は、都道府県の公表値を開票区に割り振ったものです。",)
    return Table(
        id=f"{tier.code}_ballots_by_unit",
        number="3(14)",
        title=f"市区町村（開票区）別投票総数等（{tier.word}）",
        columns=(
            *_PLACE,
            *columns(
                "votes",
                ("candidate_votes", "得票総数"),
                ("cut", "按分の際切り捨てた票"),
                ("nobody", "いずれにも属さない票"),
            ),
            *columns(
                "count",
                ("valid", "有効投票数"),
                ("invalid", "無効投票数"),
                ("ballots", "投票総数"),
                ("taken_away", "持ち帰り"),
                ("rejected", "不受理"),
                ("voters", "投票者数"),
            ),
            Column("state", "状態"),
            Column("estimated", "推計"),
        ),
        rows=rows,
        notes=notes if estimated else (),
    )


def _sheet(
    ledger: Ledger, contest: ContestRecord, count: CountRecord, tally: Tally
) -> tuple[Cell, ...]:
    return (
        *_place(ledger, contest, count),
        sum(tally.votes.values()),
        stated_figure(tally, "cut"),
        stated_figure(tally, "nobody"),
        tally.valid,
        tally.invalid,
        tally.ballots,
        stated_figure(tally, "taken_away"),
        stated_figure(tally, "rejected"),
        tally.voters,
        _STATES[count.state],
        "、".join(_FIELDS.get(field, field) for field in tally.estimated),
    )


_STATES = {
    "none": "未着",
    "interim": "中間",
    "final": "確定",
    "confirmed": "確定（確認済み）",
    "returned": "差戻し中",
}
_FIELDS = {
    "cut": "按分の際切り捨てた票",
    "nobody": "いずれにも属さない票",
    "valid": "有効投票数",
    "invalid": "無効投票数",
    "ballots": "投票総数",
    "taken_away": "持ち帰り",
    "votes": "得票の小数",
    "rejected": "不受理",
    "voters": "投票者数",
}


def _place(ledger: Ledger, contest: ContestRecord, count: CountRecord) -> tuple[Cell, ...]:
    unit = ledger.register.units[count.unit]
    prefecture = PLACES[unit.prefecture]
    return ledger.election_id, prefecture, contest.facts.name, unit.code, unit.name
