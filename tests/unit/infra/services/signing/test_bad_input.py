"""Bad input at the signed door: each its own refusal, and nothing recorded."""

import base64
import hashlib
from collections.abc import Callable

import msgspec
import pytest

from aggregates import errors as e
from aggregates.decisions.office_chain import Link
from infra.adapters.event_log import Log
from infra.services.signing.envelope import BODY_BYTES_MAX, ENVELOPE_BYTES_MAX, encode_envelope
from infra.services.signing.submission_auth import admit_signed, admit_unsigned
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.unit.infra.services.signing.signed_log import (
    FINAL,
    SignedLog,
    body,
    defined,
    sealed,
    with_ballot,
)

_SMALL_ORDER = base64.b64encode(bytes(32)).decode()
_CENTRE = "centre-a"


def _altered(data: bytes, **changes: object) -> bytes:
    return msgspec.json.encode({**msgspec.json.decode(data), **changes})


def _shifted(data: bytes) -> bytes:
    """The envelope with its signature over another body."""
    other = msgspec.json.decode(sealed(body("signed-888888"), _CENTRE))
    return _altered(data, signatures=other["signatures"])


def _twice() -> bytes:
    data = msgspec.json.decode(sealed(body(), _CENTRE))
    return _altered(msgspec.json.encode(data), signatures=data["signatures"] * 2)


BAD: list[tuple[str, type[e.Refusal], Callable[[], bytes]]] = [
    ("key that nobody enrolled", e.SignerUnknown, lambda: sealed(body(), "stranger")),
    ("key of another office", e.SignerOfAnotherOffice, lambda: sealed(body(), "nation-a")),
    (
        "two keys, one of another",
        e.SignerOfAnotherOffice,
        lambda: sealed(body(), _CENTRE, "nation-a"),
    ),
    ("same key twice", e.SignedTwice, _twice),
    ("signature of another body", e.SignatureWrong, lambda: _shifted(sealed(body(), _CENTRE))),
    (
        "another election",
        e.ElectionUnknown,
        lambda: sealed(body(election="house51"), _CENTRE),
    ),
    (
        "the live election",
        e.WrongEnvironment,
        lambda: sealed(body(environment="live"), _CENTRE),
    ),
    ("space in the body", e.BodyNotCanonical, lambda: sealed(body() + b" ", _CENTRE)),
    (
        "other order of members",
        e.BodyNotCanonical,
        lambda: sealed(
            msgspec.json.encode(dict(reversed(msgspec.json.decode(body()).items()))), _CENTRE
        ),
    ),
    (
        "a float in the body",
        e.BodyNotCanonical,
        lambda: sealed(body().replace(b'"ballots":100', b'"ballots":100.0'), _CENTRE),
    ),
    ("not JSON", e.BodyNotCanonical, lambda: sealed(b"tally", _CENTRE)),
    (
        "unknown member",
        e.CommandMalformed,
        lambda: sealed(body().replace(b'"office"', b'"officer"'), _CENTRE),
    ),
    (
        "signed as another command",
        e.PayloadTypeWrong,
        lambda: sealed(body(), _CENTRE, kind="confirm-count"),
    ),
    (
        "signed as no command",
        e.PayloadTypeWrong,
        lambda: sealed(body(), _CENTRE, kind="possession"),
    ),
    (
        "type changed after signing",
        e.SignatureWrong,
        lambda: _altered(
            sealed(body(), _CENTRE), payloadType="application/vnd.kaihyo.correct-tally+json"
        ),
    ),
    ("truncated", e.EnvelopeMalformed, lambda: sealed(body(), _CENTRE)[:-7]),
    ("no signature", e.EnvelopeMalformed, lambda: _altered(sealed(body(), _CENTRE), signatures=[])),
    (
        "payload that is no base64",
        e.EnvelopeMalformed,
        lambda: _altered(sealed(body(), _CENTRE), payload="@@@@"),
    ),
    ("empty", e.EnvelopeMalformed, lambda: b""),
    (
        "body too large",
        e.EnvelopeTooLarge,
        lambda: sealed(b'{"a":"' + b"x" * BODY_BYTES_MAX + b'"}', _CENTRE),
    ),
    ("envelope too large", e.EnvelopeTooLarge, lambda: b"x" * (ENVELOPE_BYTES_MAX + 1)),
    ("no sequence", e.SequenceUnstated, lambda: sealed(body(sequence=None), _CENTRE)),
    ("sequence skipped", e.SequenceWrong, lambda: sealed(body(sequence=2), _CENTRE)),
    (
        "first posting that follows another",
        e.ChainForked,
        lambda: sealed(body(previous_sha256="ab" * 32), _CENTRE),
    ),
    (
        "tally without its ballot",
        e.BallotUnstated,
        lambda: sealed(body(command=FINAL), _CENTRE),
    ),
    (
        "unit of another centre",
        e.OutsideScope,
        lambda: sealed(
            body(command=with_ballot({**FINAL, "unit": b.CHUO}), on_behalf=True), _CENTRE
        ),
    ),
]


