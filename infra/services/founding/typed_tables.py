"""A definition as it stands on a page: rows of named fields, which are the cells of our sheets.

What is typed is read by the very reader of workbooks, and what is wrong is said at its field.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from infra.adapters.spreadsheets.table_lines import TableLine, table_lines
from infra.services.importing import sheet_layouts as at
from infra.services.importing.import_faults import ImportFault

_PERSON: Final = {
    "name": "氏名",
    "kana": "ふりがな",
    "registered_name": "戸籍名",
    "sex": "性別",
    "age": "年齢",
    "standing": "新前元",
    "occupation": "職業",
    "filed_name": "外字氏名",
}
_TABLES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "parties": (at.PARTIES, {"code": "コード", "name": "名称", "short": "略称", "color": "色"}),
    "units": (
        at.UNITS,
        {
            "code": "コード",
            "name": "名称",
            "prefecture": "都道府県",
            "municipality": "団体コード",
        },
    ),
    "contests": (
        at.CONTESTS,
        {
            "code": "コード",
            "kind": "選挙の種類",
            "name": "名称",
            "seats": "定数",
            "full_seats": "議員定数",
            "causes": "事由",
            "repeats": "繰り返す選挙",
            "polling_day": "投票日",
            "prefectures": "都道府県",
            "units": "開票区",
        },
    ),
    "candidates": (
        at.CANDIDATES,
        {"contest": "選挙区", "party": "党派", "party_label": "党派の表記", **_PERSON},
    ),
    "options": (at.OPTIONS, {"contest": "選挙区", "name": "名称"}),
    "offices": (
        at.OFFICES,
        {
            "code": "コード",
            "name": "名称",
            "role": "役割",
            "prefecture": "都道府県",
            "parent": "上級機関",
            "units": "開票区",
            "signatures": "署名の数",
            "founder": "設立",
        },
    ),
}
"""Table of the page -> its sheet, and its fields as the columns of that sheet."""
_ELECTION: Final = {
    "code": at.ID,
    "name": at.NAME,
    "environment": at.ENVIRONMENT,
    "polling_day": at.POLLING_DAY,
}

TypedRow = dict[str, str]
"""Fields that are filled in."""


class TypedDefinition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is typed, table by table; a field that the page does not know is no field.

    Attributes:
        election: Its fields.
        parties: Rows in the order of the page; so are all others.
        units: Reporting units.
        contests: Contests; `units` names units with 「、」 between.
        candidates: Candidates in the order of the ballot notice.
        options: Options of polls that have their own.
        offices: Who takes part.
    """

    election: TypedRow = {}
    parties: list[TypedRow] = []
    units: list[TypedRow] = []
    contests: list[TypedRow] = []
    candidates: list[TypedRow] = []
    options: list[TypedRow] = []
    offices: list[TypedRow] = []


class FieldFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a field, or worth a look.

    Attributes:
        table: `election`, or a table of the page; empty for the definition as a whole.
        row: Number of the row, from 0; None for the table as a whole.
        field: Name of the field; empty for the row.
        sentence: What is wrong and what to do, in Japanese.
    """

    table: str
    row: int | None
    field: str
    sentence: str


class _Place(NamedTuple):
    table: str
    names: Mapping[str, str]


_PLACES: Final = {
    sheet: _Place(table, {column: name for name, column in fields.items()})
    for table, (sheet, fields) in _TABLES.items()
}


def typed_sheets(typed: TypedDefinition) -> dict[str, list[TableLine]]:
    """The sheets that a workbook with the same content has; without tables that have no row."""
    election = [[at.FIELD, at.CONTENT]]
    election += [[column, typed.election.get(name, "")] for name, column in _ELECTION.items()]
    sheets = {at.ELECTION: table_lines(election)}
    for table, (sheet, fields) in _TABLES.items():
        rows: list[TypedRow] = getattr(typed, table)
        if rows:
            cells = [[row.get(name, "") for name in fields] for row in rows]
            sheets[sheet] = table_lines([list(fields.values()), *cells])
    return sheets


def field_faults(found: Sequence[ImportFault]) -> list[FieldFault]:
    """Faults of sheets at the fields of the page."""
    return [_field_fault(fault) for fault in found]


def _field_fault(fault: ImportFault) -> FieldFault:
    sheet, row = fault.place
    if sheet == at.ELECTION:
        names = list(_ELECTION)
        # The first row is the heading, each other one a field.
        name = names[row - 2] if 1 < row <= len(names) + 1 else ""
        return FieldFault(table="election", row=None, field=name, sentence=fault.sentence)
    place = _PLACES.get(sheet, _Place("", {}))
    return FieldFault(
        table=place.table,
        row=row - 2 if row > 1 else None,
        field=place.names.get(fault.column, ""),
        sentence=fault.sentence if place.table else str(fault),
    )


def typed_tables(sheets: Mapping[str, Sequence[TableLine]]) -> dict[str, list[TypedRow]]:
    """Rows of the sheets of a workbook as fields of the page; other sheets and columns are left.

    Args:
        sheets: By name; of each, the first line is the heading.
    """
    found: dict[str, list[TypedRow]] = {}
    for sheet, lines in sheets.items():
        place = _PLACES.get(sheet)
        if place is None or not lines:
            continue
        names = [place.names.get(cell.removesuffix("＊"), "") for cell in lines[0].cells]
        found[place.table] = [
            {name: cell for name, cell in zip(names, line.cells, strict=False) if name and cell}
            for line in lines[1:]
        ]
    return found
