"""Who was allowed to post what, entry by entry, and whether the entries say what was signed.

The rules are those of `infra.services.signing.submission_audit`; whether signatures fit is found
out beside it, on every core (`envelopes`).
"""

from collections.abc import Sequence

from aggregates.base import Event
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import STAGE_AUTHORITY, Progress
from infra.services.signing.submission_audit import AuditProblem, Verification

_EVERY = 1024


def verify_authority(events: Sequence[Event], progress: Progress) -> None:
    """Check roles, keys by index, chains of offices, and entries against what was signed.

    Raises:
        Difference: The first entry that an honest log would not have.
    """
    verification = Verification(signatures=False)
    for position, event in enumerate(events, start=1):
        problem = _check_entry(verification, event, position)
        if problem is not None:
            raise _difference(problem)
        if not position % _EVERY:
            progress(STAGE_AUTHORITY, position, len(events))
    problem = verification.finish()
    if problem is not None:
        raise _difference(problem)
    progress(STAGE_AUTHORITY, len(events), len(events))


def _check_entry(verification: Verification, event: Event, position: int) -> AuditProblem | None:
    try:
        return verification.check(event, position)
    except Exception as error:  # whatever a forged entry makes the rules do is a finding
        where, found = f"entry {position}", f"{type(error).__name__}: {error}"
        raise AuditDifference("permission", where, expected=event.TOPIC, found=found) from error


def _difference(problem: AuditProblem) -> AuditDifference:
    where = f"entry {problem.position}"
    return AuditDifference(problem.rule, where, expected=problem.expected, found=problem.found)
