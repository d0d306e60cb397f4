"""Tally sheets and list votes by counting district, where a prefecture published its own.

The ministry publishes ballots, invalid ones and voters per prefecture only; the commission of a
prefecture may publish them per counting district. Then nothing has to be spread over units.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from aggregates.law.balance import Identity, SheetTotals, differences
from projections.official.tables.official_tables import OfficialRow

SHEET_COLUMNS = (
    "level_label", "candidate_votes_total", "anbun_truncated", "belongs_to_no_candidate", "valid",
    "invalid", "ballots_total", "taken_away", "not_accepted", "voters",
)  # fmt: skip
LIST_SHEET_COLUMNS = ("kaihyoku", "total")
_SUBTOTALS = ("★", "☆")
_NUMBERED = re.compile(r"第(?=\d)")


_WRONG: Final[dict[Identity, tuple[str, str]]] = {
    "D = A + B + C": ("valid", "得票・切捨て・属さない票の合計と違います"),
    "F = D + E": ("ballots_total", "有効と無効の合計と違います"),
    "I = F + G + H": ("voters", "投票総数・持ち帰り・不受理の合計と違います"),
}
"""Identity of the form -> column of its sum, and what is said where it does not hold."""


@dataclass(frozen=True, slots=True)
class StatedSheet:
    """The totals of a tally sheet as the commission of a prefecture published them.

    Attributes:
        row: Where they stand.
        totals: The figures; those of votes are thousandths.
    """

    row: OfficialRow
    totals: SheetTotals


def district_label(name: str) -> str:
    """A counting district's name as tables are compared: 板橋区第１１区 is 板橋区１１区."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    return _NUMBERED.sub("", folded)


def index_district_sheets(table: Iterable[OfficialRow]) -> Mapping[str, StatedSheet]:
    """The sheets of a table, by label; subtotals are left out.

    Raises:
        FolderUnusable: A cell is not what it must be, or D = A + B + C, F = D + E or
            I = F + G + H does not hold.
    """
    return {
        district_label(row.text("level_label")): _sheet(row)
        for row in table
        if not row.text("level_label").startswith(_SUBTOTALS)
    }


def index_list_sheets(table: Iterable[OfficialRow]) -> Mapping[str, OfficialRow]:
    """The list votes of a table, by label; a column per party.

    Raises:
        FolderUnusable: A row has no label.
    """
    return {district_label(row.required_text("kaihyoku")): row for row in table}


def stated_sheets(
    tables: Iterable[Mapping[str, StatedSheet]], names: list[str]
) -> list[StatedSheet] | None:
    """The sheets of these counting districts, in their order; None unless one table has all."""
    labels = [district_label(name) for name in names]
    for table in tables:
        if labels and all(label in table for label in labels):
            return [table[label] for label in labels]
    return None


def _sheet(row: OfficialRow) -> StatedSheet:
    totals = SheetTotals(
        candidate_votes=row.votes("candidate_votes_total"),
        cut=row.votes("anbun_truncated"),
        nobody=row.votes("belongs_to_no_candidate"),
        valid=row.whole("valid"),
        invalid=row.whole("invalid"),
        ballots=row.whole("ballots_total"),
        taken_away=row.signed_whole("taken_away"),
        rejected=row.whole("not_accepted"),
        voters=row.whole("voters"),
    )
    for difference in differences(totals, final=True):
        raise row.refuse(*_WRONG[difference.identity])
    return StatedSheet(row, totals)
