"""A small report to be written in tests."""

from datetime import UTC, datetime

from infra.services.reporting.issued_report import Issue, Stamp, report_digest
from projections.statistics.tables.table_catalogue import build_report
from tests.support.gwt import Command
from tests.unit.projections.nights import Office
from tests.unit.projections.statistics.test_tables import HOUSE_NIGHT

SITE = "https://kaihyo.example"


def issued(*commands: Command) -> Issue:
    """A report after these commands; a House night when there are none."""
    night = Office(*(commands or HOUSE_NIGHT)).night
    report = build_report(night)
    stamp = Stamp(
        election=report.election,
        name=report.name,
        environment=report.environment,
        position=report.position,
        recorded_at=datetime(2024, 10, 27, 13, tzinfo=UTC),
        digest=report_digest(report),
        root="ab" * 32,
    )
    return Issue(report, stamp, night, SITE)
