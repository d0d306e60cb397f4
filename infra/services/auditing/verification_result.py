"""What a verification found right, and what it could not compare: said apart, never mixed."""

from typing import Literal

import msgspec

KeyOrigin = Literal["given", "published"]
VerificationState = Literal["verified", "recorded-not-recomputed"]


class VerificationResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was checked and found right.

    Attributes:
        origin: Identity of the log.
        election: Id of the election; empty for an empty log.
        environment: `live` or `rehearsal`.
        size: Entries, every one of them hashed.
        root: Root of their tree, in hexadecimal.
        key: Verifier key that signed the checkpoints.
        key_from: Whether the key was given by who checks, or taken from what is checked.
        checkpoints: Published checkpoints, each a prefix of the next.
        kept: Checkpoints and receipts that somebody kept, each a prefix of the log.
        cosigned_by: Witnesses of the policy that attest the last checkpoint.
        signed: Entries that came in a signed envelope.
        unsigned: Entries that did not, only in a rehearsal that allows it: their form and order
            were checked, and nothing binds their content.
        signatures: Signatures that were verified.
        keys: Keys of offices that were ever enrolled.
        recomputed: Entries whose decision was made again, with the same bytes.
        recorded: Entries under rules that this release does not carry, from the first such entry
            to the end; they are recorded, and were not recomputed.
        rules: The numbers of the rules that the log names, in order.
        rules_signed: Whether the signed definition of the election states the first of them; if
            not, the server chose it.
        documents: Published documents that are the same to the byte.
        documents_not_compared: Published documents in another version of the format.
        times_cosigned: Entries, from the first, whose time a cosignature of the policy bounds: they
            were recorded before the witness signed. The others are bounded by the entries around
            them and by the clock of who verifies.
        cosigned_after_seconds: How long the entry that waited longest for its first cosignature
            had been recorded; None without cosignatures.
        seconds: How long it took.
    """

    origin: str
    election: str
    environment: str
    size: int
    root: str
    key: str
    key_from: KeyOrigin
    checkpoints: int
    kept: int
    cosigned_by: tuple[str, ...]
    signed: int
    unsigned: int
    signatures: int
    keys: int
    recomputed: int
    recorded: int
    rules: tuple[int, ...]
    rules_signed: bool
    documents: int
    documents_not_compared: int
    times_cosigned: int
    cosigned_after_seconds: float | None
    seconds: float

    @property
    def state(self) -> VerificationState:
        """Whether every decision could be made again."""
        return "recorded-not-recomputed" if self.recorded else "verified"
