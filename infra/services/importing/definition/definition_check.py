"""A file of definitions checked as a whole: what it defines, or everything that is wrong."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from aggregates.commands import election_commands as c
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import RulePackage
from infra.adapters.spreadsheets.table_lines import TableLine
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.command_plan import try_all
from infra.services.importing.definition.definition import Definition
from infra.services.importing.definition.definition_reader import read_definition
from infra.services.importing.definition.definition_summary import DefinitionSummary, summarize
from infra.services.importing.definition.dry_run import Trial
from infra.services.importing.definition.founder_keys import KeyRequests, managing_founder
from infra.services.importing.import_faults import CellPlace, Faults, ImportFault
from infra.services.importing.table_source import read_sheets


class DefinitionCheck(NamedTuple):
    """What became of a check.

    Attributes:
        definition: What the tables say, without faulty rows.
        submissions: What is to be sent, in order; empty while there are faults.
        faults: Everything that is wrong, in the order of sheets and rows.
        notes: What was left out of the tables and why.
        summary: What it amounts to; None while there are faults.
    """

    definition: Definition
    submissions: list[c.Submission]
    faults: list[ImportFault]
    notes: tuple[ImportFault, ...]
    summary: DefinitionSummary | None


def check(
    path: Path, requests: KeyRequests, office: str = "", package: RulePackage = JAPAN
) -> DefinitionCheck:
    """Read a file and decide everything in it; nothing is sent and no database is asked.

    Args:
        path: A workbook or a folder of CSV files.
        requests: Keys of founders; missing ones are stood in for.
        office: Who will send it; empty for the first founder that manages it.
        package: What the law says of each kind of contest.

    Raises:
        TablesUnreadable: There is nothing to read.
    """
    faults = Faults()
    return check_sheets(read_sheets(path, faults), requests, faults, office=office, package=package)


def check_sheets(
    sheets: Mapping[str, Sequence[TableLine]],
    requests: KeyRequests,
    faults: Faults,
    *,
    office: str = "",
    package: RulePackage = JAPAN,
) -> DefinitionCheck:
    """As `check`, of sheets that were read or typed already.

    Args:
        sheets: By name, heading first.
        requests: Keys of founders; missing ones are stood in for.
        faults: What was found in reading them.
        office: Who will send it; empty for the first founder that manages it.
        package: What the law says of each kind of contest.
    """
    definition = read_definition(sheets, faults, package)
    for name in requests:
        if name not in definition.founders:
            faults.add(
                CellPlace(at.OFFICES), "設立", f"{name} は設立機関ではありません（--founder）。"
            )
    Trial(definition, requests, faults).run()
    submissions: list[c.Submission] = []
    if not len(faults):
        sender = office or managing_founder(definition)
        submissions = try_all(definition, requests, sender, faults)
    if len(faults):
        return DefinitionCheck(
            definition, [], faults.in_order(list(at.SHEET_NAMES)), faults.notes, None
        )
    summary = summarize(definition, len(submissions))
    return DefinitionCheck(definition, submissions, [], faults.notes, summary)
