"""A definition typed on a page is that of a workbook with the same content."""

from infra.adapters.spreadsheets.table_lines import table_lines
from infra.services.founding.typed_tables import (
    TypedDefinition,
    TypedRow,
    field_faults,
    typed_sheets,
    typed_tables,
)
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.definition_check import DefinitionCheck, check_sheets
from infra.services.importing.import_faults import Faults

ELECTION = {
    "code": "mayor-14201",
    "name": "横須賀市長選挙",
    "environment": "rehearsal",
    "polling_day": "2024-10-27",
}
UNIT = {"name": "横須賀市", "prefecture": "14", "municipality": "142018"}
MAYOR = {"code": "mayor/14201", "kind": "mayor", "name": "横須賀市長", "seats": "1"}
CITY = {
    "code": "city-14201",
    "name": "横須賀市選挙管理委員会",
    "role": "municipality",
    "prefecture": "14",
    "signatures": "2",
    "founder": "○",
}
CENTRE = {
    "name": "横須賀市開票所",
    "role": "centre",
    "prefecture": "14",
    "parent": "city-14201",
    "units": "横須賀市",
}


def definition(**changed: TypedRow | list[TypedRow]) -> TypedDefinition:
    """A mayor's election of a city with two candidates."""
    typed = TypedDefinition(
        election=ELECTION,
        parties=[{"code": "party-1", "name": "青空党", "short": "青空"}],
        units=[UNIT],
        contests=[{**MAYOR, "units": at.EVERYWHERE}],
        candidates=[
            {"contest": "mayor/14201", "name": "青山 一郎", "party": "party-1"},
            {"contest": "mayor/14201", "name": "赤井 花子"},
        ],
        offices=[CITY, CENTRE],
    )
    return TypedDefinition(**{name: changed.get(name, getattr(typed, name)) for name in _NAMES})


_NAMES = TypedDefinition.__struct_fields__


def check_typed(typed: TypedDefinition) -> DefinitionCheck:
    return check_sheets(typed_sheets(typed), {}, Faults())


def test_what_is_typed_becomes_the_commands_of_import() -> None:
    found = check_typed(definition())

    assert found.faults == []
    assert [each.command.name for each in found.submissions] == [
        "define-election",
        "register-parties",
        "register-units",
        "register-office",
        "define-contest",
        "register-candidates",
    ]


def test_a_fault_is_said_at_its_field() -> None:
    candidates = [{"contest": "mayor/14201", "name": "青山 一郎", "age": "9"}]
    wrong = definition(
        election={**ELECTION, "polling_day": "2024-13-01"},
        units=[{**UNIT, "municipality": "142019"}],
        candidates=candidates,
    )

    faults = field_faults(check_typed(wrong).faults)

    places = {(each.table, each.row, each.field) for each in faults}
    assert places == {
        ("election", None, "polling_day"),
        ("units", 0, "municipality"),
        ("candidates", 0, "age"),
    }
    assert all(each.sentence for each in faults)


def test_rows_of_a_workbook_come_back_as_fields_and_unknown_columns_are_left() -> None:
    lines = table_lines(
        [["選挙区", "氏名＊", "党派", "備考"], ["横須賀市長", "青山 一郎", "青空党", "x"]]
    )

    found = typed_tables({at.CANDIDATES: lines, "メモ": lines})

    assert found == {
        "candidates": [{"contest": "横須賀市長", "name": "青山 一郎", "party": "青空党"}]
    }
