"""How the transparency log of a server is doing: its signatures, how old, how far behind."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from infra.adapters.filesystem.tile_files import FolderReader
from infra.protocols.protocol_errors import CheckpointMalformed, NoteMalformed
from infra.protocols.signed_note.note import split
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.services.sequencing.sequencer import KnownRoot
from infra.services.sequencing.sequencing_status import SILENT_SECONDS_MAX, Status, read_status
from infra.services.sequencing.witness_client import QuorumState

_SILENT: Final = "透明性ログから応答がありません。kaihyo sequence が動いているか確かめてください。"
_STOPPED: Final = "透明性ログの順序付けが止まっています。kaihyo sequence を始めてください。"
_MISSING: Final = "証人の署名が方針の数に足りません。"
_DIFFERS: Final = (
    "透明性ログのチェックポイントと、このサーバが読んだ記録が食い違っています。"
    "記録が書き換えられた疑いがあるため、公開を止めて調べてください。"
)
_NOTHING: Final = "チェックポイントがまだありません。"


class SigningStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The last checkpoint of a log.

    Attributes:
        state: As the log says itself; `silent` when it has said nothing for too long.
        degraded: Whether readers should know that less is attested than should be.
        reason: Why, in a sentence; empty while all is well.
        size: Entries that the last checkpoint attests.
        lag: Entries recorded that it does not attest yet.
        root: Its root, in hexadecimal.
        age_seconds: Since when the log has said nothing; None when it never did.
        witnesses: Cosignatures on the last checkpoint.
        quorum: Whether enough witnesses cosigned; `none` where no policy asks for any.
        missing: Why a witness has not, by its name.
        roots_differ: Whether the entries that were read here have another root than that
            checkpoint: then rows of the log were changed, and nobody may rely on either.
    """

    state: str
    degraded: bool
    reason: str
    size: int
    lag: int
    root: str
    age_seconds: float | None
    witnesses: int
    quorum: QuorumState
    missing: Mapping[str, str]
    roots_differ: bool = False


def log_signing_status(
    public: Path, recorded: int, now: datetime, known_root: KnownRoot | None = None
) -> SigningStatus:
    """The state of the log in a public folder.

    Args:
        public: The folder.
        recorded: Last position of the log.
        now: The time.
        known_root: Roots of the entries as they were read here.
    """
    status, (checkpoint, cosigned) = published_status(public, now), _checkpoint(public)
    size = checkpoint.size if checkpoint is not None else 0
    known = None if known_root is None or checkpoint is None else known_root(size)
    differs = known is not None and checkpoint is not None and known != checkpoint.root
    return SigningStatus(
        state=status.state if status is not None else "absent",
        degraded=status is None or status.degraded or differs,
        reason=_DIFFERS if differs else _status_text(status),
        roots_differ=differs,
        size=size,
        lag=max(0, recorded - size),
        root=checkpoint.root.hex() if checkpoint is not None else "",
        age_seconds=None if status is None else _age(status, now),
        witnesses=cosigned,
        quorum="none" if status is None else status.quorum.state,
        missing={} if status is None else status.quorum.missing,
    )


def _status_text(status: Status | None) -> str:
    return _NOTHING if status is None else status.failure or _reason(status)


def published_status(public: Path, now: datetime) -> Status | None:
    """What the log said last, corrected when it has been silent since for too long."""
    status = read_status(public)
    if status is None or status.state != "running" or _age(status, now) <= SILENT_SECONDS_MAX:
        return status
    return msgspec.structs.replace(status, state="failed", degraded=True, failure=_SILENT)


def _age(status: Status, now: datetime) -> float:
    return round(max(0.0, (now - status.published_at).total_seconds()), 1)


def _reason(status: Status) -> str:
    if status.state != "running":
        return _STOPPED
    return _MISSING if status.degraded else ""


def _checkpoint(public: Path) -> tuple[Checkpoint | None, int]:
    """The last checkpoint and how many witnesses cosigned it."""
    note = FolderReader(public).checkpoint()
    if note is None:
        return None, 0
    try:
        text, signatures = split(note)
        return Checkpoint.parse(text), len(signatures) - 1
    except (NoteMalformed, CheckpointMalformed):
        return None, 0
