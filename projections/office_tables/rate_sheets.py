"""Sheets of shares in percent, which look like sheets of votes."""

from collections.abc import Sequence
from typing import Final

from aggregates.election.identifiers import VOTE
from aggregates.reference.name_folding import fold_width
from projections.office_tables.table_entries import TableEntry
from projections.office_tables.table_sums import votes_by_option

_WHOLE: Final = range(99 * VOTE, 101 * VOTE + 1)
"""Shares make up a hundred, but for rounding."""


def is_sheet_of_rates(sheet: str, titles: Sequence[str], entries: Sequence[TableEntry]) -> bool:
    """Whether the numbers of a sheet are rates: its titles say so, or every row makes up 100."""
    joined = fold_width("".join([sheet, *titles]))
    if "率" in joined and not any(word in joined for word in ("得票数", "投票者数", "開票結果")):
        return True
    sums = [sum(votes_by_option(each.values).values()) for each in entries if each.values]
    has_decimals = any(
        value % VOTE for each in entries for value in votes_by_option(each.values).values()
    )
    return has_decimals and bool(sums) and all(each in _WHOLE for each in sums)
