"""c2sp.org/signed-note: text that one or more keys signed; and c2sp.org/tlog-cosignature.

A note is its text, a blank line and signature lines. Two kinds of signatures are spoken: 0x01,
Ed25519 over the text, and 0x04, a witness's Ed25519 over a time and the text.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, Literal, NamedTuple, Self, cast

from infra.protocols.protocol_errors import (
    KeyMalformed,
    NoteMalformed,
    NoteUnverified,
    SignatureError,
)
from infra.protocols.signed_note.encoding import NUMBER_MAX, from_base64, to_base64
from infra.protocols.signed_note.keys import PrivateKey, PublicKey

Kind = Literal[0x01, 0x04]
ED25519: Final = 0x01
COSIGNATURE: Final = 0x04

NOTE_BYTES_MAX: Final = 1_000_000
SIGNATURES_MAX: Final = 100
"""At least 16 must be accepted ("Format")."""

_KEY_ID_BYTES = 4
_TIME_BYTES = 8
_KEY_ID_DIGITS = 8
_PRIVATE = "PRIVATE+KEY+"
_DASH = "\u2014"


class SignatureLine(NamedTuple):
    """One line under a note: `— <key name> base64(key id ‖ signature)`."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH} {self.name} {to_base64(self.key_id + self.signature)}\n"


class VerifiedSignature(NamedTuple):
    """A signature that fits.

    Attributes:
        verifier: Whose it is.
        line: The line itself.
        time: Seconds since 1970 (UTC) that a witness attests; None for a plain signature.
    """

    verifier: "Verifier"
    line: SignatureLine
    time: int | None


class Opened(NamedTuple):
    """A note that at least one known key has signed.

    Attributes:
        text: What was signed, with its last newline.
        verified: The signatures of known keys, in order of the note, one per key.
        unknown: Signatures of other keys; they say nothing.
    """

    text: str
    verified: tuple[VerifiedSignature, ...]
    unknown: tuple[SignatureLine, ...]


class Verifier:
    """A name and a public key that may sign notes.

    Raises:
        KeyMalformed: The name is empty or holds a space or a plus sign.
    """

    __slots__ = ("key", "key_id", "kind", "name")

    def __init__(self, name: str, key: PublicKey, kind: Kind = ED25519) -> None:
        if not name_fits(name):
            raise KeyMalformed(f"{name!r} cannot name a key")
        self.name = name
        self.key = key
        self.kind: Kind = kind
        self.key_id = key_id(name, kind, key.data)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a verifier key: `name+hex(key id)+base64(type ‖ public key)`.

        Raises:
            KeyMalformed: It is not one, or its key id is not that of its key.
            SmallOrderKey: Its point is not proper.
        """
        name, digits, kind, data = _fields(text)
        verifier = cls(name, PublicKey(data), kind)
        if verifier.key_id.hex() != digits:
            raise KeyMalformed("the key id is not that of the key")
        return verifier

    def __str__(self) -> str:
        encoded = to_base64(bytes([self.kind]) + self.key.data)
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def verify(self, text: str, signature: bytes) -> int | None:
        """Verify a signature over a text and give the time it states.

        Raises:
            SignatureWrong: It does not fit.
        """
        time = None
        message = text.encode()
        if self.kind == COSIGNATURE:
            time = int.from_bytes(signature[:_TIME_BYTES], "big")
            signature = signature[_TIME_BYTES:]
            message = cosignature_message(text, time)
        if (time or 0) > NUMBER_MAX or not self.key.fits(message, signature):
            raise SignatureError(f"a signature by the known key {self.name} does not fit")
        return time


class Signer:
    """A name and a private key that sign notes."""

    __slots__ = ("_key", "verifier")

    def __init__(self, name: str, key: PrivateKey, kind: Kind = ED25519) -> None:
        self._key = key
        self.verifier = Verifier(name, key.public, kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a signer key: `PRIVATE+KEY+name+hex(key id)+base64(type ‖ seed)`.

        Raises:
            KeyMalformed: It is not one, or its key id is not that of its key.
        """
        if not text.startswith(_PRIVATE):
            raise KeyMalformed("not a signer key")
        name, digits, kind, seed = _fields(text.removeprefix(_PRIVATE))
        signer = cls(name, PrivateKey(seed), kind)
        if signer.verifier.key_id.hex() != digits:
            raise KeyMalformed("the key id is not that of the key")
        return signer

    def secret(self) -> str:
        """The signer key as text, to store it."""
        encoded = to_base64(bytes([self.verifier.kind]) + self._key.seed())
        return f"{_PRIVATE}{self.verifier.name}+{self.verifier.key_id.hex()}+{encoded}"

    def sign(self, text: str, *, time: int | None = None) -> SignatureLine:
        """Sign a text.

        Args:
            text: Ends in a newline and has no control characters.
            time: Seconds since 1970 (UTC), for a cosignature only.

        Raises:
            NoteMalformed: The text cannot be that of a note.
            ValueError: A cosignature has a time, another signature has none.
        """
        _check_text(text)
        if (time is not None) != (self.verifier.kind == COSIGNATURE):
            raise ValueError("a cosignature has a time, another signature has none")
        if time is None:
            signature = self._key.sign(text.encode())
        else:
            message = cosignature_message(text, time)
            signature = time.to_bytes(_TIME_BYTES, "big") + self._key.sign(message)
        return SignatureLine(self.verifier.name, self.verifier.key_id, signature)


