"""The definition of an election decided where there is no log yet: none is made for a refused one.

The log decides it once more when it records it.
"""

from collections.abc import Iterable, Mapping

from aggregates.base import CommandContext
from aggregates.commands.election_commands import DefineElection
from aggregates.decisions.command_table import decide
from aggregates.decisions.office_chain import Link, require_next, require_unchained
from aggregates.decisions.repository import ElectionRepository
from aggregates.errors import ElectionNotDefined
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.memory.in_memory_store import InMemoryStore
from infra.adapters.postgres.schemas import LogName
from infra.protocols.signed_note.keys import PublicKey
from infra.runtime.clock import SystemClock
from infra.services.signing.submission_auth import admit


class NoKeys:
    """The port `submission_auth.KeyBook` before a log has begun: a definition brings its keys."""

    def keys(self, keyids: Iterable[str]) -> Mapping[str, PublicKey]:
        """None."""
        del keyids
        return {}


def admit_founding(body: bytes, election: str, *, signed: bool) -> PendingSubmission:
    """A posting whose signatures fit the keys that it brings: nobody else has any yet.

    Args:
        body: JSON of a submission, or of an envelope around one.
        election: Code of the election that it was sent to.
        signed: Whether the sender said that it is an envelope.

    Raises:
        Refusal: As of `admit`.
    """
    return admit(body, NoKeys(), election, signed=signed)


def founded_log(posting: PendingSubmission) -> LogName:
    """The log that a definition means to begin.

    Raises:
        ElectionNotDefined: It is another command.
    """
    command = posting.submission.command
    if not isinstance(command, DefineElection):
        raise ElectionNotDefined
    return LogName(command.election.id, command.election.environment)


def require_foundable(posting: PendingSubmission) -> None:
    """Refuse a definition as an empty log would.

    Raises:
        Refusal: It cannot begin a log.
    """
    submission = posting.submission
    if posting.envelope is None:
        require_unchained(submission)
    else:
        require_next(Link(), submission)
    context = CommandContext(
        provenance=posting.provenance(),
        at=SystemClock().now(),
        signers=posting.signers,
        proven=posting.proven,
    )
    decide(ElectionRepository(InMemoryStore()), submission, context)
