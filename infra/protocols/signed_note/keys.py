"""Ed25519 keys of logs, witnesses and offices: public points are checked before anything else."""

from hashlib import sha256

from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from infra.protocols.protocol_errors import KeyMalformed, SmallOrderKey

PUBLIC_KEY_BYTES = 32
SEED_BYTES = 32
SIGNATURE_BYTES = 64


class PublicKey:
    """An Ed25519 public key that is a proper point of the curve.

    Raises:
        KeyMalformed: It has not 32 bytes.
        SmallOrderKey: It is not a point of the large prime-order group; one signature by such a
            key would fit every message.
    """

    __slots__ = ("_key", "data")

    def __init__(self, data: bytes) -> None:
        if len(data) != PUBLIC_KEY_BYTES:
            raise KeyMalformed(f"a public key has {PUBLIC_KEY_BYTES} bytes, not {len(data)}")
        if not crypto_core_ed25519_is_valid_point(data):
            raise SmallOrderKey("the public key is not a point of the main group")
        self.data = data
        self._key = VerifyKey(data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKey) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.data)

    def fits(self, message: bytes, signature: bytes) -> bool:
        """Whether a signature over a message is by this key (RFC 8032)."""
        if len(signature) != SIGNATURE_BYTES:
            return False
        try:
            self._key.verify(message, signature)
        except BadSignatureError:
            return False
        return True


class PrivateKey:
    """An Ed25519 private key. It never shows itself in a message or a trace.

    Raises:
        KeyMalformed: The seed has not 32 bytes.
    """

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise KeyMalformed(f"a private key has {SEED_BYTES} bytes")
        self._key = SigningKey(seed)
        self.public = PublicKey(bytes(self._key.verify_key))

    def sign(self, message: bytes) -> bytes:
        """The signature over a message (RFC 8032); the same message gives the same bytes."""
        return self._key.sign(message).signature

    def seed(self) -> bytes:
        """The secret itself, to store it."""
        return bytes(self._key)


def fingerprint(key: PublicKey) -> str:
    """The key id of an office's key in envelopes and in the register: SHA-256 in hexadecimal."""
    return sha256(key.data).hexdigest()
