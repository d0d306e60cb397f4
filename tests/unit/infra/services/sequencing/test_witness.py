"""The witness: every answer of the specification, and no rollback or fork ever cosigned."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.adapters.filesystem.tile_files import Disk
from infra.protocols.protocol_errors import CheckpointMalformed, OriginWrong
from infra.protocols.signed_note.encoding import to_base64
from infra.protocols.signed_note.note import parse_lines
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from infra.protocols.tlog.merkle import EMPTY_ROOT, consistency_proof
from infra.protocols.tlog.tiles import TileHashes
from infra.services.sequencing.cosigning import Cosigning
from infra.services.sequencing.witness import (
    ADD_CHECKPOINT,
    FolderWitnessStore,
    Witness,
    WitnessAnswer,
)
from tests.unit.infra.protocols.trees import (
    ORIGIN,
    SetClock,
    grown,
    log_signer,
    root_between,
    witness_signer,
)

LOG, SIGNER = log_signer(), witness_signer()
TILES, _ = grown(*range(0, 521, 20))
EMPTY = Checkpoint(ORIGIN, 0, EMPTY_ROOT)


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return made(tmp_path)


def made(folder: Path, disk: Disk | None = None) -> Witness:
    store = FolderWitnessStore(folder / "witness", disk)
    return Witness(SIGNER, (LOG.verifier,), store, SetClock())


def head(size: int) -> Checkpoint:
    return Checkpoint(ORIGIN, size, root_between(0, size))


def request(old: int, new: int) -> bytes:
    proof = consistency_proof(old, new, TileHashes(new, TILES))
    return body(old, proof, sign_checkpoint(head(new), LOG))


def body(old: object, proof: list[bytes], note: bytes) -> bytes:
    return "\n".join([f"old {old}", *map(to_base64, proof), "", ""]).encode() + note


def cosigned(answer: WitnessAnswer, size: int) -> bool:
    note = sign_checkpoint(head(size), LOG) + answer.body
    _, opened = open_checkpoint(note, LOG.verifier, [SIGNER.verifier])
    return answer.status == 200 and any(found.time is not None for found in opened.verified)


def test_a_growing_log_is_cosigned(witness: Witness, tmp_path: Path) -> None:
    sizes = [0, 20, 40, 40, 260, 520]
    last = 0
    for size in sizes:
        assert cosigned(witness.handle("POST", ADD_CHECKPOINT, request(last, size)), size)
        last = size
    assert cosigned(made(tmp_path).add_checkpoint(request(520, 520)), 520)


def test_409_names_the_size_that_was_cosigned(witness: Witness, tmp_path: Path) -> None:
    witness.add_checkpoint(request(0, 260))
    for again in (witness, made(tmp_path)):
        for old, new in ((0, 520), (20, 40), (40, 260)):
            answer = again.add_checkpoint(request(old, new))
            assert answer == WitnessAnswer(409, b"260\n", "text/x.tlog.size")
    fork = sign_checkpoint(Checkpoint(ORIGIN, 260, bytes(32)), LOG)
    assert witness.add_checkpoint(body(260, [], fork)) == WitnessAnswer(
        409, b"260\n", "text/x.tlog.size"
    )


def test_422_for_a_proof_that_fails(witness: Witness) -> None:
    witness.add_checkpoint(request(0, 260))
    note = sign_checkpoint(head(520), LOG)
    proof = consistency_proof(260, 520, TileHashes(520, TILES))
    fork = sign_checkpoint(Checkpoint(ORIGIN, 520, bytes(32)), LOG)
    for wrong in (proof[1:], [*proof, bytes(32)], [bytes(32), *proof[1:]], []):
        assert witness.add_checkpoint(body(260, wrong, note)).status == 422
    assert witness.add_checkpoint(body(260, proof, fork)).status == 422
    assert (
        witness.add_checkpoint(body(260, [bytes(32)], sign_checkpoint(head(260), LOG))).status
        == 422
    )
    assert cosigned(witness.add_checkpoint(body(260, proof, note)), 520)


def test_422_for_another_empty_tree(witness: Witness) -> None:
    empty = sign_checkpoint(EMPTY._replace(root=bytes(32)), LOG)
    assert witness.add_checkpoint(body(0, [], empty)).status == 422
    assert (
        witness.add_checkpoint(body(0, [bytes(32)], sign_checkpoint(head(20), LOG))).status == 422
    )


def test_403_and_404(witness: Witness) -> None:
    forged = sign_checkpoint(head(20), log_signer(b"another"))
    assert witness.add_checkpoint(body(0, [], forged)).status == 403
    note = sign_checkpoint(head(20), LOG)
    broken = note.replace(b"\n20\n", b"\n21\n")
    assert witness.add_checkpoint(body(0, [], broken)).status == 403
    other = log_signer(origin="log.example/other")
    unknown = sign_checkpoint(head(20)._replace(origin="log.example/other"), other)
    assert witness.add_checkpoint(body(0, [], unknown)).status == 404


NOTE = sign_checkpoint(head(20), LOG)


@pytest.mark.parametrize(
    "sent",
    [
        *(b"", NOTE, body("00", [], NOTE), body(-1, [], NOTE), body("", [], NOTE)),
        *(body(21, [], NOTE), body(0, [bytes(32)] * 64, NOTE), body(0, [], b"no note")),
        *(b"old 0\n*\n\n" + NOTE, b"old 0\n" + NOTE, b"\xff\n\n" + NOTE, b"new 0\n\n" + NOTE),
        body(0, [], NOTE.replace(b"\n\n", b"\nextension\n\n")),
    ],
)
def test_400_for_what_is_no_request(witness: Witness, sent: bytes) -> None:
    assert witness.add_checkpoint(sent).status in (400, 403)
    assert cosigned(witness.add_checkpoint(request(0, 20)), 20)


def test_a_signed_text_that_is_no_checkpoint_is_malformed(witness: Witness) -> None:
    text = f"{ORIGIN}\nnot a size\n"
    note = f"{text}\n{LOG.sign(text)}".encode()
    assert witness.add_checkpoint(body(0, [], note)).status == 400


def test_other_doors_are_closed(witness: Witness) -> None:
    assert witness.handle("GET", ADD_CHECKPOINT, b"").status == 405
    assert witness.handle("POST", "/", b"").status == 404
    assert witness.handle("POST", ADD_CHECKPOINT, b"x" * 70_000).status == 413


def test_a_witness_needs_its_own_kind_of_key(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="0x04"):
        Witness(LOG, (), FolderWitnessStore(tmp_path), SetClock())


def test_a_damaged_state_is_never_taken_for_an_empty_one(witness: Witness, tmp_path: Path) -> None:
    witness.add_checkpoint(request(0, 20))
    (path,) = (tmp_path / "witness").iterdir()
    path.write_text("damaged")
    with pytest.raises(CheckpointMalformed):
        witness.add_checkpoint(request(20, 40))
    path.write_text(head(20)._replace(origin="log.example/other").text())
    with pytest.raises(OriginWrong):
        witness.add_checkpoint(request(20, 40))


class FullDisk(Disk):
    def do(self, what: str, act: Callable[[], object]) -> None:  # noqa: ARG002
        raise OSError("no space left")


def test_what_cannot_be_kept_is_not_cosigned(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no space"):
        made(tmp_path, FullDisk()).add_checkpoint(request(0, 20))
    assert made(tmp_path).add_checkpoint(request(20, 40)).body == b"0\n"


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()), max_size=12))
def test_what_is_cosigned_only_grows(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[int, int, bool]]
) -> None:
    witness = made(tmp_path_factory.mktemp("witness"))
    last = 0
    for old, new, fork in asked:
        root = bytes(32) if fork else root_between(0, new * 20)
        note = sign_checkpoint(Checkpoint(ORIGIN, new * 20, root), LOG)
        proof = (
            consistency_proof(old * 20, new * 20, TileHashes(new * 20, TILES)) if old <= new else []
        )
        answer = witness.add_checkpoint(body(old * 20, proof, note))
        if answer.status == 200:
            assert new * 20 >= last
            # A first checkpoint has nothing that it could fork from.
            assert not fork or old == 0
            last = new * 20
            if fork:
                return


def test_a_log_collects_cosignatures(witness: Witness, tmp_path: Path) -> None:
    other = witness_signer("second.example")
    second = Witness(other, (LOG.verifier,), FolderWitnessStore(tmp_path / "2"), SetClock())

    def unreachable(_body: bytes) -> WitnessAnswer:
        raise ConnectionError("no route")

    def stranger(sent: bytes) -> WitnessAnswer:
        return second.add_checkpoint(sent)

    asked = {
        "one": (SIGNER.verifier, witness.add_checkpoint),
        "gone": (SIGNER.verifier, unreachable),
        "liar": (witness_signer("third.example").verifier, stranger),
        "mute": (SIGNER.verifier, lambda _: WitnessAnswer(200, b"\xff")),
        "ahead": (SIGNER.verifier, lambda _: WitnessAnswer(409, b"999\n")),
        "angry": (SIGNER.verifier, lambda _: WitnessAnswer(403, b"go away\n")),
    }
    witness.add_checkpoint(request(0, 20))
    cosigning = Cosigning(asked, TILES)
    for size in (40, 260, 260):
        note = sign_checkpoint(head(size), LOG)
        collected = cosigning.collect(head(size), note)
        _, opened = open_checkpoint(collected.note, LOG.verifier, [SIGNER.verifier])
        assert len(opened.verified) == 2
        assert set(collected.missing) == {"gone", "liar", "mute", "ahead", "angry"}
        assert "403: go away" in collected.missing["angry"]
    assert parse_lines(collected.note.decode().split("\n\n")[1])[1].name == SIGNER.verifier.name
