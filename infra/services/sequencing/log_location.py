"""Where the transparency log of one election and environment lies, and what it is called."""

from pathlib import Path
from typing import NamedTuple, Self

from infra.adapters.postgres.schemas import LogName
from infra.protocols.tlog.checkpoint import log_origin
from infra.runtime.settings import Settings

FOLDER = "transparency"
KEY = "key"
"""The public file that holds the verifier key of the log."""
CHECKPOINTS = "checkpoints"
"""The public file that holds every checkpoint that was published."""
STATUS = "status.json"
"""The public file that says how the log is doing."""


class LogPlace(NamedTuple):
    """The files of one transparency log.

    Attributes:
        origin: Identity of the log and name of its key.
        folder: What belongs to this log alone.
        memory: The last checkpoint that was to be signed; outside the database and its backups.
    """

    origin: str
    folder: Path
    memory: Path

    @property
    def public(self) -> Path:
        """What everybody may read: checkpoint, checkpoints, key, status, tiles."""
        return self.folder / "public"

    @property
    def private(self) -> Path:
        """Staged tiles and the lock of the process that writes."""
        return self.folder / "private"

    @property
    def secret(self) -> Path:
        """The private key of the log."""
        return self.folder / "private-key"

    @classmethod
    def of(cls, settings: Settings, name: LogName) -> Self:
        """The place of a log by the settings.

        Args:
            settings: Where data lie and under which address the log is published.
            name: Which log.
        """
        folder = settings.data / FOLDER / name.schema
        memory = settings.log_memory or folder.parent / "memory"
        origin = log_origin(settings.log_place, name.election, name.environment)
        return cls(origin, folder, memory / f"{name.schema}.checkpoint")
