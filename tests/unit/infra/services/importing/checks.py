"""The small election checked with some of its sheets replaced."""

from pathlib import Path

from aggregates.commands import election_commands as c
from infra.services.importing.definition.definition_check import DefinitionCheck, check
from tests.unit.infra.services.importing import tables as t


def checked(folder: Path, **changed: t.Rows) -> DefinitionCheck:
    """Check the small election with some of its sheets replaced."""
    return check(t.write(folder, t.sheets() | changed), {})


def told(found: DefinitionCheck) -> list[tuple[str, int, str]]:
    return [(each.place.sheet, each.place.row, each.column) for each in found.faults]


def commands(found: DefinitionCheck) -> list[c.Command]:
    return [each.command for each in found.submissions]
