"""The chain of an office: its signed postings, numbered from 1 without a gap, each naming the last.

So an office sees when something was sent in its name, and nobody can leave out or put in a posting
of it, anyone who runs the log.
"""

from typing import NamedTuple, Protocol

from aggregates.commands.election_commands import Submission
from aggregates.errors import ChainForked, SequenceUnsigned, SequenceUnstated, SequenceWrong


class Link(NamedTuple):
    """The last signed posting of an office.

    Attributes:
        sequence: Its number; 0 before the first.
        sha256: Digest of its body in hexadecimal; None before the first.
    """

    sequence: int = 0
    sha256: str | None = None


class ChainedPosting(Protocol):
    """What of a posting has to do with the chain of its office."""

    @property
    def office(self) -> str:
        """The office that sends it."""

    @property
    def sequence(self) -> int | None:
        """Its number among the signed postings of the office."""

    @property
    def previous_sha256(self) -> str | None:
        """Digest of the body before it; None for the first."""


def require_next(last: Link, submission: ChainedPosting) -> None:
    """Refuse a signed posting that does not follow the last one of its office.

    Raises:
        SequenceUnstated: It has no number.
        SequenceWrong: A number was left out or used again.
        ChainForked: It names another posting as the one before it.
    """
    if submission.sequence is None:
        raise SequenceUnstated
    if submission.sequence != last.sequence + 1:
        raise SequenceWrong(
            office=submission.office, expected=last.sequence + 1, stated=submission.sequence
        )
    if submission.previous_sha256 != last.sha256:
        raise ChainForked(office=submission.office, expected=last.sha256 or "なし")


def require_unchained(submission: Submission) -> None:
    """Refuse an unsigned posting that claims a place in a chain: nobody could check it later.

    Raises:
        SequenceUnsigned: It has a number or names a posting before it.
    """
    if submission.sequence is not None or submission.previous_sha256 is not None:
        raise SequenceUnsigned
