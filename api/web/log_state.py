"""How the signed log stands, for the page where people check it."""

from datetime import datetime
from typing import NamedTuple

from api.http.app_state import AppState
from infra.adapters.filesystem.tile_files import FolderReader
from infra.protocols.signed_note.note import split
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.services.sequencing.sequencing_status import State, Status


class LogState(NamedTuple):
    """The state of the log.

    Attributes:
        origin: Which log.
        state: `running`, `stopped` or `failed`.
        size: Entries under the last signature.
        root: Root of the tree under the last signature, hex; empty before the first.
        recorded: Entries in this server's log.
        signed_at: When it was signed last.
        quorum: `none` where no witness is asked, else `reached` or `missing`.
        cosignatures: Witnesses whose signature the last checkpoint carries.
        missing: Why a witness has not signed, by its name.
    """

    origin: str
    state: State
    size: int
    root: str
    recorded: int
    signed_at: datetime
    quorum: str
    cosignatures: int
    missing: dict[str, str]

    @property
    def waiting(self) -> int:
        """Entries that are recorded and not signed yet."""
        return max(0, self.recorded - self.size)


def log_state(services: AppState, status: Status | None) -> LogState | None:
    """The state of the log of this server; None where it publishes none."""
    if status is None or services.public is None:
        return None
    note = FolderReader(services.public).checkpoint()
    text, signatures = ("", []) if note is None else split(note)
    return LogState(
        origin=status.origin,
        state=status.state,
        size=status.size,
        root=Checkpoint.parse(text).root.hex() if text else "",
        recorded=services.live.position,
        signed_at=status.published_at,
        quorum=status.quorum.state,
        cosignatures=max(0, len(signatures) - 1),
        missing=dict(status.quorum.missing),
    )
