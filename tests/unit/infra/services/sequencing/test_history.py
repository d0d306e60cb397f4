"""Every checkpoint that was published, whatever a crash left of the last one."""

from pathlib import Path

import pytest

from infra.adapters.filesystem.tile_files import Disk
from infra.protocols.protocol_errors import NoteMalformed
from infra.protocols.signed_note.keys import PrivateKey
from infra.protocols.signed_note.note import Signer
from infra.protocols.tlog.checkpoint import Checkpoint, sign_checkpoint
from infra.services.sequencing.checkpoint_history import (
    CheckpointHistory,
    decode_history,
    encode_history,
)

SIGNER = Signer("log.example/REHEARSAL/house51", PrivateKey(bytes(32)))


def note(size: int) -> bytes:
    return sign_checkpoint(Checkpoint(SIGNER.verifier.name, size, bytes([size]) * 32), SIGNER)


def test_what_is_appended_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints"
    history = CheckpointHistory(path, Disk())
    for size in (0, 3, 7):
        history.append(note(size))
    assert decode_history(path.read_bytes()) == [note(0), note(3), note(7)]
    assert encode_history([note(0), note(3), note(7)]) == path.read_bytes()


def test_a_heartbeat_is_no_new_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints"
    CheckpointHistory(path, Disk()).append(note(3))
    again = CheckpointHistory(path, Disk())
    again.append(note(3))
    again.append(note(2))
    assert decode_history(path.read_bytes()) == [note(3)]


def test_a_checkpoint_that_a_crash_cut_off_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints"
    whole = encode_history([note(3), note(5)])
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        history = CheckpointHistory(path, Disk())
        kept = decode_history(path.read_bytes())
        assert kept == [note(3), note(5)][: len(kept)]
        for size in (3, 5):
            history.append(note(size))
        assert path.read_bytes() == whole


def test_half_a_note_is_no_history() -> None:
    with pytest.raises(NoteMalformed):
        decode_history(encode_history([note(3)])[:-2])
    assert decode_history(b"") == []
