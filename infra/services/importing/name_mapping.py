"""Their names for our codes: a small table that an office keeps beside its counting system."""

from pathlib import Path
from typing import Final

from aggregates.reference.name_folding import fold_width
from infra.services.importing.import_faults import Faults, TablesUnreadable
from infra.services.importing.sheet_layouts import SheetColumn
from infra.services.importing.table_rows import SheetRow, read_rows
from infra.services.importing.table_source import read_sheets

THEIRS: Final = "先方の名称"
OURS: Final = "当方のコード"
CONTEST: Final = "選挙区"
NOT_USED: Final = ("使わない", "不使用")
"""Codes that say: this column or item of the other system is not wanted."""
COLUMNS: Final = (
    SheetColumn(THEIRS, required=True),
    SheetColumn(OURS, required=True),
    SheetColumn(CONTEST),
    SheetColumn("備考"),
)


class Mapping:
    """Words of another system and what they are here: headings, contests, units, items, states."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], str] = {}

    def add(self, theirs: str, ours: str, contest: str = "") -> bool:
        """Say what a word means, everywhere or in one contest; False if it means another thing."""
        return self._words.setdefault((contest, fold_width(theirs)), ours) == ours

    def is_unused(self, text: str, contest: str = "") -> bool:
        """Whether somebody said that a word is not wanted here."""
        return self.word(text, contest) in NOT_USED

    def folded(self) -> dict[str, str]:
        """Every folded word that means the same everywhere -> what it is here."""
        return {written: ours for (contest, written), ours in self._words.items() if not contest}

    def word(self, text: str, contest: str = "") -> str:
        """What a word is here; the word itself where nobody said so."""
        written = fold_width(text)
        return self._words.get((contest, written), self._words.get(("", written), text))


def read_mapping(path: Path) -> Mapping:
    """Read a mapping.

    Raises:
        TablesUnreadable: It cannot be read, or one word is said to mean two things.
    """
    faults = Faults()
    made = Mapping()
    for name, lines in read_sheets(path, faults).items():
        for row in read_rows(name, lines, COLUMNS, faults):
            _add(row, made)
    if len(faults):
        raise TablesUnreadable("\n".join(map(str, faults)))
    return made


def _add(row: SheetRow, made: Mapping) -> None:
    theirs, ours = row.required(THEIRS), row.required(OURS)
    if theirs and ours and not made.add(theirs, ours, row.text(CONTEST)):
        row.fault(OURS, f"「{theirs}」は別のコードにも対応しています。どちらかにしてください。")
