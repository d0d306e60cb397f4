"""One way, at least, into every refusal that a command can meet: given, when, refused."""

from aggregates import errors as e
from tests.unit.aggregates.definition_cases import CONTEST_FORM, DEFINITIONS, LIST_FORM
from tests.unit.aggregates.limit_cases import EITHER_ORDER, MOMENTS, OVERLAPS
from tests.unit.aggregates.municipality_cases import MUNICIPALITIES
from tests.unit.aggregates.office_cases import ADMISSION, KEYS, OFFICES
from tests.unit.aggregates.refusal_case import Case
from tests.unit.aggregates.report_cases import DECISIONS, REPORTS, TURNOUTS
from tests.unit.aggregates.survey_cases import SURVEYS

CASES: tuple[Case, ...] = (
    *DEFINITIONS,
    *CONTEST_FORM,
    *LIST_FORM,
    *REPORTS,
    *TURNOUTS,
    *EITHER_ORDER,
    *MOMENTS,
    *OVERLAPS,
    *DECISIONS,
    *MUNICIPALITIES,
    *OFFICES,
    *KEYS,
    *ADMISSION,
    *SURVEYS,
)

OUTSIDE_COMMANDS: tuple[e.Refusal, ...] = (
    # Raised while identifiers of a municipality are read, before there is a command.
    e.MunicipalityCodeInvalid(code="131010"),
    # Raised where the bytes of a posting are read and where events are written.
    e.CommandMalformed(detail="command: 未知の項目"),
    e.SubmissionReused(submission="submission-000001"),
    e.EntryTooLarge(size=70_000, limit=65_535),
    # Raised at the door, before there is a submission; `tests/unit/infra/services/signing` meets
    # them.
    e.EnvelopeMalformed(detail="切れている"),
    e.EnvelopeTooLarge(detail="50000バイト"),
    e.PayloadTypeWrong(signed="application/json", body="post-tally"),
    e.BodyNotCanonical(detail="空白"),
    e.SignedTwice(keyid="00ff"),
    e.SignatureWrong(keyid="00ff"),
    # Raised where a live election is founded; `tests/unit/api/http/test_founding.py` meets it.
    e.FoundersUnpinned(),
    # Raised in the order of the log, about the chain of an office.
    e.SequenceUnstated(),
    e.SequenceUnsigned(),
    e.SequenceWrong(office="nation", expected=2, stated=3),
    e.ChainForked(office="nation", expected="なし"),
    # Raised where an office asks for a session.
    e.ChallengeUnknown(),
    e.SessionUnknown(),
)
