"""Prefectures, blocks and days as the publication writes them."""

import re
from datetime import date

from aggregates.election.geography import BLOCKS, PREFECTURE_CODES
from aggregates.reference.name_folding import clean_name
from projections.official.tables.official_tables import OfficialRow

TOTALS = frozenset({"計", "合計", "小計", "総計", "全国"})
"""What stands in the column of prefectures on a row of totals."""

_ERAS = {"s": 1925, "h": 1988, "r": 2018}
"""Letter of the era -> the year before its first: 昭和, 平成, 令和."""

_SUFFIXES = ("都", "府", "県")

_PREFECTURES = PREFECTURE_CODES | {
    name[:-1]: code for name, code in PREFECTURE_CODES.items() if name.endswith(_SUFFIXES)
}
_BLOCKS = {block.name.removesuffix("都"): block.id for block in BLOCKS}


def parse_prefecture(row: OfficialRow, column: str) -> str:
    """Code of the prefecture a cell names, with or without 都府県.

    Raises:
        FolderUnusable: There is no such prefecture.
    """
    name = clean_name(row.required_text(column))
    if name not in _PREFECTURES:
        raise row.refuse(column, "都道府県名ではありません")
    return _PREFECTURES[name]


def is_total(row: OfficialRow, column: str) -> bool:
    """Whether the row sums others up."""
    return clean_name(row.text(column)) in TOTALS


def parse_block(row: OfficialRow, column: str) -> str:
    """Id of the block a cell names: 東京 and 東京都 are the same one.

    Raises:
        FolderUnusable: There is no such block.
    """
    name = clean_name(row.required_text(column)).removesuffix("ブロック").replace("・", "")
    found = _BLOCKS.get(name.removesuffix("都"))
    if found is None:
        raise row.refuse(column, "比例代表のブロック名ではありません")
    return found


def parse_polling_day(row: OfficialRow) -> date:
    """The day that the id of the publication names: `r06-10-27` is 2024-10-27.

    Raises:
        FolderUnusable: It is not an era, a year, a month and a day.
    """
    written = row.required_text("election_id")
    parts = re.fullmatch(r"([shr])(\d{2})-(\d{2})-(\d{2})", written)
    if parts is None:
        raise row.refuse("election_id", "r06-10-27 の形（元号・年・月・日）が必要です")
    year = _ERAS[parts[1]] + int(parts[2])
    try:
        return date(year, int(parts[3]), int(parts[4]))
    except ValueError as error:
        raise row.refuse("election_id", "存在しない日付です") from error
