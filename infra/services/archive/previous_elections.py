"""Earlier elections: folders that `kaihyo publish` or `kaihyo export` wrote, only ever read.

One log is one election, so a server knows the elections before it only by what they published.
"""

import hashlib
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from aggregates.election.identifiers import Environment
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.bundle_manifest import MANIFEST, document_path, read_manifest
from projections.documents.corrections_document import CorrectionsDocument
from projections.documents.district_document import DistrictDocument
from projections.documents.models import Head
from projections.feeds.layout import HEAD, HEADS
from projections.views.savings import Course, course_from_documents

_ELECTIONS: Final = Path("v1/elections")

Form = Literal["tree", "bundle"]


class ArchiveUnreadableError(ValueError):
    """A folder of the archive is not what `kaihyo publish` or `kaihyo export` wrote."""


class Earlier(NamedTuple):
    """One earlier election.

    Attributes:
        election: Its id.
        name: Its name.
        environment: `live` or `rehearsal`.
        polling_day: The day of the poll.
        kinds: Kinds of contests held.
        position: Entries in its log when it was published.
        root: Root of their tree, hex; empty where entries were not hashed.
        form: A published tree, or a bundle for auditors.
        folder: Where its documents lie.
        digests: Of a bundle: SHA-256 of every file, hex, by path; else empty.
        replay: Whether it was recorded afterwards: then it had no night of its own.
    """

    election: str
    name: str
    environment: Environment
    polling_day: date
    kinds: tuple[str, ...]
    position: int
    root: str
    form: Form
    folder: Path
    digests: dict[str, str]
    replay: bool = False

    @property
    def documents(self) -> list[str]:
        """Names of its documents in their last versions, sorted."""
        found = (
            file.relative_to(self._below).as_posix().removesuffix(".json")
            for file in self._below.rglob("*.json")
        )
        own = {name.removesuffix(".json") for name in HEADS}
        return sorted(n for n in found if "@" not in n and not n.endswith(".nist") and n not in own)

    @property
    def _below(self) -> Path:
        return self.folder / "documents" if self.form == "bundle" else self.folder

    def read(self, document: str) -> bytes:
        """The bytes of a document in its last version.

        Raises:
            KeyError: There is no such document.
            ArchiveUnreadableError: They are not those that the manifest of the bundle names.
        """
        path = (self._below / f"{document}.json").resolve()
        if not path.is_relative_to(self._below.resolve()) or not path.is_file():
            raise KeyError(document)
        body = path.read_bytes()
        if self.form == "bundle":
            stated = self.digests.get(document_path(document))
            if hashlib.sha256(body).hexdigest() != stated:
                raise ArchiveUnreadableError(f"{path}: not the document that the manifest names")
        return body


class _Kind(msgspec.Struct):
    kind: str


class _Nation(msgspec.Struct):
    head: Head
    tiers: list[_Kind]


class _Pointer(msgspec.Struct):
    position: int
    root: str | None


class Archive:
    """The earlier elections in a folder; empty where there is no folder.

    Args:
        folder: Holds one folder per election, or is one; None for an empty archive.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._courses: dict[tuple[Path, int], Course] = {}
        self._lock = threading.Lock()

    def elections(self) -> tuple[list[Earlier], list[str]]:
        """Every earlier election, the latest poll first, and names of folders that are none."""
        found: list[Earlier] = []
        unreadable: list[str] = []
        for folder in self._folders():
            try:
                found.extend(_elections_in(folder))
            except (
                ArchiveUnreadableError,
                AuditDifference,
                msgspec.MsgspecError,
                OSError,
                KeyError,
            ):
                unreadable.append(folder.name)
        # Of two folders of one election the longer log counts, and a tree before a bundle.
        found.sort(key=lambda each: (each.position, each.form == "tree"))
        latest = {(each.environment, each.election): each for each in found}
        days = sorted(latest.values(), key=lambda each: (each.polling_day, each.election))
        return days[::-1], unreadable

    def election(self, environment: str, election: str) -> Earlier | None:
        """One of them."""
        for each in self.elections()[0]:
            if (each.environment, each.election) == (environment, election):
                return each
        return None

    def before(self, day: date, environment: str, kinds: set[str]) -> Earlier | None:
        """The last election before a day whose night can be compared.

        As real, with a kind in common, and recorded that night: the times of a replay are not
        those of anybody's work.
        """
        for each in self.elections()[0]:
            if (
                each.polling_day < day
                and each.environment == environment
                and not each.replay
                and kinds & set(each.kinds)
            ):
                return each
        return None

    def course(self, earlier: Earlier) -> Course:
        """How its night went, from what it published; read once."""
        with self._lock:
            key = (earlier.folder, earlier.position)
            if key not in self._courses:
                self._courses[key] = course_from_documents(
                    earlier.polling_day, _districts(earlier), _corrections(earlier)
                )
            return self._courses[key]

    def _folders(self) -> list[Path]:
        if self._folder is None or not self._folder.is_dir():
            return []
        if _is_one(self._folder):
            return [self._folder]
        return sorted(each for each in self._folder.iterdir() if each.is_dir())


def _is_one(folder: Path) -> bool:
    return (folder / _ELECTIONS).is_dir() or (folder / MANIFEST).is_file()


def _elections_in(folder: Path) -> Iterator[Earlier]:
    if (folder / MANIFEST).is_file():
        manifest = read_manifest((folder / MANIFEST).read_bytes())
        yield _earlier(folder, "bundle", manifest.size, manifest.root, manifest.files)
        return
    heads = sorted((folder / _ELECTIONS).glob(f"*/{HEAD}"))
    if not heads:
        raise ArchiveUnreadableError(f"{folder}: holds no published election")
    for head in heads:
        pointer = msgspec.json.decode(head.read_bytes(), type=_Pointer)
        yield _earlier(head.parent, "tree", pointer.position, pointer.root or "", {})


def _earlier(
    folder: Path, form: Form, position: int, root: str, digests: dict[str, str]
) -> Earlier:
    below = folder / "documents" if form == "bundle" else folder
    nation = msgspec.json.decode((below / "national.json").read_bytes(), type=_Nation)
    head = nation.head
    if head.environment not in {"live", "rehearsal"}:
        raise ArchiveUnreadableError(f"{folder}: environment {head.environment!r}")
    return Earlier(
        election=head.election,
        name=head.election_name,
        environment="live" if head.environment == "live" else "rehearsal",
        polling_day=head.polling_day,
        kinds=tuple(tier.kind for tier in nation.tiers),
        position=position,
        root=root,
        form=form,
        folder=folder,
        digests=digests,
        replay=head.replay,
    )


def _districts(earlier: Earlier) -> Iterator[DistrictDocument]:
    for document in earlier.documents:
        if document.startswith("districts/"):
            yield msgspec.json.decode(earlier.read(document), type=DistrictDocument)


def _corrections(earlier: Earlier) -> int:
    found = msgspec.json.decode(earlier.read("corrections"), type=CorrectionsDocument)
    return len(found.corrections)
