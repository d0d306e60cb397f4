"""The same tree as the server's, as files: written from a fold of its own, batch by batch."""

from pathlib import Path

import msgspec

from infra.log.codec import decode
from infra.log.log import Log
from infra.log.reader import PAGE_ROWS, Row
from infra.publish.files import point, put
from infra.rebuild import no_collection
from infra.roots import Roots
from projections.feeds.catalogue import catalogue
from projections.feeds.entry import entry_bytes
from projections.feeds.layout import (
    CATALOGUE,
    DISTRICTS_HEAD,
    HEAD,
    Address,
    election_path,
    formats_of,
    schema_path,
)
from projections.feeds.pointer import pointer
from projections.feeds.schemas import INDEX, index_bytes, schema_bytes, schema_names
from projections.feeds.writing import write
from projections.night import Night


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

    Args:
        log: The log.
        to: The folder; `v1/…` is written below it.

    Attributes:
        files: Documents written so far, without their compressed forms.
    """

    def __init__(self, log: Log, to: Path) -> None:
        self._log = log
        self._to = to
        self._night = Night()
        self._roots = Roots()
        self._published = 0
        self._follower = log.follower()
        self.files = 0

    @property
    def position(self) -> int:
        """Position that is published."""
        return self._published

    def publish(self) -> int:
        """Publish the present state and give its position; 0 while there is no election.

        Raises:
            PublishedElsewhere: See there.
        """
        with no_collection():
            while rows := self._log.reader.read(self._night.position, PAGE_ROWS):
                self._take(rows)
        if self._night.election is None:
            return 0
        self._published = self._published or self._read_published()
        self._write()
        return self._published

    def watch(self) -> None:
        """Publish what is there, then every batch as it comes, until `stop`."""
        self.publish()
        for rows in self._follower.rows(self._night.position):
            self._take(rows)
            self._published = self._published or self._read_published()
            self._write()

    def stop(self) -> None:
        """End `watch`; may be called from any thread."""
        self._follower.stop()

    @property
    def _base(self) -> Path:
        facts = self._night.register().facts
        return self._to / election_path(facts.id).removeprefix("/")

    def _take(self, rows: list[Row]) -> None:
        self._night.apply_all((row.position, decode(row.topic, row.state)) for row in rows)
        self._roots.extend(entry_bytes(row.position, row.topic, row.state) for row in rows)

    def _read_published(self) -> int:
        """Position of the pointer in the folder; 0 when there is none."""
        path = self._base / HEAD
        if not path.exists():
            self._write_schemas()
            return 0
        found = msgspec.json.decode(path.read_bytes(), type=_Published)
        facts = self._night.register().facts
        if (found.election, found.environment) != (facts.id, facts.environment):
            raise PublishedElsewhere(
                f"{path}: {found.election} ({found.environment}) は別の選挙の公開データです。"
            )
        if found.position > self._night.position:
            raise PublishedElsewhere(
                f"{path}: 公開済みの位置 {found.position} より記録が古く、後戻りになります。"
            )
        if found.root != self._roots.root(found.position):
            raise PublishedElsewhere(f"{path}: 公開済みの内容が記録と食い違っています。")
        return found.position

    def _write_schemas(self) -> None:
        for name in schema_names():
            put(self._to / schema_path(name).removeprefix("/"), schema_bytes(name))
        put(self._to / INDEX.removeprefix("/"), index_bytes())

    def _write(self) -> None:
        """Documents first and the pointer last: whatever the pointer names is there."""
        night, base = self._night, self._base
        for version, document in night.changed_since(self._published):
            self._write_document(document, version)
        root = self._roots.root(night.position)
        put(base / CATALOGUE, catalogue(night))
        put(base / DISTRICTS_HEAD, pointer(night, root, districts=True))
        put(base / HEAD, pointer(night, root))
        self._published = night.position

    def _write_document(self, document: str, version: int) -> None:
        for form in formats_of(document):
            path = self._base / str(Address(document, form, version))
            if not path.exists():
                put(path, write(self._night, document, form))
                self.files += 1
            point(self._base / str(Address(document, form)), path)
