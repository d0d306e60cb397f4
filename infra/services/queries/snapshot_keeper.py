"""Snapshots of the read model: a process that starts again need not fold a long log first.

A snapshot is a file. It is used only if this log's database knows its digest, if it was made by
the same code, and if the log has the very entry at its end that the snapshot says. It names events
and does not hold them: they are read from the log. While the process serves, every entry is read
again, hashed and folded (`require_same`, `require_state`): a snapshot that differs in a byte ends
the service and is removed, so that the next start folds the log. The log alone is believed.
"""

import contextlib
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import psycopg
import structlog

import aggregates
import projections
from aggregates.base import Event
from infra.adapters import event_log
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.log_errors import EventUnreadable
from infra.adapters.event_log.log_reader import LogRow
from infra.adapters.filesystem.atomic_files import replace
from infra.adapters.postgres.statements import Statements
from infra.protocols.tlog.merkle import leaf_hash
from infra.services.queries.merkle_roots import Roots
from projections.election_projection import ElectionProjection
from projections.feeds.public_entry import entry_bytes
from projections.state.event_history import EventSource
from projections.stored_state import EventName, StateNotStored, read_state, write_state

EVENTS_MIN = 16_384
"""Shorter logs are folded in a moment."""
_GROWTH = 8
"""A snapshot is written when the log has grown by an eighth, or by `EVENTS_MIN`."""
_FORMAT = 1

_log = structlog.get_logger(__name__)


class SnapshotDiffers(Exception):  # noqa: N818 - it says what is the case
    """What this process began with is not what the log says."""


class _Snapshot(msgspec.Struct, frozen=True, array_like=True):
    """The content of a file; digests as bytes.

    Attributes:
        format: Version of this layout.
        log: Schema of the log.
        code: Digest of the code that folded.
        position: Position of the last entry.
        root: Root of the tree of so many entries, in hexadecimal.
        levels: Hashes of the tree, by height.
        state: The state, as `write_state` gave it.
    """

    format: int
    log: str
    code: bytes
    position: int
    root: str
    levels: list[bytes]
    state: bytes


class Restored(NamedTuple):
    """What a process begins with.

    Attributes:
        state: The state.
        roots: The tree of the same entries.
    """

    state: ElectionProjection
    roots: Roots


