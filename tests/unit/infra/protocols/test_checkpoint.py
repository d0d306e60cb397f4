"""Checkpoints: one spelling, one origin, signed by the key of that origin."""

import pytest

from infra.protocols.protocol_errors import CheckpointMalformed, NoteUnverified, OriginWrong
from infra.protocols.signed_note.encoding import to_base64
from infra.protocols.signed_note.note import COSIGNATURE, Signer, join
from infra.protocols.tlog.checkpoint import (
    Checkpoint,
    log_origin,
    open_checkpoint,
    sign_checkpoint,
)
from tests.unit.infra.protocols.trees import ORIGIN, log_signer, private_key, witness_signer

ROOT = bytes(range(32))
CHECKPOINT = Checkpoint(ORIGIN, 70_000, ROOT)
TEXT = f"{ORIGIN}\n70000\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"


def test_the_published_example() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    checkpoint = Checkpoint.parse(text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.text() == text


def test_three_lines() -> None:
    assert CHECKPOINT.text() == TEXT
    assert Checkpoint.parse(TEXT) == CHECKPOINT
    assert Checkpoint.parse(TEXT.replace("70000", "0")).size == 0


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n\n\n", TEXT[:-1], TEXT + "\n", TEXT + "extension\n", "\n" + TEXT),
        *(TEXT.replace("70000", number) for number in ("070000", "-1", "+1", "", "٧", "9" * 19)),
        *(TEXT.replace("8=", "9="), TEXT.replace("AAEC", "AA"), TEXT.replace("8=", "8==")),
        *(TEXT.replace(ORIGIN, name) for name in ("", "a b", "a+b", "a\u3000b", "a\u00a0b")),
        f"{ORIGIN}\n1\n{to_base64(bytes(31))}\n",
    ],
)
def test_no_other_spelling(text: str) -> None:
    with pytest.raises(CheckpointMalformed):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "checkpoint", [CHECKPOINT._replace(size=-1), CHECKPOINT._replace(root=b"")]
)
def test_what_cannot_be_written(checkpoint: Checkpoint) -> None:
    with pytest.raises(CheckpointMalformed):
        checkpoint.text()


def test_one_origin_per_election_and_environment() -> None:
    assert log_origin("log.example/", "house51", "live") == "log.example/house51"
    assert log_origin("log.example", "house51", "rehearsal") == ORIGIN


def test_signed_and_opened() -> None:
    signer, witness = log_signer(), witness_signer()
    note = sign_checkpoint(CHECKPOINT, signer) + str(witness.sign(TEXT, time=9)).encode()
    checkpoint, opened = open_checkpoint(note, signer.verifier, [witness.verifier])
    assert checkpoint == CHECKPOINT
    assert [found.time for found in opened.verified] == [None, 9]


def test_only_the_key_of_the_log_signs_it() -> None:
    other = log_signer(origin="log.example/house51")
    with pytest.raises(OriginWrong):
        sign_checkpoint(CHECKPOINT, other)
    with pytest.raises(OriginWrong):
        open_checkpoint(join(TEXT, [other.sign(TEXT)]), other.verifier)
    witness = witness_signer()
    only_witnessed = join(TEXT, [witness.sign(TEXT, time=9)])
    with pytest.raises(NoteUnverified, match="did not sign"):
        open_checkpoint(only_witnessed, log_signer().verifier, [witness.verifier])


def test_a_log_does_not_sign_as_a_witness() -> None:
    signer = Signer(ORIGIN, private_key(b"log"), COSIGNATURE)
    with pytest.raises(NoteUnverified, match="0x01"):
        open_checkpoint(join(TEXT, [signer.sign(TEXT, time=1)]), signer.verifier)
