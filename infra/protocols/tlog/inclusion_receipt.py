"""c2sp.org/tlog-proof@v1: a receipt that one entry is in the log, verified without any server."""

from typing import NamedTuple, Self

from infra.protocols.protocol_errors import ReceiptMalformed
from infra.protocols.signed_note.encoding import from_base64, from_decimal, to_base64
from infra.protocols.signed_note.note import Verifier
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint
from infra.protocols.tlog.merkle import HASH_BYTES, inclusion_proof
from infra.protocols.tlog.policy import Policy
from infra.protocols.tlog.proof_verification import verify_inclusion
from infra.protocols.tlog.tiles import TileHashes, TileReader

HEADER = "c2sp.org/tlog-proof@v1"
_EXTRA = "extra "
_INDEX = "index "
_HASHES_MAX = 63


class InclusionReceipt(NamedTuple):
    """The proof that an entry is in the log.

    Attributes:
        number: Number of the entry, from 0 (the `index` of the specification).
        hashes: Its inclusion proof, from the leaf up.
        checkpoint: The signed note it leads to, cosignatures included.
        extra: Bytes that nothing attests; None when there are none.
    """

    number: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def encode(self) -> bytes:
        """The text of the receipt ("Format"); its file ends in `.tlog-proof`."""
        extra = [] if self.extra is None else [_EXTRA + to_base64(self.extra)]
        hashes = map(to_base64, self.hashes)
        lines = [HEADER, *extra, f"{_INDEX}{self.number}", *hashes, "", ""]
        return "\n".join(lines).encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a receipt; nothing is verified yet.

        Raises:
            ReceiptMalformed: It is not one.
        """
        head, blank, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise ReceiptMalformed("a receipt is ASCII above its checkpoint") from None
        if not blank or lines.pop(0) != HEADER:
            raise ReceiptMalformed(f"a receipt begins with {HEADER}")
        try:
            return cls._of_lines(lines, checkpoint)
        except ValueError as error:
            raise ReceiptMalformed(f"a line of the receipt is {error}") from None

    @classmethod
    def _of_lines(cls, lines: list[str], checkpoint: bytes) -> Self:
        extra = None
        if lines and lines[0].startswith(_EXTRA):
            extra = from_base64(lines.pop(0).removeprefix(_EXTRA))
        if not lines or not lines[0].startswith(_INDEX):
            raise ValueError("missing: index")
        number = from_decimal(lines.pop(0).removeprefix(_INDEX))
        hashes = tuple(map(from_base64, lines))
        if len(hashes) > _HASHES_MAX or any(len(found) != HASH_BYTES for found in hashes):
            raise ValueError("not a hash, or one too many")
        return cls(number, hashes, checkpoint, extra)

    def verify(self, leaf: bytes, log: Verifier, policy: Policy | None = None) -> Checkpoint:
        """Verify that the entry with this leaf hash is in the log, and give the checkpoint.

        Args:
            leaf: `leaf_hash` of the entry's bytes.
            log: The key of the log.
            policy: When given, its quorum of witnesses must have cosigned.

        Raises:
            NoteMalformed, SignatureWrong, NoteUnverified, CheckpointMalformed, OriginWrong:
                The checkpoint is not one of this log.
            WitnessesMissing: Too few witnesses cosigned it.
            ProofInvalid: The entry is not at this index in the log.
        """
        witnesses = () if policy is None else policy.witnesses.values()
        checkpoint, opened = open_checkpoint(self.checkpoint, log, witnesses)
        if policy is not None:
            policy.demand(opened)
        verify_inclusion(leaf, self.number, checkpoint.size, self.hashes, checkpoint.root)
        return checkpoint


def make_receipt(number: int, size: int, checkpoint: bytes, reader: TileReader) -> InclusionReceipt:
    """The receipt of an entry from the published tiles.

    Args:
        number: Number of the entry, from 0.
        size: Size of the tree that the checkpoint is of.
        checkpoint: The signed note.
        reader: The tiles.

    Raises:
        ValueError: The entry is not in a tree of that size.
        TileMissing, TileInvalid: The tiles are damaged.
    """
    hashes = inclusion_proof(number, size, TileHashes(size, reader))
    return InclusionReceipt(number, tuple(hashes), checkpoint)
