"""What can be wrong with hashes, notes, receipts, envelopes and the sequencer."""


class JsonAmbiguous(ValueError):  # noqa: N818 - it says what is the case
    """The bytes are no JSON, or JSON that readers may understand differently."""


class ProofInvalid(ValueError):  # noqa: N818 - it says what is the case
    """A Merkle proof does not lead to the root it was given for."""


class TileInvalid(ValueError):  # noqa: N818
    """A tile, a bundle or its path is not what tlog-tiles says it must be."""


class TileMissing(LookupError):  # noqa: N818
    """A tile or bundle that the tree needs is not there."""


class TileConflict(Exception):  # noqa: N818
    """A published tile would be overwritten with other bytes; it never is."""


class EntryTooLong(ValueError):  # noqa: N818
    """An entry has more bytes than a bundle can hold (65,535)."""


class NoteMalformed(ValueError):  # noqa: N818
    """The bytes are not a signed note."""


class KeyMalformed(ValueError):  # noqa: N818
    """A key or its name is not well formed; the message never repeats a private key."""


class SmallOrderKey(KeyMalformed):
    """The public key is no proper point: one signature would fit every message."""


class SignatureError(ValueError):
    """A signature by a known key does not fit; the whole note is refused."""


class NoteUnverified(ValueError):  # noqa: N818
    """No known key signed the note."""


class CheckpointMalformed(ValueError):  # noqa: N818
    """The text of a note is not a checkpoint."""


class OriginWrong(ValueError):  # noqa: N818
    """The checkpoint belongs to another log."""


class ReceiptMalformed(ValueError):  # noqa: N818
    """The bytes are not a receipt (c2sp.org/tlog-proof@v1)."""


class PolicyMalformed(ValueError):  # noqa: N818
    """The text is not a policy of logs and witnesses (c2sp.org/tlog-policy).

    Attributes:
        japanese: The same sentence for people of an office, without a full stop.
    """

    def __init__(self, english: str, japanese: str) -> None:
        super().__init__(english)
        self.japanese = japanese


class WitnessesMissing(ValueError):  # noqa: N818
    """Fewer witnesses than the policy demands have cosigned."""


class SequencerEnded(Exception):  # noqa: N818
    """The sequencer stops at once and must be started again; nothing is tried twice in it."""


class StartRefused(Exception):  # noqa: N818
    """What is stored contradicts what was signed or published; a person has to look at it."""


class RootsDiffer(Exception):  # noqa: N818
    """Two trees of the same size over the same log have different roots; none may be published."""


class SwapLost(Exception):  # noqa: N818
    """The row is not the one that was read: another sequencer has moved the log on."""


class FolderTaken(Exception):  # noqa: N818
    """Another process writes this folder."""
