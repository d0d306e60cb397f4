"""One survey compiled: its sums and every answer, as a workbook or as CSV, read at one position."""

import tempfile
from pathlib import Path

from infra.services.reporting import report_workbook
from infra.services.reporting.issued_report import Issue, Stamp, report_digest
from infra.services.reporting.report_csv import printed_cells
from projections.election_projection import ElectionProjection
from projections.feeds.csv_cells import csv_text, text_cell
from projections.statistics.ledger import Ledger
from projections.statistics.table import Table
from projections.statistics.tables.survey_tables import compile_survey
from projections.statistics.tables.table_catalogue import Report


def compile_issue(state: ElectionProjection, root: str, survey_id: str) -> Issue:
    """The tables of one survey with what every file of a report states.

    Raises:
        KeyError: There is no such survey.
    """
    ledger = Ledger(state)
    report = Report(
        election=ledger.facts.id,
        name=ledger.facts.name,
        environment=ledger.facts.environment,
        position=state.position,
        tables=compile_survey(ledger, state.surveys[survey_id]),
    )
    stamp = Stamp(
        election=report.election,
        name=report.name,
        environment=report.environment,
        position=report.position,
        recorded_at=state.times[-1],
        digest=report_digest(report),
        root=root,
    )
    return Issue(report, stamp, state)


def as_workbook(issue: Issue) -> bytes:
    """A workbook with a sheet per table."""
    with tempfile.TemporaryDirectory() as folder:
        (path,) = report_workbook.write(issue, Path(folder))
        return path.read_bytes()


def as_csv(table: Table) -> bytes:
    """A tidy file headed by the columns' titles, with a byte order mark so that Excel reads it."""
    titles = [text_cell(column.title) for column in table.columns]
    return csv_text([titles, *printed_cells(table)]).encode("utf-8-sig")
