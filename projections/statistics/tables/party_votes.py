"""3(4)-(7), (10): votes by party, compared with the last election, by place and by sex."""

from collections.abc import Iterator

from projections.state.results import list_votes
from projections.statistics.ledger import Ledger, block_name, standing_lists, sum_known
from projections.statistics.partial_notes import sum_if_reported, vote_notes
from projections.statistics.printed_figures import share
from projections.statistics.table import TOTAL, Cell, Column, Table, by_sex, columns, keys
from projections.statistics.table import blank_if_zero as blank
from projections.statistics.tiers import INDEPENDENT, OTHERS, ReportTier

_SPECIAL = (OTHERS, INDEPENDENT)


class _Column:
    """A party's votes now and last time; None where it did not stand, or where it is unknown."""

    def __init__(
        self, name: str, now: int | None, before: int | None, *, is_unknown: bool = False
    ) -> None:
        self.name = name
        self.now = now
        self.before = before
        self.is_unknown = is_unknown


def compare_votes(ledger: Ledger, tier: ReportTier) -> Table:
    """Votes and shares of every party now, last time, and the change."""
    found = list(_compare_parties(ledger, tier))
    now = sum_known(each.now for each in found)
    last = [each.before for each in found if each.before is not None]
    before = sum(last) if last else None
    found.append(_Column(TOTAL, now, before, is_unknown=now is None))
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        place = (ledger.election_id, tier.code)
        rows.append((*place, "current", each.name, each.now, _share(each.now, now)))
        rows.append((*place, "previous", each.name, each.before, _share(each.before, before)))
        change = None if each.is_unknown else (each.now or 0) - (each.before or 0)
        rate = share(change, each.before) if each.before and change is not None else None
        rows.append((*place, "diff", each.name, change, rate))
    return Table(
        id=f"party_votes_{tier.code}_total",
        number="3(5)" if tier.lists else "3(4)",
        title=f"党派別得票数・得票率（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("tier", "選挙の種類")),
            *keys(("period", "今回・前回・増減"), ("party", "党派")),
            Column("votes", "得票数", "votes"),
            Column("share_pct", "得票率（増減は増減率）", "percent"),
        ),
        rows=tuple(rows),
        notes=_notes(ledger, tier),
    )


def _share(votes: int | None, whole: int | None) -> int | None:
    return share(votes, whole) if votes is not None and whole else None


def _compare_parties(ledger: Ledger, tier: ReportTier) -> Iterator[_Column]:
    """Parties of now, then those only of last time, then 諸派 and 無所属."""
    areas = ledger.areas(tier)
    votes = ledger.votes_by_column(tier, areas[-1].prefectures if areas else ())
    parties = ledger.party_columns(tier)
    last = {each.party: each.votes for each in ledger.previous_votes(tier)}
    for party in parties:
        now = votes[party]
        yield _Column(ledger.party_name(party), now, last.get(party), is_unknown=now is None)
    gone = [each for each in ledger.previous_votes(tier) if each.party not in parties]
    for each in gone:
        if each.name not in _SPECIAL:
            yield _Column(each.name, None, each.votes)
    for name in _SPECIAL:
        before = next((each.votes for each in gone if each.name == name), None)
        now = votes.get(name) or None
        if now is not None or before is not None or not tier.lists:
            is_unknown = name in votes and votes[name] is None
            yield _Column(name, now, before, is_unknown=is_unknown)


def _notes(ledger: Ledger, tier: ReportTier) -> tuple[str, ...]:
    """Where nobody votes, no report is missing."""
    return vote_notes(each.sums() for each in ledger.contests(tier) if not each.uncontested)


def by_prefecture(ledger: Ledger, tier: ReportTier) -> Table:
    """Prefecture by party, by the candidate's sex; for contests of persons."""
    people = ledger.people(tier)
    rows: list[tuple[Cell, ...]] = []
    for area in ledger.areas(tier):
        votes = ledger.sheets(tier, area.prefectures).votes
        sums: dict[tuple[str, str], int] = {}
        for person in people:
            own = votes.get(person.id, 0)
            for column in (person.column, TOTAL):
                for sex in (person.sex or "unknown", "total"):
                    sums[column, sex] = sums.get((column, sex), 0) + own
        for column in (*ledger.columns(tier), TOTAL):
            figures = (blank(sums.get((column, sex), 0)) for sex in ("male", "female", "total"))
            name = TOTAL if column == TOTAL else ledger.party_name(column)
            rows.append((ledger.election_id, area.name, name, *figures))
    return Table(
        id=f"party_votes_by_pref_{tier.code}",
        number="3(6)",
        title=f"都道府県別党派別得票数（{tier.word}、候補者の男女別）",
        columns=(
            *keys(("election_id", "選挙"), ("prefecture", "都道府県"), ("party", "党派")),
            *by_sex("votes", "votes", ""),
        ),
        rows=tuple(rows),
        notes=_notes(ledger, tier),
    )


def by_block_and_prefecture(ledger: Ledger, tier: ReportTier) -> Table:
    """Block, prefecture, party; for contests of lists."""
    rows: list[tuple[Cell, ...]] = []
    for area in ledger.areas(tier):
        votes = ledger.votes_by_column(tier, area.prefectures)
        place = (ledger.election_id, area.block, area.name)
        names = ((ledger.party_name(party), party) for party in ledger.columns(tier))
        rows += [(*place, name, blank(votes[party])) for name, party in names]
        rows.append((*place, TOTAL, blank(sum_known(votes.values()))))
    cut = "by_block_pref" if tier.blocks else f"by_pref_{tier.code}"
    return Table(
        id=f"party_votes_{cut}",
        number="3(7)",
        title=f"都道府県別党派別得票数（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("block", "ブロック")),
            *keys(("prefecture", "都道府県"), ("party", "党派")),
            Column("votes", "得票数", "votes"),
        ),
        rows=tuple(rows),
        notes=_notes(ledger, tier),
    )


def by_block(ledger: Ledger, tier: ReportTier) -> Table:
    """Block by party in order of votes, with shares."""
    rows: list[tuple[Cell, ...]] = []
    for contest in ledger.contests(tier):
        name = block_name(contest)
        sums = contest.sums()
        votes = list_votes(contest, sums)
        own = {option.party: votes.get(option.id, 0) for option in standing_lists(contest)}
        whole = sum(own.values())
        order = sorted(own, key=lambda party: -own[party])
        for place, party in enumerate(order, start=1):
            known = sum_if_reported(own[party], sums.reporting)
            rank = sum_if_reported(place, sums.reporting)
            row = (ledger.election_id, name, rank, ledger.party_name(party))
            rows.append((*row, known, share(own[party], whole), False))
        total = sum_if_reported(whole, sums.reporting)
        row = (ledger.election_id, name, None, TOTAL)
        rows.append((*row, total, share(whole, whole), True))
    return Table(
        id="party_votes_by_block",
        number="3(10)",
        title=f"ブロック別党派別得票数・得票率（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("block", "ブロック")),
            Column("rank", "順位", "count"),
            Column("party", "党派", key=True),
            *columns("votes", ("votes", "得票数")),
            Column("share_pct", "得票率", "percent"),
            Column("is_total_row", "計の行", "flag"),
        ),
        rows=tuple(rows),
        notes=_notes(ledger, tier),
    )
