"""The same tree as the server's, as files: written from a fold of its own, batch by batch."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
import psycopg
import structlog

from aggregates.rule_package.package import package_bytes
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.log_reader import PAGE_ROWS
from infra.adapters.filesystem.atomic_files import is_whole, point, put, remove_unfinished
from infra.runtime.gc_tuning import no_collection
from infra.services.publishing.tlog_mirror import SignedCheckpoint, TlogMirror
from infra.services.queries.merkle_roots import Roots
from projections.election_projection import ElectionProjection
from projections.feeds.dcat_catalogue import catalogue
from projections.feeds.document_writer import write
from projections.feeds.layout import (
    CATALOGUE,
    HEAD,
    HEADS,
    RULES,
    SCHEMAS,
    Address,
    Format,
    document_formats,
    election_path,
    schema_path,
)
from projections.feeds.pointer import pointer
from projections.feeds.public_entry import entry_bytes
from projections.feeds.schemas import INDEX, index_bytes, schema_bytes, schema_names

LOOK_SECONDS: Final = 0.2
"""How often the folder is compared with the log."""

CHECKPOINT_WAIT_SECONDS: Final = 5.0
"""A checkpoint is due every second: results do not wait longer for one that does not come."""

_log = structlog.get_logger(__name__)


class PublishedElsewhere(Exception):  # noqa: N818 - it says what is the case
    """The folder holds another election, or a later or another course of this one."""


class _Published(msgspec.Struct):
    """What is read of a pointer that was published before."""

    election: str
    environment: str
    position: int
    root: str


class Publisher:
    """Keeps a folder up to date with a log.

    What is published is what a checkpoint of the transparency log attests, to the position, so
    a mirror verifies by itself. If that log stops, results go on without it.

    Args:
        log: The log.
        to: The folder; `v1/…` is written below it.
        public: Public folder of the transparency log; None to publish without it.
        checkpoint_wait_seconds: How long results wait for a checkpoint.

    Attributes:
        files: Documents written so far, without their compressed forms.
        mirror: The transparency log in the folder; None without one.
    """

    def __init__(
        self,
        log: Log,
        to: Path,
        public: Path | None = None,
        *,
        checkpoint_wait_seconds: float = CHECKPOINT_WAIT_SECONDS,
    ) -> None:
        self._log = log
        self._to = to
        self._base = to / election_path(log.name.election).removeprefix("/")
        self._checkpoint_wait_seconds = checkpoint_wait_seconds
        self._state = ElectionProjection()
        self._roots = Roots()
        self._published = -1
        self._waiting_since = 0.0
        self._stopped = threading.Event()
        self.files = 0
        self.mirror = None if public is None else TlogMirror(public, self._base)

    @property
    def state(self) -> ElectionProjection:
        """The state that is published; it moves with `publish` alone."""
        return self._state

    @property
    def roots(self) -> Roots:
        """Roots of its tree."""
        return self._roots

    @property
    def position(self) -> int:
        """Position that is published; 0 when nothing is."""
        return max(0, self._published)

    def publish(self) -> int:
        """Publish what can be published now and give its position; 0 while there is no election.

        Raises:
            PublishedElsewhere: See there.
            OSError: A file cannot be written. The next run repairs what this one left.
        """
        found = self._read_pointer() if self._published < 0 else None
        signed = self.mirror.newest() if self.mirror is not None else None
        self._read_to(self._goal(signed, self._floor(found)))
        self._require_same_root(signed)
        if self._state.election is None:
            return 0
        if self._published < 0:
            self._begin(found)
        self._write(signed)
        return self._published

    def catch_up(self) -> int:
        """Publish everything that is recorded now and give the position; 0 without an election.

        Raises:
            PublishedElsewhere, OSError: See `publish`.
        """
        goal = self._log.reader.last_position()
        while self.publish() < goal and self._state.position < goal:
            self._stopped.wait(LOOK_SECONDS)
        return self.position

    def watch(self, published: Callable[[], None] | None = None) -> None:
        """Publish what is there, then what comes, until `stop`.

        Args:
            published: Called in this thread after each position that was published.
        """
        last = self.position
        while not self._stopped.is_set():
            try:
                position = self.publish()
                if published is not None and position > last:
                    published()
                last = position
            except psycopg.OperationalError as error:
                _log.warning("publish.database", error=str(error), position=self.position)
            self._stopped.wait(LOOK_SECONDS)

    def stop(self) -> None:
        """End `watch`; may be called from any thread."""
        self._stopped.set()

    def _floor(self, found: _Published | None) -> int:
        return max(self._state.position, found.position if found is not None else 0)

    def _goal(self, signed: SignedCheckpoint | None, floor: int) -> int:
        """How far to read: to the checkpoint, or beyond it when it did not move for too long."""
        last = self._log.reader.last_position()
        if signed is None:
            return last if self.mirror is None else self._goal_without_checkpoint(last, floor)
        if signed.checkpoint.size > floor:
            self._waiting_since = 0.0
            return signed.checkpoint.size
        return self._goal_without_checkpoint(last, floor)

    def _goal_without_checkpoint(self, last: int, floor: int) -> int:
        if last <= floor:
            self._waiting_since = 0.0
            return floor
        self._waiting_since = self._waiting_since or time.monotonic()
        waited = time.monotonic() - self._waiting_since
        return last if waited >= self._checkpoint_wait_seconds else floor

    def _read_to(self, goal: int) -> None:
        with no_collection():
            while self._state.position < goal:
                missing = goal - self._state.position
                rows = self._log.reader.read(self._state.position, min(PAGE_ROWS, missing))
                if not rows:
                    return
                events = ((row.position, decode(row.topic, row.state)) for row in rows)
                self._state.apply_all(events)
                self._roots.extend(entry_bytes(r.position, r.topic, r.state) for r in rows)

    def _read_pointer(self) -> _Published | None:
        """The pointer that was published last; the other one where a power cut left it empty."""
        there = [path for name in HEADS if (path := self._base / name).exists()]
        for path in there:
            with suppress(msgspec.MsgspecError, UnicodeDecodeError):
                return msgspec.json.decode(path.read_bytes(), type=_Published)
        if there:
            names = "、".join(map(str, there))
            raise PublishedElsewhere(
                f"{names}: 読めません。どこまで公開したか分からないため、続きを書き出せません。"
            )
        return None

    def _begin(self, found: _Published | None) -> None:
        """Make sure that the folder holds the beginning of this log, and repair it."""
        for folder in (self._base, self._to / SCHEMAS.removeprefix("/")):
            remove_unfinished(folder)
        if found is not None:
            self._require_beginning(found)
        self._write_schemas()
        put(self._base / RULES, package_bytes(self._state.register().package))
        self._repair()
        pointers = (self._base / name for name in HEADS)
        # A pointer that is not whole is written again, with whatever else is not there.
        self._published = found.position if found and all(map(is_whole, pointers)) else 0

    def _require_beginning(self, found: _Published) -> None:
        path, facts = self._base / HEAD, self._state.register().facts
        if (found.election, found.environment) != (facts.id, facts.environment):
            raise PublishedElsewhere(
                f"{path}: {found.election} ({found.environment}) は別の選挙の公開データです。"
            )
        if found.position > self._state.position:
            raise PublishedElsewhere(
                f"{path}: 公開済みの位置 {found.position} より記録が古く、後戻りになります。"
            )
        if found.root != self._roots.root(found.position):
            raise PublishedElsewhere(f"{path}: 公開済みの内容が記録と食い違っています。")

    def _repair(self) -> None:
        """Write again what lies there but is not whole."""
        for document, version in self._state.versions.items():
            for form in document_formats(document):
                path = self._base / str(Address(document, form, version))
                if path.exists() and not is_whole(path):
                    put(path, write(self._state, document, form))
                    point(self._base / str(Address(document, form)), path)

    def _write_schemas(self) -> None:
        for name in schema_names():
            put(self._to / schema_path(name).removeprefix("/"), schema_bytes(name))
        put(self._to / INDEX.removeprefix("/"), index_bytes())

    def _write(self, signed: SignedCheckpoint | None) -> None:
        """Documents first, their checkpoint next, the pointer last: it names what is there."""
        state, base = self._state, self._base
        is_new = state.position > self._published
        if is_new:
            for version, document in state.changed_since(self._published):
                for form in document_formats(document):
                    self._write_document(document, version, form)
        self._carry(signed)
        if is_new:
            root = self._roots.root(state.position)
            put(base / CATALOGUE, catalogue(state))
            for name in reversed(HEADS):
                put(base / name, pointer(state, root, name))
            self._published = state.position

    def _carry(self, signed: SignedCheckpoint | None) -> None:
        if self.mirror is None or signed is None:
            return
        if signed.checkpoint.size != self._state.position:
            # Documents of this very position are not published: only what is known stays.
            self.mirror.update_status()
            return
        self.mirror.update(signed)

    def _require_same_root(self, signed: SignedCheckpoint | None) -> None:
        """Of two trees of one size nobody knows which is right: nothing of either is published."""
        if signed is None or signed.checkpoint.size > self._state.position:
            return
        checkpoint = signed.checkpoint
        if checkpoint.root.hex() != self._roots.root(checkpoint.size):
            raise PublishedElsewhere(
                f"透明性ログのチェックポイント（{checkpoint.size} 件）が記録と食い違っています。"
            )

    def _write_document(self, document: str, version: int, form: Format) -> None:
        path = self._base / str(Address(document, form, version))
        if not path.exists():
            put(path, write(self._state, document, form))
            self.files += 1
        point(self._base / str(Address(document, form)), path)
