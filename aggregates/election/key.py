"""Keys: who may sign for an office, from which entry of the log to which.

A key becomes valid and ceases to be by an event, never by a clock: it may sign from the entry after
its approval up to the one that revokes it. Whether the owner holds the private half, and whether
the point is a proper one, is found out where keys are used (`infra.services.signing`); the context
says for which keys it was.
"""

import binascii
import hashlib
from typing import Annotated, ClassVar, Literal

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, FirstEvent
from aggregates.election.id_patterns import id_meta
from aggregates.election.identifiers import key_stream
from aggregates.errors import (
    KeyAlreadyRevoked,
    KeyInvalid,
    KeyNotActive,
    KeyNotPending,
    PossessionUnproven,
    RotationNotSigned,
    SecondOfficeNeeded,
)

KeyState = Literal["pending", "active", "retired", "revoked"]

KEY_STATES: dict[KeyState, str] = {
    "pending": "承認待ち",
    "active": "有効",
    "retired": "更新済み",
    "revoked": "失効",
}

KeyId = Annotated[str, id_meta(r"[0-9a-f]{64}")]
"""SHA-256 of the 32 bytes of a public key, in hexadecimal."""
_SPOKEN_DIGITS = 12
_SPOKEN_FROM = 16
"""Hexadecimal digits of an id from which the short fingerprint is made: its first 64 bits."""


def short_fingerprint(keyid: str) -> str:
    """Twelve digits to read aloud, `1234 5678 9012`, as pages show them as well.

    They find a wrong key on the telephone; what is signed names the whole id.

    Args:
        keyid: SHA-256 of a public key, in hexadecimal.
    """
    digits = f"{int(keyid[:_SPOKEN_FROM], 16) % 10**_SPOKEN_DIGITS:0{_SPOKEN_DIGITS}d}"
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}"


PublicKeyText = Annotated[str, id_meta(r"[A-Za-z0-9+/]{43}=")]
SignatureText = Annotated[str, id_meta(r"[A-Za-z0-9+/]{86}==")]


class NewKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A public key with the proof that its owner holds the private half.

    Attributes:
        public_key: Base64 of the 32 bytes of an Ed25519 public key.
        proof: Base64 of the key's signature over the statement that it is this office's key in
            this election.
    """

    public_key: PublicKeyText
    proof: SignatureText

    @property
    def keyid(self) -> str:
        """Its id in envelopes and in the register.

        Raises:
            KeyInvalid: It is not base64 in its one spelling.
        """
        data = binascii.a2b_base64(self.public_key)
        if binascii.b2a_base64(data, newline=False).decode() != self.public_key:
            raise KeyInvalid(detail="base64")
        return hashlib.sha256(data).hexdigest()


class KeyEnrolled(FirstEvent, frozen=True, kw_only=True):
    """An office asks to sign with this key."""

    TOPIC: ClassVar[str] = "key.enrolled"
    keyid: str
    office: str
    public_key: str
    proof: str

    @override
    def apply(self, aggregate: "Key") -> None:
        aggregate.keyid = self.keyid
        aggregate.office = self.office
        aggregate.public_key = self.public_key
        aggregate.enrolled_by = self.provenance.office
        aggregate.state = "pending"


class KeyFounded(Event, frozen=True, kw_only=True):
    """The key of a founder: valid with the election itself."""

    TOPIC: ClassVar[str] = "key.founded"

    @override
    def apply(self, aggregate: "Key") -> None:
        aggregate.state = "active"


class KeyApproved(Event, frozen=True, kw_only=True):
    """A second office approves the key: it signs from the next entry on."""

    TOPIC: ClassVar[str] = "key.approved"

    @override
    def apply(self, aggregate: "Key") -> None:
        aggregate.state = "active"


class KeyRotated(Event, frozen=True, kw_only=True):
    """The key hands over to its successor; both have signed."""

    TOPIC: ClassVar[str] = "key.rotated"
    successor: str

    @override
    def apply(self, aggregate: "Key") -> None:
        aggregate.state = "retired"


class KeySucceeded(Event, frozen=True, kw_only=True):
    """The key takes over from its predecessor: it signs from the next entry on."""

    TOPIC: ClassVar[str] = "key.succeeded"
    predecessor: str

    @override
    def apply(self, aggregate: "Key") -> None:
        aggregate.state = "active"


class KeyRevoked(Event, frozen=True, kw_only=True):
    """The key is no longer valid. What it signed before stays and is marked."""

    TOPIC: ClassVar[str] = "key.revoked"
    reason: str

    @override
    def apply(self, aggregate: "Key") -> None:
        aggregate.state = "revoked"


class Key(Aggregate):
    """One Ed25519 key of one office; as its stream is named after it, no two offices share it."""

    Event = Event
    first_event = KeyEnrolled

    keyid: str
    office: str
    public_key: str
    enrolled_by: str
    state: KeyState

    @classmethod
    def enrol(cls, office: str, new: NewKey, context: CommandContext) -> "Key":
        """Ask for a key to be approved.

        Raises:
            PossessionUnproven: Nobody has proven to hold its private half.
        """
        keyid = new.keyid
        if keyid not in context.proven:
            raise PossessionUnproven(keyid=keyid)
        return cls.begin(
            key_stream(keyid),
            context,
            keyid=keyid,
            office=office,
            public_key=new.public_key,
            proof=new.proof,
        )

    def establish(self, context: CommandContext) -> None:
        """Make the key valid with the election."""
        self.record(KeyFounded, context)

    def approve(self, context: CommandContext, *, alone: bool = False) -> None:
        """Approve the key as a second office.

        Args:
            context: Who asks and when.
            alone: The approver manages the election alone, with two persons who sign: it may
                approve keys of others that it enrolled itself.

        Raises:
            KeyNotPending: It was approved, rotated or revoked before.
            SecondOfficeNeeded: The approver owns it or enrolled it.
        """
        self.require_approvable(context, alone=alone)
        self.record(KeyApproved, context)

    def rotate(self, successor: "Key", context: CommandContext) -> None:
        """Hand over to a successor that has been enrolled with the same submission.

        Raises:
            KeyNotActive: It cannot attest anybody.
            RotationNotSigned: It did not sign this; asked only of what is signed at all.
        """
        self.require_rotatable(context)
        self.record(KeyRotated, context, successor=successor.keyid)
        successor.record(KeySucceeded, context, predecessor=self.keyid)

    def revoke(self, reason: str, context: CommandContext) -> None:
        """Revoke it, or reject it before it was approved.

        Raises:
            KeyAlreadyRevoked: It is not valid anyway.
        """
        self.require_revocable()
        self.record(KeyRevoked, context, reason=reason)

    def require_approvable(self, context: CommandContext, *, alone: bool = False) -> None:
        """Refuse what `approve` refuses."""
        if self.state != "pending":
            raise KeyNotPending(keyid=self.keyid, state=KEY_STATES[self.state])
        involved = {self.office} if alone else {self.office, self.enrolled_by}
        if context.provenance.office in involved:
            raise SecondOfficeNeeded(keyid=self.keyid, office=context.provenance.office)

    def require_rotatable(self, context: CommandContext) -> None:
        """Refuse what `rotate` refuses; a verifier asks the same."""
        if self.state != "active":
            raise KeyNotActive(keyid=self.keyid, state=KEY_STATES[self.state])
        if context.signers and self.keyid not in context.signers:
            raise RotationNotSigned(keyid=self.keyid)

    def require_revocable(self) -> None:
        """Refuse what `revoke` refuses; a verifier asks the same."""
        if self.state in ("retired", "revoked"):
            raise KeyAlreadyRevoked(keyid=self.keyid, state=KEY_STATES[self.state])
