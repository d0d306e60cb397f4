"""How a transparency log is doing, for everybody to see."""

from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from infra.adapters.filesystem.tile_files import FolderReader
from infra.protocols.signed_note.note import split
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.services.sequencing.log_location import STATUS
from infra.services.sequencing.sequencer import HEARTBEAT_SECONDS
from infra.services.sequencing.witness_client import WitnessQuorum

State = Literal["running", "stopped", "failed"]
SILENT_SECONDS_MAX = HEARTBEAT_SECONDS + 5
"""A log that has said nothing for so long has stopped, whatever it said last."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a log at its last publication.

    Attributes:
        origin: Which log.
        state: Whether it grows.
        degraded: True when it does not, or when fewer witnesses attest than the policy demands.
        size: Entries that the last checkpoint attests.
        published_at: When it was published last.
        quorum: Who attests.
        failure: Why it does not grow; empty while it does.
    """

    origin: str
    state: State
    degraded: bool
    size: int
    published_at: datetime
    quorum: WitnessQuorum
    failure: str = ""

    def encode(self) -> bytes:
        """Its public bytes."""
        return msgspec.json.encode(self)


def read_published_size(public: Path) -> int:
    """Entries that the published checkpoint of a folder states; 0 before the first one."""
    note = FolderReader(public).checkpoint()
    return 0 if note is None else Checkpoint.parse(split(note)[0]).size


def read_status(public: Path) -> Status | None:
    """The last status in a public folder; None before the first."""
    try:
        return msgspec.json.decode((public / STATUS).read_bytes(), type=Status)
    except FileNotFoundError:
        return None