@pytest.mark.parametrize(
    ("refusal", "made"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_bad_input_is_refused_and_leaves_nothing(
    signed: SignedLog, refusal: type[e.Refusal], made: Callable[[], bytes]
) -> None:
    signed.refuses(refusal, made())

    # The office goes on as if nothing had come.
    assert signed.send(sealed(body(), _CENTRE)).stream_version == 2


def test_a_plain_posting_is_refused_in_a_signed_election(signed: SignedLog) -> None:
    posting = admit_unsigned(keys.submission(FINAL, office=o.CENTRE))

    with pytest.raises(e.SignatureRequired):
        signed.log.writer.take(posting).result()


def test_a_plain_posting_has_no_place_in_a_chain() -> None:
    with pytest.raises(e.SequenceUnsigned):
        admit_unsigned(keys.submission(FINAL, sequence=1))


def test_a_revoked_key_signs_no_more_and_what_it_signed_stays(signed: SignedLog) -> None:
    interim = b.tally(b.sheet({b.A: 6, b.B: 4}), final=False)
    receipt = signed.post(with_ballot(interim), o.CENTRE, _CENTRE)
    signed.post(keys.revoke(o.CENTRE, _CENTRE), o.NATION, "nation-a")
    envelope, _ = signed.envelope(with_ballot(FINAL), o.CENTRE, [_CENTRE])

    refusal = signed.refuses(e.SignerRevoked, encode_envelope(envelope))

    assert refusal.facts == {"keyid": keys.keyid(_CENTRE)}
    assert signed.log.reader.row(receipt.position).topic == "count.tally-posted"


def test_a_key_waits_for_its_approval(signed: SignedLog) -> None:
    signed.post(keys.enrol(o.CENTRE, "centre-b"), o.NATION, "nation-a")
    envelope, _ = signed.envelope(with_ballot(FINAL), o.CENTRE, ["centre-b"])
    signed.refuses(e.SignerNotApproved, encode_envelope(envelope))

    signed.post(keys.approve(o.CENTRE, "centre-b"), o.SECOND, "second-a")

    assert signed.send(encode_envelope(envelope)).stream == f"count/{b.DISTRICT_1}/{b.CHIYODA}"


def test_a_rotated_key_hands_over(signed: SignedLog) -> None:
    signed.post(keys.rotate(o.CENTRE, _CENTRE, "centre-b"), o.CENTRE, _CENTRE)
    old, _ = signed.envelope(with_ballot(FINAL), o.CENTRE, [_CENTRE])
    signed.refuses(e.SignerRevoked, encode_envelope(old))

    signed.post(with_ballot(FINAL), o.CENTRE, "centre-b")


class TestNewKeys:
    def enrolment(self, signed: SignedLog, **changes: object) -> bytes:
        key = {**keys.new_key("centre-b", o.CENTRE), **changes}
        command = {"command": "enrol-key", "office": o.CENTRE, "key": key}
        return encode_envelope(signed.envelope(command, o.NATION, ["nation-a"])[0])

    def test_a_small_order_point_is_no_key(self, signed: SignedLog) -> None:
        signed.refuses(e.KeyInvalid, self.enrolment(signed, public_key=_SMALL_ORDER))

    def test_another_spelling_of_base64_is_no_key(self, signed: SignedLog) -> None:
        text = keys.new_key("centre-b", o.CENTRE)["public_key"]
        last = chr(ord(text[-2]) + 1)

        signed.refuses(e.KeyInvalid, self.enrolment(signed, public_key=f"{text[:-2]}{last}="))

    @pytest.mark.parametrize(
        "other",
        [
            keys.new_key("centre-b", o.TOKYO),
            keys.new_key("centre-b", o.CENTRE, election="house51"),
            keys.new_key("centre-b", o.CENTRE, environment="live"),
            keys.new_key("centre-c", o.CENTRE),
        ],
        ids=["another office", "another election", "the live election", "another key"],
    )
    def test_a_proof_for_something_else_proves_nothing(
        self, signed: SignedLog, other: dict[str, str]
    ) -> None:
        signed.refuses(e.PossessionUnproven, self.enrolment(signed, proof=other["proof"]))


class TestRepetition:
    def test_the_same_bytes_get_the_same_receipt(self, signed: SignedLog) -> None:
        data = sealed(body(), _CENTRE)
        first, again = signed.send(data), signed.send(data)

        assert again == msgspec.structs.replace(first, repeated=True)

    def test_another_body_under_the_same_id_is_refused(self, signed: SignedLog) -> None:
        signed.send(sealed(body(), _CENTRE))

        signed.refuses(e.SubmissionReused, sealed(body(scan_sha256="ab" * 32), _CENTRE))

    def test_the_same_posting_under_another_number_is_refused(self, signed: SignedLog) -> None:
        signed.send(sealed(body(), _CENTRE))

        signed.refuses(e.SequenceWrong, sealed(body("signed-999998"), _CENTRE))

    def test_a_fork_of_the_chain_is_refused(self, signed: SignedLog) -> None:
        signed.send(sealed(body(), _CENTRE))

        refusal = signed.refuses(e.ChainForked, sealed(body("signed-999998", sequence=2), _CENTRE))

        assert refusal.facts["expected"] == hashlib.sha256(body()).hexdigest()


class TestFourEyes:
    def test_one_signature_is_not_enough_where_two_sign(self, log: Log) -> None:
        made = defined(log, nation_signs=2)
        one, _ = made.envelope(b.NOTE, o.NATION, ["nation-b"])
        made.refuses(e.SignaturesTooFew, encode_envelope(one))

        assert made.post(b.NOTE, o.NATION, "nation-a", "nation-b").stream == "election"

    def test_three_signatures_are_too_many(self, signed: SignedLog) -> None:
        signed.refuses(e.EnvelopeMalformed, sealed(body(), _CENTRE, "nation-a", "nation-b"))


def test_the_envelope_is_in_the_log_as_it_came(signed: SignedLog) -> None:
    data = sealed(body(scan_sha256="ab" * 32), _CENTRE)
    position = signed.send(data).position

    provenance = dict(signed.log.reader.events())[position].provenance

    assert provenance.envelope is not None
    assert encode_envelope(provenance.envelope) == data
    assert provenance.scan_sha256 == "ab" * 32


def test_the_chain_of_an_office_can_be_asked_for(signed: SignedLog) -> None:
    assert signed.log.reader.chain(o.CENTRE) == Link()
    signed.send(sealed(body(), _CENTRE))
    assert signed.log.reader.chain(o.CENTRE) == Link(1, hashlib.sha256(body()).hexdigest())
    assert signed.log.reader.chain(o.NATION) == signed.links[o.NATION]


def test_a_group_of_one_office_is_a_chain(signed: SignedLog) -> None:
    """Postings that wait for the same commit follow each other as well."""
    notes = []
    for _ in range(20):
        envelope, link = signed.envelope(b.NOTE, o.NATION, ["nation-a"])
        notes.append(signed.log.writer.take(admit_signed(encode_envelope(envelope), signed)))
        signed.links[o.NATION] = link

    positions = [note.result().position for note in notes]

    assert positions == list(range(positions[0], positions[0] + 20))
