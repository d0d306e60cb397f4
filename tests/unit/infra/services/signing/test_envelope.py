"""Submission envelopes: the published vector, four eyes, and a refusal for every fault."""

import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from aggregates.base import Envelope, Signature
from aggregates.errors import (
    BodyNotCanonical,
    EnvelopeMalformed,
    EnvelopeTooLarge,
    PayloadTypeWrong,
    Refusal,
    SignatureWrong,
    SignedTwice,
    SignerUnknown,
)
from infra.protocols.signed_note.encoding import to_base64
from infra.protocols.signed_note.keys import PrivateKey, fingerprint
from infra.services.signing import envelope as dsse
from tests.unit.infra.protocols.trees import private_key

ANN, BEN, EVE = (private_key(name) for name in (b"ann", b"ben", b"eve"))
KEYS = {fingerprint(key.public): key.public for key in (ANN, BEN)}
TALLY = dsse.payload_type("tally")
BODY = '{"sequence":7,"unit":"131016","votes":[1000,2500],"理由":"再点検"}'.encode()


def test_the_published_vector() -> None:
    # secure-systems-lab/dsse, protocol.md, "Test Vectors".
    encoded = dsse.pae("http://example.com/HelloWorld", b"hello world")
    assert encoded == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


def test_lengths_are_in_bytes() -> None:
    assert dsse.pae("型", b"") == b"DSSEv1 3 " + "型".encode() + b" 0 "


@pytest.mark.parametrize("signers", [[ANN], [ANN, BEN]])
def test_signed_sent_and_opened(signers: list[PrivateKey]) -> None:
    sent = dsse.encode_envelope(dsse.sign_envelope(TALLY, BODY, signers))
    assert set(json.loads(sent)) == {"payload", "payloadType", "signatures"}
    assert dsse.open_envelope(dsse.decode_envelope(sent), KEYS, TALLY) == BODY


def refused(envelope: Envelope, why: type[Refusal], **limits: int) -> None:
    with pytest.raises(why) as refusal:
        dsse.open_envelope(envelope, KEYS, TALLY, **limits)
    assert type(refusal.value) is why
    assert refusal.value.code != Refusal.code


def test_signature_over_another_type() -> None:
    turnout = dsse.sign_envelope(dsse.payload_type("turnout"), BODY, [ANN])
    refused(turnout, PayloadTypeWrong)
    refused(msgspec.structs.replace(turnout, payload_type=TALLY), SignatureWrong)


def test_wrong_keys_and_signatures() -> None:
    signed = dsse.sign_envelope(TALLY, BODY, [ANN, BEN])
    ann, ben = signed.signatures
    swapped = (Signature(ann.keyid, ben.sig), Signature(ben.keyid, ann.sig))
    refused(dsse.sign_envelope(TALLY, BODY, [EVE]), SignerUnknown)
    refused(dsse.sign_envelope(TALLY, BODY, [ANN, EVE]), SignerUnknown)
    refused(dsse.sign_envelope(TALLY, BODY, [ANN, ANN]), SignedTwice)
    refused(dsse.sign_envelope(TALLY, BODY, [ANN, BEN, ANN]), EnvelopeMalformed)
    refused(dsse.sign_envelope(TALLY, BODY, []), EnvelopeMalformed)
    refused(msgspec.structs.replace(signed, signatures=swapped), SignatureWrong)
    broken = (Signature(ann.keyid, "*"),)
    refused(msgspec.structs.replace(signed, signatures=broken), EnvelopeMalformed)
    short = (Signature(ann.keyid, "AAAA"),)
    refused(msgspec.structs.replace(signed, signatures=short), SignatureWrong)


def test_a_body_is_verified_before_it_is_read() -> None:
    signed = dsse.sign_envelope(TALLY, BODY, [ANN])
    other = to_base64(b"not even json")
    refused(msgspec.structs.replace(signed, payload=other), SignatureWrong)


def test_limits() -> None:
    refused(dsse.sign_envelope(TALLY, BODY, [ANN]), EnvelopeTooLarge, body_bytes_max=len(BODY) - 1)
    long = b'"%b"' % (b"x" * dsse.BODY_BYTES_MAX)
    refused(dsse.sign_envelope(TALLY, long, [ANN]), EnvelopeTooLarge)
    with pytest.raises(EnvelopeTooLarge):
        dsse.decode_envelope(b"x" * (dsse.ENVELOPE_BYTES_MAX + 1))
    largest = b'"%b"' % (b"x" * (dsse.BODY_BYTES_MAX - 2))
    sent = dsse.encode_envelope(dsse.sign_envelope(TALLY, largest, [ANN, BEN]))
    assert dsse.open_envelope(dsse.decode_envelope(sent), KEYS, TALLY) == largest


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[]", b'{"payload":1}', b'{"payload":"'])
def test_malformed_envelopes(data: bytes) -> None:
    with pytest.raises(EnvelopeMalformed):
        dsse.decode_envelope(data)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b" {}", b"{}\n", b'{"b":1,"a":2}', b'{"a":1, "b":2}', b'{"a":1,"a":1}'),
        *(b'{"a":1.0}', b'{"a":1.5}', b'{"a":1e3}', b'{"a":-0}', b'{"a":NaN}', b'{"a":Infinity}'),
        *(b'{"a":9007199254740993}', b'{"a":' + b"9" * 5000 + b"}", b'"\\u0041"', b'"\\ud800"'),
        *(
            b"\xff",
            b"\xef\xbb\xbf{}",
            "{}".encode("utf-16"),
            b'"\\u00e9"',
            b"[" * 9000 + b"]" * 9000,
        ),
        b'{"\xe3\x81\x82":1,"a":2}',
    ],
)
def test_bodies_that_are_not_canonical(body: bytes) -> None:
    refused(dsse.sign_envelope(TALLY, body, [ANN]), BodyNotCanonical)


# RFC 8785 appendix: order by UTF-16 code units, so a surrogate pair comes before U+FB33.
def test_the_order_of_members() -> None:
    body = '{"\\r":1,"1":2,"\u0080":3,"ö":4,"€":5,"😀":6,"\ufb33":7}'.encode()
    assert dsse.read_body(body) == json.loads(body)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.integers(-(2**53) + 1, 2**53 - 1)))
def test_one_spelling_of_a_body_is_accepted(value: dict[str, int]) -> None:
    body = rfc8785.dumps(value)
    assert dsse.read_body(body) == value
    spaced = json.dumps(value, ensure_ascii=False, indent=1).encode()
    if spaced != body:
        with pytest.raises(BodyNotCanonical):
            dsse.read_body(spaced)
