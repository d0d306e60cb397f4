"""The log's side of tlog-witness: ask witnesses for cosignatures and keep those that fit.

How bytes reach a witness is not decided here; what is missing is said, never hidden.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from infra.protocols.protocol_errors import NoteMalformed, SignatureError
from infra.protocols.signed_note.encoding import from_decimal, to_base64
from infra.protocols.signed_note.note import SignatureLine, Verifier, join, parse_lines, split
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.protocols.tlog.merkle import consistency_proof
from infra.protocols.tlog.tiles import TileHashes, TileReader
from infra.services.sequencing.witness import WitnessAnswer

Ask = Callable[[bytes], WitnessAnswer]
"""Sends the body of `add-checkpoint` to a witness and gives its answer."""

_OK = 200
_CONFLICT = 409


class Collected(NamedTuple):
    """A checkpoint's note with what the witnesses said.

    Attributes:
        note: The note with every cosignature that fits.
        missing: Why a witness did not cosign, by its name.
    """

    note: bytes
    missing: Mapping[str, str]


class Cosigning:
    """Asks a fixed set of witnesses about each checkpoint of one log.

    Args:
        witnesses: The key of each witness and how to ask it, by name.
        tiles: The published tiles, for consistency proofs.
    """

    def __init__(self, witnesses: Mapping[str, tuple[Verifier, Ask]], tiles: TileReader) -> None:
        self._witnesses = witnesses
        self._tiles = tiles
        self._sizes = dict.fromkeys(witnesses, 0)

    def collect(self, checkpoint: Checkpoint, note: bytes) -> Collected:
        """Ask every witness about a checkpoint."""
        text, lines = split(note)
        missing: dict[str, str] = {}
        found: list[SignatureLine] = []
        for name in self._witnesses:
            try:
                found.append(self._ask(name, checkpoint, text, note))
            except (OSError, ValueError) as error:
                missing[name] = str(error)
        return Collected(join(text, [*lines, *found]), missing)

    def _ask(self, name: str, checkpoint: Checkpoint, text: str, note: bytes) -> SignatureLine:
        verifier, ask = self._witnesses[name]
        answer = ask(self._request(self._sizes[name], checkpoint, note))
        if answer.status == _CONFLICT:
            # It knows another size than we remember: after a restart we remember none.
            self._sizes[name] = _size(answer, checkpoint)
            answer = ask(self._request(self._sizes[name], checkpoint, note))
        if answer.status != _OK:
            said = answer.body.decode(errors="replace").strip()
            raise ValueError(f"the witness answered {answer.status}: {said}")
        line = _own_line(answer.body, verifier)
        verifier.verify(text, line.signature)
        self._sizes[name] = checkpoint.size
        return line

    def _request(self, old: int, checkpoint: Checkpoint, note: bytes) -> bytes:
        hashes = TileHashes(checkpoint.size, self._tiles)
        proof = consistency_proof(old, checkpoint.size, hashes)
        return "\n".join([f"old {old}", *map(to_base64, proof), "", ""]).encode() + note


def _size(answer: WitnessAnswer, checkpoint: Checkpoint) -> int:
    size = from_decimal(answer.body.decode().removesuffix("\n"))
    if size > checkpoint.size:
        raise ValueError(f"the witness has seen {size} entries, the log has {checkpoint.size}")
    return size


def _own_line(body: bytes, verifier: Verifier) -> SignatureLine:
    try:
        lines = parse_lines(body.decode())
    except UnicodeDecodeError:
        raise NoteMalformed("the answer of the witness is not UTF-8") from None
    for line in lines:
        if (line.name, line.key_id) == (verifier.name, verifier.key_id):
            return line
    raise SignatureError("the answer of the witness holds no signature of its key")
