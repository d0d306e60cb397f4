"""c2sp.org/tlog-witness: a witness of our own, which cosigns only what extends what it has seen.

The core is a function from a request to an answer over a store; a server only carries the bytes.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple, Protocol

from infra.adapters.filesystem.tile_files import Disk
from infra.protocols.protocol_errors import (
    CheckpointMalformed,
    NoteMalformed,
    NoteUnverified,
    OriginWrong,
    ProofInvalid,
    SignatureError,
)
from infra.protocols.signed_note.encoding import from_base64, from_decimal
from infra.protocols.signed_note.note import COSIGNATURE, Signer, Verifier, split
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint
from infra.protocols.tlog.proof_verification import verify_consistency
from infra.runtime.clock import Clock

ADD_CHECKPOINT: Final = "/add-checkpoint"
REQUEST_BYTES_MAX: Final = 64 * 1024
_PROOF_LINES_MAX = 63
_OLD = "old "
_TEXT = "text/plain; charset=utf-8"
_SIZE = "text/x.tlog.size"


class WitnessAnswer(NamedTuple):
    """An HTTP answer."""

    status: int
    body: bytes
    content_type: str = _TEXT


class AddCheckpoint(NamedTuple):
    """A request to cosign ("add-checkpoint").

    Attributes:
        old: Size of the checkpoint that the log believes the witness has cosigned last.
        proof: That the new tree extends the old one.
        note: The checkpoint.
    """

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    @classmethod
    def parse(cls, body: bytes) -> "AddCheckpoint":
        """Read a request.

        Raises:
            ValueError: It is not one.
        """
        head, blank, note = body.partition(b"\n\n")
        old, *proof = head.decode("ascii").split("\n")
        if not blank or not old.startswith(_OLD) or len(proof) > _PROOF_LINES_MAX:
            raise ValueError("a request is an old size, a proof, a blank line and a checkpoint")
        size = from_decimal(old.removeprefix(_OLD))
        return cls(size, tuple(map(from_base64, proof)), note)


class WitnessStore(Protocol):
    """Keeps the last cosigned checkpoint of every log."""

    def load(self, origin: str) -> Checkpoint | None:
        """The last one; None when there was none."""

    def save(self, checkpoint: Checkpoint) -> None:
        """Keep this one instead; durable on return."""


class FolderWitnessStore:
    """Keeps checkpoints as one file per log, replaced whole (a `WitnessStore`)."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._folder = folder
        self._disk = disk or Disk()

    def load(self, origin: str) -> Checkpoint | None:
        """The last one; None when there was none.

        Raises:
            CheckpointMalformed, OriginWrong: The file is damaged. Nothing is cosigned then.
        """
        try:
            text = self._path(origin).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        checkpoint = Checkpoint.parse(text)
        if checkpoint.origin != origin:
            raise OriginWrong(f"the file of {origin} holds a checkpoint of {checkpoint.origin}")
        return checkpoint

    def save(self, checkpoint: Checkpoint) -> None:
        """Keep this one instead; durable on return."""
        self._disk.replace(self._path(checkpoint.origin), checkpoint.text().encode())

    def _path(self, origin: str) -> Path:
        return self._folder / f"{sha256(origin.encode()).hexdigest()}.checkpoint"


class Witness:
    """Cosigns checkpoints of known logs, never one that rolls back or forks.

    Args:
        signer: A key of type 0x04.
        logs: The keys of the logs; the name of a key is the origin of its log.
        store: What was cosigned last.
        clock: The time that a cosignature attests.

    Raises:
        ValueError: The key is of another type.
    """

    def __init__(
        self, signer: Signer, logs: tuple[Verifier, ...], store: WitnessStore, clock: Clock
    ) -> None:
        if signer.verifier.kind != COSIGNATURE:
            raise ValueError("a witness signs with a key of type 0x04")
        self._signer = signer
        self._logs: Mapping[str, Verifier] = {log.name: log for log in logs}
        self._store = store
        self._clock = clock
        self._lock = Lock()

    def handle(self, method: str, path: str, body: bytes) -> WitnessAnswer:
        """Answer an HTTP request."""
        if path != ADD_CHECKPOINT:
            return _refusal(404, "there is only add-checkpoint here")
        if method != "POST":
            return _refusal(405, "add-checkpoint is a POST")
        if len(body) > REQUEST_BYTES_MAX:
            return _refusal(413, f"a request has at most {REQUEST_BYTES_MAX} bytes")
        return self.add_checkpoint(body)

    def add_checkpoint(self, body: bytes) -> WitnessAnswer:
        """Cosign a checkpoint, or say why not.

        Returns:
            200 with cosignature lines, 400 malformed, 403 not signed by its log, 404 unknown
            log, 409 with the size of what was cosigned last, 422 for a proof that fails.
        """
        try:
            request = AddCheckpoint.parse(body)
            text, _ = split(request.note)
            log = self._logs.get(text.partition("\n")[0])
            if log is None:
                return _refusal(404, "the origin is unknown")
            checkpoint, _ = open_checkpoint(request.note, log)
        except (NoteUnverified, SignatureError) as error:
            return _refusal(403, str(error))
        except (CheckpointMalformed, NoteMalformed, ValueError) as error:
            return _refusal(400, str(error))
        if request.old > checkpoint.size:
            return _refusal(400, "the old size is larger than the checkpoint")
        # Comparing and keeping must be one step, or an older checkpoint could be kept last.
        with self._lock:
            return self._extend(request, checkpoint)

    def _extend(self, request: AddCheckpoint, checkpoint: Checkpoint) -> WitnessAnswer:
        last = self._store.load(checkpoint.origin)
        size = 0 if last is None else last.size
        if request.old != size:
            return _conflict(size)
        if last is not None and checkpoint.size == size and checkpoint.root != last.root:
            return _conflict(size)
        try:
            self._verify(request, last, checkpoint)
        except ProofInvalid as error:
            return _refusal(422, str(error))
        self._store.save(checkpoint)
        time = int(self._clock.now().timestamp())
        return WitnessAnswer(200, str(self._signer.sign(checkpoint.text(), time=time)).encode())

    def _verify(
        self, request: AddCheckpoint, last: Checkpoint | None, checkpoint: Checkpoint
    ) -> None:
        empty = sha256().digest()
        old_root = empty if last is None else last.root
        if checkpoint.size == 0 and checkpoint.root != empty:
            raise ProofInvalid("an empty tree has only one root")
        verify_consistency(request.old, checkpoint.size, request.proof, old_root, checkpoint.root)


def _refusal(status: int, reason: str) -> WitnessAnswer:
    return WitnessAnswer(status, f"{reason}\n".encode())


def _conflict(size: int) -> WitnessAnswer:
    return WitnessAnswer(409, f"{size}\n".encode(), _SIZE)
