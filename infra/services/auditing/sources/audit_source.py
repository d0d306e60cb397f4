"""What can be verified: a bundle, a folder of published files, a running server."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from infra.protocols.tlog.checkpoint import Checkpoint
from infra.services.auditing.sources.audit_difference import AuditDifference

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""

LOG: Final = "log"
"""Where the files of the log lie below an election, on servers and mirrors."""

STAGE_READ: Final = "記録の読み込み"
STAGE_SIGNATURES: Final = "署名の検証"
STAGE_AUTHORITY: Final = "権限と連鎖の確認"
STAGE_REPLAY: Final = "記録の再生"
STAGE_DOCUMENTS: Final = "公開文書の照合"


def silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


class SourceCheck(NamedTuple):
    """What a source was found to hold.

    Attributes:
        checkpoint: The last checkpoint.
        election: Id of the election; empty for an empty log.
        environment: `live` or `rehearsal`; empty for an empty log.
        documents: Every document with its version.
        tiles: Every tile and bundle of the tree.
    """

    checkpoint: Checkpoint
    election: str
    environment: str
    documents: Mapping[str, int]
    tiles: Sequence[str]


class Source(Protocol):
    """A published log and the documents that were published from it.

    Attributes:
        name: What to call it in messages.
        has_documents: Whether there are published documents to compare.
    """

    name: str
    has_documents: bool

    def read(self, path: str) -> bytes:
        """A file of the log: `checkpoint`, `checkpoints`, `key`, `tile/…`.

        Raises:
            Difference: It is not there.
        """

    def document(self, document: str, version: int) -> bytes:
        """The published bytes of a document.

        Args:
            document: `national`, `prefectures/13`, ….
            version: Position of the event that changed it last.

        Raises:
            Difference: It is not there.
        """

    def finish(self, checked: "SourceCheck") -> None:
        """Check what remains: that nothing is there that should not be, and every digest.

        Args:
            checked: What has been checked.

        Raises:
            Difference: Something is.
        """


def missing(path: str) -> AuditDifference:
    """A file that is not there."""
    return AuditDifference("missing", path, expected="a file", found="nothing")
