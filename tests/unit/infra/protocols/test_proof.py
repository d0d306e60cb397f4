"""Receipts: written once, verified anywhere, and never for another entry or log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.protocols.protocol_errors import (
    NoteMalformed,
    NoteUnverified,
    ProofInvalid,
    ReceiptMalformed,
    SignatureError,
    WitnessesMissing,
)
from infra.protocols.tlog.checkpoint import Checkpoint, sign_checkpoint
from infra.protocols.tlog.inclusion_receipt import InclusionReceipt, make_receipt
from infra.protocols.tlog.merkle import leaf_hash
from infra.protocols.tlog.policy import Policy
from tests.unit.infra.protocols.trees import (
    ORIGIN,
    entry,
    grown,
    log_signer,
    root_between,
    witness_signer,
)

LOG, WITNESS = log_signer(), witness_signer()
SIZE = 300
HEAD = Checkpoint(ORIGIN, SIZE, root_between(0, SIZE))
NOTE = sign_checkpoint(HEAD, LOG)
TILES, _ = grown(SIZE)
POLICY = Policy.parse(f"log {LOG.verifier}\nwitness w {WITNESS.verifier}\nquorum w\n")


@pytest.mark.parametrize("number", [0, 1, 255, 256, 299])
def test_a_receipt_is_verified_without_a_server(number: int) -> None:
    data = make_receipt(number, SIZE, NOTE, TILES).encode()
    receipt = InclusionReceipt.parse(data)
    assert receipt.encode() == data
    assert receipt.verify(leaf_hash(entry(number)), LOG.verifier) == HEAD


def test_the_text_of_a_receipt() -> None:
    receipt = make_receipt(299, SIZE, NOTE, TILES)._replace(extra=b"about")
    lines = receipt.encode().decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra YWJvdXQ=", "index 299"]
    assert lines[3 + len(receipt.hashes)] == ""
    assert "\n".join(lines[4 + len(receipt.hashes) :]).encode() == NOTE
    assert InclusionReceipt.parse(receipt.encode()) == receipt


def test_a_log_of_one_entry_needs_no_hashes() -> None:
    head = Checkpoint(ORIGIN, 1, root_between(0, 1))
    data = make_receipt(0, 1, sign_checkpoint(head, LOG), grown(1)[0]).encode()
    assert InclusionReceipt.parse(data).verify(leaf_hash(entry(0)), LOG.verifier) == head


def test_witnesses_can_be_demanded() -> None:
    leaf = leaf_hash(entry(7))
    with pytest.raises(WitnessesMissing):
        make_receipt(7, SIZE, NOTE, TILES).verify(leaf, LOG.verifier, POLICY)
    note = NOTE + str(WITNESS.sign(HEAD.text(), time=1)).encode()
    assert make_receipt(7, SIZE, note, TILES).verify(leaf, LOG.verifier, POLICY) == HEAD


def test_another_entry_number_or_log_is_refused() -> None:
    receipt = make_receipt(7, SIZE, NOTE, TILES)
    with pytest.raises(ProofInvalid):
        receipt.verify(leaf_hash(entry(8)), LOG.verifier)
    with pytest.raises(ProofInvalid):
        receipt._replace(number=6).verify(leaf_hash(entry(7)), LOG.verifier)
    with pytest.raises(NoteUnverified):
        receipt.verify(leaf_hash(entry(7)), log_signer(b"another").verifier)


def test_there_is_no_receipt_of_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="no entry 300"):
        make_receipt(300, SIZE, NOTE, TILES)


DATA = make_receipt(7, SIZE, NOTE, TILES).encode()


@pytest.mark.parametrize(
    "data",
    [
        *(b"", NOTE, DATA[1:], DATA.replace(b"@v1", b"@v2"), DATA.replace(b"index 7\n", b"")),
        *(DATA.replace(b"index 7", b"index 07"), DATA.replace(b"index 7", b"index -7")),
        *(
            DATA.replace(b"index 7\n", b"extra *\nindex 7\n"),
            DATA.replace(b"index 7", b"extra AA=="),
        ),
        *(DATA.replace(b"index 7\n", b"index 7\nAA==\n"), DATA.replace(b"index", "é".encode())),
        DATA.replace(b"index 7\n", b"index 7\n" + b"A" * 43 + b"=\n" * 64),
        DATA.replace(b"index 7\n", b"index 7\n" + (b"A" * 43 + b"=\n") * 64),
    ],
)
def test_malformed_receipts(data: bytes) -> None:
    with pytest.raises(ReceiptMalformed):
        InclusionReceipt.parse(data)


@given(st.integers(0, len(DATA) - 1), st.integers(0, 7))
def test_no_changed_bit_goes_unnoticed(place: int, bit: int) -> None:
    changed = DATA[:place] + bytes([DATA[place] ^ 1 << bit]) + DATA[place + 1 :]
    refusals = (ReceiptMalformed, ProofInvalid, NoteMalformed, NoteUnverified, SignatureError)
    with pytest.raises(refusals):
        InclusionReceipt.parse(changed).verify(leaf_hash(entry(7)), LOG.verifier)
