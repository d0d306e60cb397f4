"""A small election, published: a log with some hundred entries, four checkpoints, and a bundle."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from infra.protocols.signed_note.note import Verifier
from infra.runtime.settings import Settings
from infra.services.auditing.bundle_writer import export
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from tests import builders as b
from tests.support.gwt import Command
from tests.support.posting import record

NAME = LogName("house50", "rehearsal")
REPORTS = 280


def reports(first: int, last: int) -> list[Command]:
    """Interim reports of one unit, each higher than the last."""
    return [
        b.tally(b.sheet({b.A: number * 2000, b.B: number * 1000}), final=False)
        for number in range(first, last)
    ]


class Published:
    """What is left of a night: its log, its public folder and its key."""

    def __init__(self, log: Log, folder: Path) -> None:
        self.log = log
        self.place = LogPlace.of(Settings(data=folder), log.name)

    @property
    def public(self) -> Path:
        return self.place.public

    @property
    def key(self) -> Verifier:
        return Verifier.parse((self.public / "key").read_text().strip())

    def checkpoint(self) -> bytes:
        return (self.public / "checkpoint").read_bytes()

    def grow(self, *commands: Command) -> None:
        """Record commands and take them into the transparency log."""
        record(self.log, *commands)
        self.sequence()

    def sequence(self) -> None:
        sequencing = Sequencing(self.log, self.place)
        sequencing.catch_up()
        sequencing.close()

    def bundle(self, out: Path) -> Path:
        export(self.log, self.public, out)
        return out


@contextmanager
def fresh_log(conninfo: str) -> Iterator[Log]:
    """A log of its own, whatever was there before."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(NAME.schema)))
    with Log(conninfo, NAME) as log:
        yield log


def publish(log: Log, folder: Path) -> Published:
    """Play the small night: some entries more than one tile holds."""
    found = Published(log, folder)
    found.sequence()
    found.grow(*b.DISTRICT, b.turnout(b.figures((500_000, 500_000), (300_000, 300_000))))
    found.grow(*reports(1, 40))
    found.grow(*reports(40, REPORTS))
    return found


def copied(bundle: Path, to: Path) -> Path:
    """Another bundle whose files are the same files: changing one means replacing it."""
    return Path(shutil.copytree(bundle, to, copy_function=_linked))


def _linked(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def replace(path: Path, data: bytes) -> None:
    """Change a file without changing the one it is linked to."""
    path.unlink()
    path.write_bytes(data)
