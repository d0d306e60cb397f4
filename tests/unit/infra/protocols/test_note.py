"""Signed notes: the published vectors, and everything that must be refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add
from nacl.signing import SigningKey

from infra.protocols.protocol_errors import (
    KeyMalformed,
    NoteMalformed,
    NoteUnverified,
    SignatureError,
    SmallOrderKey,
)
from infra.protocols.signed_note import note as n
from infra.protocols.signed_note.encoding import from_base64, to_base64
from infra.protocols.signed_note.keys import PrivateKey, PublicKey, fingerprint
from tests.unit.infra.protocols.trees import log_signer, private_key, witness_signer

# The vectors of the documentation of golang.org/x/mod/sumdb/note.
NEUMANN = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
NEUMANN_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngot"
    "pRZb6KE6RyyBwJnAM=\n"
)
ENOCH = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox"
    "33WWd1RvMc+QQ=\n"
)
NOTE = f"{TEXT}\n{LINE}".encode()
# The example of tlog-cosignature; its keys are not published.
WITNESSED = (
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2"
    "oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]


def test_the_published_note() -> None:
    signer = n.Signer.parse(NEUMANN)
    assert str(signer.verifier) == NEUMANN_PUBLIC
    assert signer.secret() == NEUMANN
    assert n.join(TEXT, [signer.sign(TEXT)]) == NOTE
    opened = n.open_note(NOTE, [n.Verifier.parse(NEUMANN_PUBLIC)])
    assert opened.text == TEXT
    assert [str(found.line) for found in opened.verified] == [LINE]
    assert opened.verified[0].time is None


def test_a_second_published_signature() -> None:
    both = NOTE + ENOCH.encode()
    enoch = n.Signer("EnochRoot", PrivateKey(bytes(32)))
    neumann = n.Verifier.parse(NEUMANN_PUBLIC)
    assert n.join(TEXT, [*n.split(NOTE)[1], enoch.sign(TEXT)]) == both
    opened = n.open_note(both, [neumann])
    assert [str(line) for line in opened.unknown] == [ENOCH]
    assert len(n.open_note(both, [enoch.verifier, neumann]).verified) == 2


def test_the_frame_of_a_published_cosignature() -> None:
    (line,) = n.parse_lines(WITNESSED)
    assert str(line) == WITNESSED
    assert line.name == "witness.example.com/w1"
    assert len(line.signature) == 8 + 64
    assert int.from_bytes(line.signature[:8], "big") == 1679315147


def test_a_cosignature_vouches_for_a_time() -> None:
    witness = witness_signer()
    line = witness.sign("o\n1\nr\n", time=1_679_315_147)
    opened = n.open_note(n.join("o\n1\nr\n", [line]), [witness.verifier])
    assert opened.verified[0].time == 1_679_315_147
    key = SigningKey(private_key(b"witness.example/w1").seed())
    message = b"cosignature/v1\ntime 1679315147\no\n1\nr\n"
    assert line.signature[8:] == key.sign(message).signature


def test_a_cosignature_with_another_time_is_refused() -> None:
    witness = witness_signer()
    line = witness.sign("o\n", time=7)
    for time in (8, 2**63):
        later = line._replace(signature=time.to_bytes(8, "big") + line.signature[8:])
        with pytest.raises(SignatureError):
            n.open_note(n.join("o\n", [later]), [witness.verifier])


def test_only_a_cosignature_has_a_time() -> None:
    with pytest.raises(ValueError, match="has a time"):
        witness_signer().sign("o\n")
    with pytest.raises(ValueError, match="has a time"):
        log_signer().sign("o\n", time=1)


def test_unknown_keys_say_nothing() -> None:
    with pytest.raises(NoteUnverified):
        n.open_note(NOTE, [])
    same_name = n.Signer("PeterNeumann", private_key(b"another")).verifier
    with pytest.raises(NoteUnverified):
        n.open_note(NOTE, [same_name])


def test_a_known_key_that_fails_refuses_the_note() -> None:
    neumann, other = n.Signer.parse(NEUMANN), log_signer()
    wrong = neumann.sign("another text\n")
    note = n.join(TEXT, [other.sign(TEXT), wrong])
    assert n.open_note(note, [other.verifier]).text == TEXT
    with pytest.raises(SignatureError):
        n.open_note(note, [other.verifier, neumann.verifier])
    again = n.join(TEXT, [neumann.sign(TEXT), wrong])
    with pytest.raises(SignatureError):
        n.open_note(again, [neumann.verifier])


def test_one_key_counts_once() -> None:
    signer = log_signer()
    note = n.join("o\n", [signer.sign("o\n")] * 2)
    assert len(n.open_note(note, [signer.verifier]).verified) == 1


def test_the_text_may_hold_blank_lines() -> None:
    signer = log_signer()
    text = "o\n\n\u2014 not a signature\n\nend\n"
    assert n.open_note(n.join(text, [signer.sign(text)]), [signer.verifier]).text == text


@pytest.mark.parametrize(
    "note",
    [
        *(b"", b"text\n", b"text\n\n", b"\xff\n\n" + LINE.encode(), NOTE[:-1], NOTE + b"\n"),
        *(NOTE.replace(b"If", b"I\x00"), NOTE.replace(b"If", b"I\t"), NOTE.replace(b"\n", b"\r\n")),
        *(NOTE.replace("\u2014".encode(), b"-"), NOTE.replace(b"x08g", b"x08*")),
        *(NOTE.replace(b"PeterNeumann", b"Peter+Neumann"), NOTE.replace(b"JnAM=", b"JnAN=")),
        *(f"{TEXT}\n— name AAAAAA==\n".encode(), f"{TEXT}\n—  {LINE[2:]}".encode()),
        *(NOTE + b"trailing\n", NOTE + LINE.encode() * 100, b"x" * 1_000_001, b"\n\n\n"),
    ],
)
def test_malformed_notes(note: bytes) -> None:
    with pytest.raises(NoteMalformed):
        n.open_note(note, [n.Verifier.parse(NEUMANN_PUBLIC)])


def test_only_a_text_can_be_signed() -> None:
    for text in ("", "no newline", "a\x00\n"):
        with pytest.raises(NoteMalformed):
            log_signer().sign(text)
    with pytest.raises(NoteMalformed, match="at least one"):
        n.join("o\n", [])


@given(st.binary(max_size=200))
def test_no_bytes_open_by_chance(data: bytes) -> None:
    with pytest.raises((NoteMalformed, NoteUnverified)):
        n.open_note(data, [n.Verifier.parse(NEUMANN_PUBLIC)])


@given(st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(NOTE) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    changed = NOTE[:place] + bytes([NOTE[place] ^ bit]) + NOTE[place + 1 :]
    with pytest.raises((NoteMalformed, NoteUnverified, SignatureError)):
        n.open_note(changed, [n.Verifier.parse(NEUMANN_PUBLIC)])


@pytest.mark.parametrize(
    "key",
    [
        *("", "name", "name+c74f20a3", NEUMANN_PUBLIC.replace("c74f20a3", "c74f20a4")),
        *(NEUMANN_PUBLIC.replace("c74f20a3", "C74F20A3"), NEUMANN_PUBLIC.replace("+AR", "+Ag")),
        *(NEUMANN_PUBLIC[:-4], NEUMANN_PUBLIC + "=", NEUMANN_PUBLIC.replace("Peter", "Peter ")),
        NEUMANN_PUBLIC.removeprefix("PeterNeumann"),
    ],
)
def test_malformed_verifier_keys(key: str) -> None:
    with pytest.raises(KeyMalformed):
        n.Verifier.parse(key)


@pytest.mark.parametrize(
    "key", [NEUMANN_PUBLIC, NEUMANN.replace("c74f20a3", "c74f20a4"), NEUMANN[:-4], "PRIVATE+KEY+"]
)
def test_malformed_signer_keys(key: str) -> None:
    with pytest.raises(KeyMalformed) as refused:
        n.Signer.parse(key)
    assert "AYEK" not in str(refused.value)


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_small_order_points_are_no_keys(point: str) -> None:
    with pytest.raises(SmallOrderKey):
        PublicKey(bytes.fromhex(point))
    encoded = to_base64(b"\x01" + bytes.fromhex(point))
    name_id = n.key_id("name", n.ED25519, bytes.fromhex(point)).hex()
    with pytest.raises(SmallOrderKey):
        n.Verifier.parse(f"name+{name_id}+{encoded}")


def test_a_key_off_the_main_group_is_no_key() -> None:
    # A proper key plus a point of order two signs as well as the proper one, modulo luck.
    mixed = crypto_core_ed25519_add(private_key(b"k").public.data, bytes.fromhex(SMALL_ORDER[1]))
    with pytest.raises(SmallOrderKey):
        PublicKey(mixed)


def test_keys_have_32_bytes() -> None:
    for kind in (PublicKey, PrivateKey):
        with pytest.raises(KeyMalformed):
            kind(b"short")


def test_public_keys_are_values() -> None:
    key, same = private_key(b"k").public, private_key(b"k").public
    assert key == same
    assert len({key, same, private_key(b"l").public}) == 2
    assert key != key.data
    assert not key.fits(b"message", b"short")
    assert len(bytes.fromhex(fingerprint(key))) == 32


def test_a_private_key_never_shows_itself() -> None:
    key = private_key(b"k")
    assert key.seed().hex() not in repr(key)
    assert to_base64(key.seed()) not in repr(log_signer(b"k"))


@pytest.mark.parametrize("text", ["AA", "AA=", "AB==", "A A==", "AA==\n", "é", "_-8="])
def test_base64_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        from_base64(text)
