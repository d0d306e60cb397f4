"""The layout of a table, shown to be confirmed once and kept under a name as a mapping (対応表).

The file has a line for each word that nobody but an office can explain. It is filled in once, and
from then on every table of this layout is read with it, here and wherever it is handed on.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from infra.services.importing.name_mapping import CONTEST, OURS, THEIRS
from infra.services.importing.tallies.office_sheets import THIS_CONTEST, THIS_STATE
from projections.feeds.csv_cells import BYTE_ORDER_MARK, csv_text, text_cell
from projections.office_tables.table_layout import TableDoubt, letters
from projections.office_tables.table_reading import OfficeTable
from projections.office_tables.vocabulary import TableVocabulary

_NOTE: Final = "備考"
_KINDS: Final = {
    "figure": "読む",
    "sum": "票の合計として照合する",
    "rate": "読まない（率）",
    "unread": "読まない",
    "state": "確定の印",
    "unknown": "分からない",
}


class LayoutLine(NamedTuple):
    """A word to be confirmed.

    Attributes:
        theirs: As the table has it.
        ours: What it is; empty where the office has to say it.
        note: Why.
    """

    theirs: str
    ours: str
    note: str


def told_layout(table: OfficeTable, vocabulary: TableVocabulary) -> Iterator[str]:
    """A layout for people: what was found of a sheet, line by line, in Japanese."""
    layout = table.layout
    yield f"シート「{layout.sheet}」"
    when = f"{table.as_of:%Y-%m-%d %H:%M}" if table.as_of else "書いてありません（--at）"
    yield f"  時刻 {when}　区分 {layout.preamble.state or '列の印か --state'}"
    for block in layout.blocks:
        name = vocabulary.contest(block.contest).name if block.contest else "開票区ごとに決まる"
        yield f"  表：{name}　見出し {len(block.heading)}行"
        for column, role in sorted(block.roles.items()):
            place = letters(column) if block.orientation == "units-below" else f"{column + 1}番目"
            yield f"    {place} 「{role.heading}」 {_KINDS[role.kind]}"
    yield f"  読めた開票区 {len(table.rows)}"
    yield from (f"  注意 {_doubt_line(each)}" for each in table.notes)
    yield from (f"  要確認 {_doubt_line(each)}" for each in (*table.doubts, *table.row_doubts))


def _doubt_line(doubt: TableDoubt) -> str:
    place = f"{doubt.row}行目" if doubt.row else ""
    return f"{place}{f'{doubt.column}列' if doubt.column else ''} {doubt.sentence}".strip()


def lines_to_confirm(tables: Iterable[OfficeTable], contest: str, state: str) -> list[LayoutLine]:
    """What a layout file has: what was said already, and every word that is not clear.

    Args:
        tables: The sheets.
        contest: Contest or kind that was said; empty where the table says it.
        state: State that was said, likewise.
    """
    found = list(tables)
    lines = []
    doubts = [each for table in found for each in (*table.doubts, *table.row_doubts)]
    if contest or any("--contest" in each.sentence for each in doubts):
        lines.append(LayoutLine(THIS_CONTEST, contest, "選挙区か選挙の種類（コードか名称）"))
    is_silent = any(table.rows and not all(row.state for row in table.rows) for table in found)
    if state or is_silent:
        lines.append(LayoutLine(THIS_STATE, state, "中間か確定"))
    lines += [LayoutLine(each.word, "", each.sentence) for each in doubts if each.word]
    return list({line.theirs: line for line in lines}.values())


def write_layout(path: Path, lines: Iterable[LayoutLine]) -> None:
    """Write a layout file; what is empty in 当方のコード has to be filled in before it is used.

    Raises:
        OSError: It cannot be written there.
    """
    rows = [(THEIRS, OURS, CONTEST, _NOTE)]
    rows += [(line.theirs, line.ours, "", line.note) for line in lines]
    text = csv_text([[text_cell(cell) for cell in row] for row in rows])
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK + text)
