"""c2sp.org/tlog-checkpoint: what a log commits to: its origin, its size and its root."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, Self

from infra.protocols.protocol_errors import CheckpointMalformed, NoteUnverified, OriginWrong
from infra.protocols.signed_note.encoding import NUMBER_MAX, from_base64, from_decimal, to_base64
from infra.protocols.signed_note.note import (
    ED25519,
    Opened,
    Signer,
    Verifier,
    join,
    name_fits,
    open_note,
)
from infra.protocols.tlog.merkle import HASH_BYTES

_LINES = 3


class Checkpoint(NamedTuple):
    """The head of a tree.

    Attributes:
        origin: Identity of the log: a URL without schema, equal to the name of its key. One per
            election and environment.
        size: Entries in the tree.
        root: Its RFC 6962 root.
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed ("Note text"); never an extension line.

        Raises:
            CheckpointMalformed: A field is out of its limits.
        """
        if not name_fits(self.origin) or not 0 <= self.size <= NUMBER_MAX:
            raise CheckpointMalformed("an origin has no spaces and a size is not negative")
        if len(self.root) != HASH_BYTES:
            raise CheckpointMalformed(f"a root has {HASH_BYTES} bytes")
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a checkpoint, strictly: every checkpoint has one spelling.

        Raises:
            CheckpointMalformed: It is not one, or has extension lines.
        """
        lines = text.split("\n")
        if len(lines) != _LINES + 1 or lines.pop():
            raise CheckpointMalformed("a checkpoint is three lines: origin, size, root")
        origin, size, root = lines
        try:
            checkpoint = cls(origin, from_decimal(size), from_base64(root))
        except ValueError as error:
            raise CheckpointMalformed(f"the size or root of a checkpoint is {error}") from None
        checkpoint.text()
        return checkpoint


def log_origin(place: str, election: str, environment: Literal["live", "rehearsal"]) -> str:
    """The origin of a log, and the name of its key: one per election and environment.

    Args:
        place: Where it is published, a URL without schema: `kaihyo.example/log`.
        election: Id of the election.
        environment: A rehearsal never has the origin of a live log.
    """
    apart = "/REHEARSAL" if environment == "rehearsal" else ""
    return f"{place.rstrip('/')}{apart}/{election}"


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The signed note of a checkpoint.

    Raises:
        OriginWrong: The key is not the one of this log.
    """
    if signer.verifier.name != checkpoint.origin:
        raise OriginWrong(f"the key {signer.verifier.name} does not sign {checkpoint.origin}")
    text = checkpoint.text()
    return join(text, [signer.sign(text)])


def open_checkpoint(
    note: bytes, log: Verifier, witnesses: Iterable[Verifier] = ()
) -> tuple[Checkpoint, Opened]:
    """Verify a checkpoint by the log's own key and give it with its other signatures.

    Raises:
        NoteMalformed, SignatureWrong: See `open_note`.
        NoteUnverified: The log's key did not sign it.
        CheckpointMalformed: The note is not a checkpoint.
        OriginWrong: It is the checkpoint of another log.
    """
    opened = open_note(note, [log, *witnesses])
    if all(found.verifier is not log for found in opened.verified):
        raise NoteUnverified(f"{log.name} did not sign the checkpoint")
    if log.kind != ED25519:
        raise NoteUnverified("a log signs its checkpoints with a key of type 0x01")
    checkpoint = Checkpoint.parse(opened.text)
    if checkpoint.origin != log.name:
        raise OriginWrong(f"a checkpoint of {checkpoint.origin}, not of {log.name}")
    return checkpoint, opened
