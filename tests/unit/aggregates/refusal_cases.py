"""One way, at least, into every refusal that a command can meet: given, when, refused."""

from aggregates import errors as e
from tests.unit.aggregates.definition_cases import CONTEST_FORM, DEFINITIONS, LIST_FORM
from tests.unit.aggregates.refusal_case import Case
from tests.unit.aggregates.report_cases import DECISIONS, REPORTS, TURNOUTS

CASES: tuple[Case, ...] = (*DEFINITIONS, *CONTEST_FORM, *LIST_FORM, *REPORTS, *TURNOUTS, *DECISIONS)

OUTSIDE_COMMANDS: tuple[e.Refusal, ...] = (
    # Raised while identifiers of a municipality are read, before there is a command.
    e.MunicipalityCodeInvalid(code="131010"),
    # Raised where the bytes of a posting are read and where events are written.
    e.CommandMalformed(detail="command: 未知の項目"),
    e.SubmissionReused(submission="submission-000001"),
    e.EntryTooLarge(size=70_000, limit=65_535),
)