class SnapshotKeeper:
    """Writes and reads the snapshot of one log.

    Args:
        log: The log.
        folder: Where the file is.
        events_min: Logs with fewer entries get no snapshot.

    Attributes:
        folder: Where the file is.
    """

    def __init__(self, log: Log, folder: Path, *, events_min: int = EVENTS_MIN) -> None:
        self.folder = folder
        self._log = log
        self._path = folder / f"{log.name.schema}.snapshot"
        self._sql = Statements("snapshots", schema=log.name.schema)
        self._events_min = events_min
        # Of the beginning: files that are replaced meanwhile are not the code that folds.
        self._code = code_sha256()
        self._last = 0
        self._restored: tuple[int, bytes] | None = None

    @property
    def unproven(self) -> int:
        """Position of the snapshot that this process began with, until it is proven; 0 then."""
        return 0 if self._restored is None else self._restored[0]

    def restore(self, source: EventSource) -> Restored | None:
        """What the snapshot holds; None where there is none that may be used."""
        if not self._path.exists():
            return None
        try:
            return self._read(source)
        except (
            OSError, ValueError, TypeError, LookupError, AttributeError, SnapshotDiffers,
            StateNotStored, EventUnreadable,
        ) as error:  # fmt: skip
            _log.warning("snapshot not used", path=str(self._path), reason=repr(error))
            self._remove()
            return None

    def require_same(self, rows: Sequence[LogRow], roots: Roots) -> None:
        """Hold entries of the log against the hashes that the process began with.

        Raises:
            SnapshotDiffers: One is another.
        """
        for row in rows:
            if row.position <= self.unproven and _leaf(row) != roots.hash_at(0, row.position - 1):
                raise self._contradict(f"entry {row.position} is another")

    def require_state(
        self, state: ElectionProjection, pause: Callable[[], None] = lambda: None
    ) -> None:
        """Hold the state folded from the log against the one that the process began with.

        Args:
            state: The state folded.
            pause: As of `write`.

        Raises:
            SnapshotDiffers: It is another.
        """
        if self._restored is None or state.position != self._restored[0]:
            return
        if hashlib.sha256(write_state(state, pause)).digest() != self._restored[1]:
            raise self._contradict(f"the state at {state.position} is another")
        self._restored = None

    def is_due(self, position: int) -> bool:
        """Whether a snapshot of this position should be written; none of what is unproven."""
        if self.unproven:
            return False
        step = max(self._events_min, self._last // _GROWTH)
        return position >= self._last + step

    def write(
        self, state: ElectionProjection, roots: Roots, pause: Callable[[], None] = lambda: None
    ) -> None:
        """Write the snapshot of a state that does not change meanwhile; missing ones are no harm.

        Args:
            state: The state.
            roots: The tree, of as many entries or more.
            pause: Called now and then, to let others work.
        """
        self._last = state.position
        try:
            body = msgspec.msgpack.encode(
                _Snapshot(
                    _FORMAT,
                    self._log.name.schema,
                    self._code,
                    state.position,
                    roots.root(state.position),
                    roots.levels(state.position),
                    write_state(state, pause),
                )
            )
            digest = hashlib.sha256(body).digest()
            # Known first: a file that nobody knows would take the place of one that is believed.
            with psycopg.connect(self._log.conninfo) as connection:
                connection.execute(self._sql["note"], (digest, state.position))
                connection.execute(self._sql["forget"])
            replace(self._path, body)
        except (OSError, psycopg.Error, StateNotStored) as error:
            _log.warning("snapshot not written", path=str(self._path), reason=repr(error))

    def _read(self, source: EventSource) -> Restored:
        body = self._path.read_bytes()
        digest = hashlib.sha256(body).digest()
        found = msgspec.msgpack.decode(body, type=_Snapshot)
        expected = (_FORMAT, self._log.name.schema, self._code)
        if (found.format, found.log, found.code) != expected:
            raise SnapshotDiffers("it is of another log or another version")
        roots = Roots.from_levels(found.levels)
        if roots.size != found.position or roots.root(roots.size) != found.root:
            raise SnapshotDiffers("its hashes are not of its root")
        row = self._log.reader.row(found.position)
        if _leaf(row) != roots.hash_at(0, found.position - 1):
            raise SnapshotDiffers(f"the log has another entry {found.position}")
        with psycopg.connect(self._log.conninfo) as connection:
            self._require_known(connection, digest, found.position)
            state = read_state(found.state, lambda names: self._find(connection, names), source)
        if state.position != found.position:
            raise SnapshotDiffers("its state is of another position")
        self._last = found.position
        self._restored = found.position, hashlib.sha256(found.state).digest()
        return Restored(state, roots)

    def _require_known(
        self, connection: psycopg.Connection[tuple[object, ...]], digest: bytes, position: int
    ) -> None:
        """Only what a process with a way to the database has written, not whatever lies there."""
        if connection.execute(self._sql["known"], (digest,)).fetchone() != (position,):
            raise SnapshotDiffers("the database does not know it")

    def _find(
        self, connection: psycopg.Connection[tuple[object, ...]], names: Sequence[EventName]
    ) -> list[Event]:
        streams, versions = [name[0] for name in names], [name[1] for name in names]
        with connection.cursor(binary=True) as cursor:
            cursor.execute(self._sql["find_events"], (streams, versions))
            found = [decode(str(topic), bytes(state)) for topic, state in cursor]  # type: ignore[call-overload]
        if len(found) != len(names):
            raise SnapshotDiffers("the log has not all of its events")
        return found

    def _contradict(self, what: str) -> SnapshotDiffers:
        self._remove()
        return SnapshotDiffers(f"{what} than in the log; the snapshot is removed, start again")

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self._path.unlink()


def _leaf(row: LogRow) -> bytes:
    return leaf_hash(entry_bytes(row.position, row.topic, row.state))


def code_sha256() -> bytes:
    """Digest of the code that decodes and folds, its tables, and what it is run by."""
    found = hashlib.sha256(f"{sys.version} {sys.byteorder} {msgspec.__version__}".encode())
    for package in (aggregates, projections, event_log):
        for folder in package.__path__:
            for path in sorted(Path(folder).rglob("*")):
                if path.suffix in {".py", ".json"}:
                    found.update(path.read_bytes())
    return found.digest()
