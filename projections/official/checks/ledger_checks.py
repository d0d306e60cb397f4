"""Our figures in the cuts of the official tables: by tier, block, prefecture and party."""

from collections import defaultdict
from collections.abc import Iterable

from aggregates.election.geography import BLOCKS, PREFECTURES
from projections.official.plan.recorded_results import Results
from projections.official.plan.replay_plan import Plan
from projections.official.register.official_register import (
    OfficialDistrict,
    RegisteredCandidate,
)
from projections.official.tables.official_rows import (
    INDEPENDENT,
    OTHERS,
    ResultArea,
    party_key,
)
from projections.official.tables.official_tables import OfficialRow
from projections.official.tables.place_names import (
    is_total,
    parse_block,
    parse_prefecture,
)
from projections.state.sums import SheetSums, TurnoutSums, add_turnouts, add_up

_BLOCK_PREFECTURES = {block.id: block.prefectures for block in BLOCKS}


class RecordedLedger:
    """Sums of the results per tier and prefecture, and how a table's row picks from them."""

    def __init__(self, plan: Plan, results: Results) -> None:
        self.plan = plan
        self.results = results
        self._sheets: dict[ResultArea, list[SheetSums]] = defaultdict(list)
        self._turnouts: dict[ResultArea, list[TurnoutSums]] = defaultdict(list)
        tiers = (("smd", plan.register.districts), ("pr", plan.register.blocks))
        for tier, contests in tiers:
            for contest in contests:
                self._take(tier, contest.id)
        self.standing = {
            each.candidate.id: each
            for district in plan.register.districts
            for each in district.standing
        }
        self.lists = {
            each.party_list.id: each for block in plan.register.blocks for each in block.lists
        }

    def _take(self, tier: str, contest: str) -> None:
        for prefecture, sums in self.results.sheets.get(contest, {}).items():
            self._sheets[ResultArea(tier, prefecture)].append(sums)
        for prefecture, turnout in self.results.turnouts.get(contest, {}).items():
            self._turnouts[ResultArea(tier, prefecture)].append(turnout)

    def sheets(self, tier: str, prefectures: Iterable[str]) -> SheetSums:
        """Sums of the sheets of a tier over prefectures."""
        return add_up(
            sums for code in prefectures for sums in self._sheets.get(ResultArea(tier, code), ())
        )

    def turnouts(self, tier: str, prefectures: Iterable[str]) -> TurnoutSums:
        """Sums of the turnouts of a tier over prefectures."""
        return add_turnouts(
            sums for code in prefectures for sums in self._turnouts.get(ResultArea(tier, code), ())
        )


def prefectures_in_row(row: OfficialRow) -> tuple[str, ...]:
    """Prefectures that a row covers: one, those of its block, or all."""
    if not is_total(row, "prefecture"):
        return (parse_prefecture(row, "prefecture"),)
    if row.cells.get("block", ""):
        return _BLOCK_PREFECTURES[parse_block(row, "block")]
    return tuple(PREFECTURES)


def party_rows(table: Iterable[OfficialRow], column: str) -> list[OfficialRow]:
    """Rows of a table of parties for this election, each party once per place.

    A party that took over the name of another (立憲民主党 in 2020) has two rows: its own, and
    that of the former one, which is empty this time.
    """
    rows = [row for row in table if row.cells.get("period", "current") == "current"]
    stated = {_party_place(row) for row in rows if row.text(column)}
    return [row for row in rows if row.text(column) or _party_place(row) not in stated]


def _party_place(row: OfficialRow) -> tuple[str, str, str]:
    place = row.cells.get("block", ""), row.cells.get("prefecture", "")
    return (*place, party_key(row.text("party")))


def place_name(row: OfficialRow) -> str:
    """The block and prefecture of a row as it writes them."""
    return " ".join(filter(None, (row.cells.get("block", ""), row.text("prefecture"))))


def vote_column(standing: RegisteredCandidate, columns: frozenset[str]) -> str:
    """Under which party a table of district votes counts a candidate.

    Only parties that nominate as such (届出政党) have a column of their own; who stands for
    another group is among the others, also where the same name has a list.
    """
    row = standing.row
    if not row.party:
        return INDEPENDENT
    return row.party if row.certified and row.party in columns else OTHERS


def by_column(
    ledger: RecordedLedger, votes: dict[str, int], columns: frozenset[str]
) -> dict[str, int]:
    """District votes per option, summed as a table's columns do."""
    sums: dict[str, int] = defaultdict(int)
    for option, own in votes.items():
        sums[vote_column(ledger.standing[option], columns)] += own
    return sums


def district_label(district: OfficialDistrict, standing: RegisteredCandidate) -> str:
    """A candidate as messages name one."""
    return f"{district.name} {standing.row.name}"
