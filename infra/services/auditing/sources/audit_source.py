"""What can be verified: a bundle, a folder of published files, a running server."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

import msgspec

from infra.protocols.tlog.checkpoint import Checkpoint
from infra.services.auditing.sources.audit_difference import AuditDifference
from projections.documents.document_format import DOCUMENT_FORMAT, FIRST_FORMAT
from projections.feeds.layout import HEAD, RULES

Progress = Callable[[str, int, int], None]
"""Receives the stage, how much of it is done, and how much there is."""

LOG: Final = "log"
"""Where the files of the log lie below an election, on servers and mirrors."""

STAGE_READ: Final = "記録の読み込み"
STAGE_SIGNATURES: Final = "署名の検証"
STAGE_DECISIONS: Final = "決定の再計算"
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
        documents: Every document with its version; None where not every entry could be recomputed.
        tiles: Every tile and bundle of the tree.
        rule_package_sha256: Digest of the rule package that the log names; empty for none.
    """

    checkpoint: Checkpoint
    election: str
    environment: str
    documents: Mapping[str, int] | None
    tiles: Sequence[str]
    rule_package_sha256: str = ""


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
            AuditDifference: It is not there.
        """

    def document(self, document: str, version: int) -> bytes:
        """The published bytes of a document.

        Args:
            document: `national`, `prefectures/13`, ….
            version: Position of the event that changed it last.

        Raises:
            AuditDifference: It is not there.
        """

    def document_format(self) -> int | None:
        """Version of the format in which all its documents are; None where each states its own.

        Raises:
            AuditDifference: What should say so cannot be read.
        """

    def finish(self, checked: "SourceCheck") -> None:
        """Check what remains: that nothing is there that should not be, and every digest.

        Args:
            checked: What has been checked.

        Raises:
            AuditDifference: Something is.
        """


def missing(path: str) -> AuditDifference:
    """A file that is not there."""
    return AuditDifference("missing", path, expected="a file", found="nothing")


def compare_rules(found: bytes, checked: "SourceCheck") -> None:
    """Hold the published rule package against the digest that the log names.

    Raises:
        AuditDifference: It is another.
    """
    digest = hashlib.sha256(found).hexdigest()
    if digest != checked.rule_package_sha256:
        expected = checked.rule_package_sha256
        raise AuditDifference("document", RULES, expected=expected, found=digest)


class _StatedFormat(msgspec.Struct):
    format: int = FIRST_FORMAT


def parse_pointer_format(pointer: bytes) -> int | None:
    """The version of the format that a `head.json` names; None for the one of this release.

    A server that publishes in this version may still hold documents of earlier ones at addresses
    that never change, so each of them is asked.

    Raises:
        AuditDifference: It is no pointer.
    """
    try:
        found = msgspec.json.decode(pointer, type=_StatedFormat).format
    except msgspec.MsgspecError as error:
        raise AuditDifference("malformed", HEAD, expected="a pointer", found=str(error)) from None
    return None if found == DOCUMENT_FORMAT else found