def key_id(name: str, kind: Kind, public_key: bytes) -> bytes:
    """SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4] ("Signatures")."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()[:_KEY_ID_BYTES]


def name_fits(name: str) -> bool:
    """Whether it can name a key: not empty, no Unicode space, no plus, no control character."""
    return bool(name) and not any(
        letter.isspace() or letter == "+" or letter < " " for letter in name
    )


def cosignature_message(text: str, time: int) -> bytes:
    """What a witness signs: a header, its time and the whole text (tlog-cosignature)."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def join(text: str, lines: Iterable[SignatureLine]) -> bytes:
    """A note of a text and its signature lines.

    Raises:
        NoteMalformed: The text cannot be that of a note, or there is no signature.
    """
    _check_text(text)
    signed = "".join(map(str, lines))
    if not signed:
        raise NoteMalformed("a note has at least one signature")
    return f"{text}\n{signed}".encode()


def split(note: bytes) -> tuple[str, tuple[SignatureLine, ...]]:
    """The text and signature lines of a note, nothing verified yet.

    Raises:
        NoteMalformed: It is not a note.
    """
    if len(note) > NOTE_BYTES_MAX:
        raise NoteMalformed(f"a note of more than {NOTE_BYTES_MAX} bytes")
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        raise NoteMalformed("a note is UTF-8") from None
    body, blank, signed = whole.rpartition("\n\n")
    if not blank or not signed.endswith("\n"):
        raise NoteMalformed("a note is text, a blank line and signature lines")
    lines = signed.removesuffix("\n").split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise NoteMalformed(f"more than {SIGNATURES_MAX} signatures")
    _check_text(body + "\n")
    return body + "\n", parse_lines(signed)


def parse_lines(signed: str) -> tuple[SignatureLine, ...]:
    """Signature lines, each with its newline.

    Raises:
        NoteMalformed: One is not a signature line.
    """
    return tuple(_parse_line(line) for line in signed.removesuffix("\n").split("\n"))


def open_note(note: bytes, verifiers: Iterable[Verifier]) -> Opened:
    """Verify a note. Unknown keys say nothing; a known key that fails refuses the note.

    Raises:
        NoteMalformed: It is not a note.
        SignatureWrong: A known key's signature does not fit.
        NoteUnverified: No known key signed it.
    """
    text, lines = split(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    verified: dict[tuple[str, bytes], VerifiedSignature] = {}
    unknown: list[SignatureLine] = []
    for line in lines:
        verifier = known.get((line.name, line.key_id))
        if verifier is None:
            unknown.append(line)
            continue
        found = VerifiedSignature(verifier, line, verifier.verify(text, line.signature))
        verified.setdefault((line.name, line.key_id), found)
    if not verified:
        raise NoteUnverified("no known key signed the note")
    return Opened(text, tuple(verified.values()), tuple(unknown))


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise NoteMalformed("the text of a note ends in a newline")
    if any(letter < " " and letter != "\n" for letter in text):
        raise NoteMalformed("a note has no control characters")


def _parse_line(line: str) -> SignatureLine:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    try:
        data = from_base64(encoded)
    except ValueError:
        data = b""
    if dash != _DASH or not name_fits(name) or len(data) <= _KEY_ID_BYTES:
        raise NoteMalformed("a line under the note is no signature")
    return SignatureLine(name, data[:_KEY_ID_BYTES], data[_KEY_ID_BYTES:])


def _fields(text: str) -> tuple[str, str, Kind, bytes]:
    name, _, rest = text.partition("+")
    digits, _, encoded = rest.partition("+")
    try:
        data = from_base64(encoded)
    except ValueError:
        data = b""
    if len(digits) != _KEY_ID_DIGITS or not data:
        raise KeyMalformed("a key is its name, key id and base64, joined by plus signs")
    if data[0] not in (ED25519, COSIGNATURE):
        raise KeyMalformed(f"keys of type {data[0]:#04x} are not supported")
    return name, digits, cast("Kind", data[0]), data[1:]
