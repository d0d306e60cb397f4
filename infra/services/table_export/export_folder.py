"""The tables of an election as files: definition, final reports, and what people decided."""

import csv
from io import StringIO
from pathlib import Path
from typing import Final

import msgspec

from infra.adapters.filesystem import atomic_files
from infra.services.table_export.definition_tables import definition_tables
from infra.services.table_export.recorded_acts import decisions, withdrawals
from infra.services.table_export.report_tables import report_table
from projections.state.election_state import ElectionState

DEFINITION: Final = "definition"
REPORTS: Final = "reports.csv"
ACTS: Final = "acts.jsonl"


def write_tables(state: ElectionState, folder: Path) -> tuple[Path, ...]:
    """Write the tables of an election.

    Args:
        state: The fold of its log.
        folder: Where `definition/*.csv` (for `kaihyo import election`), `reports.csv` (for
            `kaihyo import tallies`) and `acts.jsonl` (commands, one a line: withdrawals before
            counting opens, then lots and decisions) are written.

    Raises:
        NotAsTable: Something on record has no row in the sheets.
        OSError: They cannot be written.
    """
    sheets = definition_tables(state)
    (folder / DEFINITION).mkdir(parents=True, exist_ok=True)
    files = {folder / DEFINITION / f"{name}.csv": _csv(rows) for name, rows in sheets.items()}
    files[folder / REPORTS] = _csv(report_table(state))
    acts = (*withdrawals(state), *decisions(state))
    files[folder / ACTS] = b"".join(msgspec.json.encode(each) + b"\n" for each in acts)
    for path, data in files.items():
        atomic_files.replace(path, data)
    return tuple(files)


def _csv(rows: list[list[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
