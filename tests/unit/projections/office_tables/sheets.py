"""Sheets as text, and the words of a small election with two cities that have the same wards."""

from datetime import date

from aggregates.reference.name_folding import fold_width
from projections.office_tables.grid import Grid, GridLine
from projections.office_tables.table_reading import OfficeTable, read_table
from projections.office_tables.vocabulary import ContestWords, TableVocabulary

POLLING_DAY = date(2026, 2, 8)
UNITS = {
    "u1": "海野市", "u2": "山辺市", "u3": "東川町", "u4": "西川町", "u5": "大浜市北区",
    "u6": "大浜市南区", "u7": "小峰市南区", "u8": "小峰市西区",
}  # fmt: skip
DISTRICT = ContestWords(
    contest="district",
    name="架空県第1区",
    kind="小選挙区",
    polling_day=POLLING_DAY,
    units=UNITS,
    options={"a": ("甲野　一男",), "b": ("乙川　さくら",), "c": ("丙田　実",)},
)
LIST = ContestWords(
    contest="list",
    name="比例代表",
    kind="比例代表",
    polling_day=POLLING_DAY,
    units=UNITS,
    options={"ao": ("青空党",), "mid": ("みどりの会",), "m1": ("赤井　一",)},
    members=frozenset({"m1"}),
    are_lists=True,
)
PARTIES = frozenset({"青空党", "みどりの会", "あかね"})
WORDS = TableVocabulary((DISTRICT, LIST), PARTIES)


def grid(text: str, name: str = "表") -> Grid:
    """A sheet out of lines with `|` between cells; empty lines count as rows."""
    lines = [
        GridLine(number, tuple(cell.strip() for cell in line.split("|")))
        for number, line in enumerate(text.strip("\n").split("\n"), start=1)
        if line.strip(" |")
    ]
    return Grid(name, tuple(lines))


def read(text: str, words: dict[str, str] | None = None, contest: str = "") -> OfficeTable:
    """What a sheet says."""
    confirmed = {fold_width(theirs): ours for theirs, ours in (words or {}).items()}
    return read_table(grid(text), WORDS._replace(words=confirmed), contest)


def votes(table: OfficeTable) -> dict[str, dict[str, int]]:
    """Unit -> option or figure -> whole number, printed sums left out."""
    return {
        row.unit: {
            figure.key.item.name + figure.key.part: figure.value // 1000
            for figure in row.figures
            if figure.key.item.kind != "sum"
        }
        for row in table.rows
    }


def told(table: OfficeTable) -> str:
    """Every doubt, with its place."""
    return "\n".join(
        f"{each.row}{each.column} {each.sentence}" for each in (*table.doubts, *table.row_doubts)
    )
