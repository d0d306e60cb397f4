"""What a published table says of one unit in one contest, for the fields of its sheet."""

from typing import NamedTuple

from projections.documents.models import decimal
from projections.office_tables.grid import Grid
from projections.office_tables.table_entries import FigureKey
from projections.office_tables.table_reading import read_table
from projections.office_tables.vocabulary import ContestWords, TableVocabulary


class UnitQuestion(NamedTuple):
    """A table, and of whom it is asked.

    Attributes:
        grid: The table.
        vocabulary: What the election calls things, of one contest.
        unit: Code of the unit.
    """

    grid: Grid
    vocabulary: TableVocabulary
    unit: str


class UnitTableFigures(NamedTuple):
    """What a table says.

    Attributes:
        figures: Pairs of a field of the sheet (`votes/13-01-1`, `valid`, `electors/male`) and its
            number; none where the table is not clear.
        doubts: Why not, in Japanese.
    """

    figures: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]


def answer(question: UnitQuestion) -> UnitTableFigures:
    """The figures of the unit, or why there are none."""
    (words,) = question.vocabulary.contests
    table = read_table(question.grid, question.vocabulary, words.contest)
    rows = [row for row in table.rows if row.unit == question.unit]
    if not rows or table.doubts:
        doubts = (*table.doubts, *table.row_doubts)
        return UnitTableFigures((), tuple(each.sentence for each in doubts))
    found = [
        (name, decimal(figure.value).removesuffix(".000"))
        for row in rows
        for figure in row.figures
        if (name := _field(figure.key, words))
    ]
    return UnitTableFigures(tuple(found), ())


def _field(key: FigureKey, words: ContestWords) -> str:
    """The field of a figure; empty for one that has none, such as a printed sum."""
    item, part = key
    if item.kind == "votes":
        return _votes_field(item.name, part, words)
    if item.kind == "figure":
        return item.name
    if item.kind == "turnout" and not item.name.endswith(".together"):
        return item.name.replace(".", "/")
    return ""


def _votes_field(option: str, part: str, words: ContestWords) -> str:
    if words.is_review:
        return {"dismiss": f"votes/{option}", "keep": f"no/{option}"}.get(part, "")
    # A sheet has the votes for the list's name; a total with its members is another figure.
    is_total = bool(words.members) and option not in words.members and part != "name"
    return "" if is_total or part in {"male", "female", "members"} else f"votes/{option}"
