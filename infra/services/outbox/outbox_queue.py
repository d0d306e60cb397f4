"""Postings on disk: in the order in which they were written, durable before anybody is answered.

One posting is one file, `waiting/000001.json`. Before it is sent, the signed envelope is stored
beside it (`000001.dsse.json`); whatever happens to the answer, the same bytes go out again, under
the same submission id, and the log records them once. Recorded and refused ones are moved away
with the answer they got.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from aggregates.base import SubmissionKey
from aggregates.commands.election_commands import Submission
from aggregates.decisions.office_chain import Link
from infra.adapters.event_log.event_codec import canonical

_WAITING: Final = "waiting"
_RECORDED: Final = "recorded"
_REFUSED: Final = "refused"
_ENVELOPE: Final = ".dsse.json"
_ANSWER: Final = ".answer.json"
_BODY: Final = ".json"
_LOCK: Final = "lock"
_DIGITS: Final = 6


class OutboxBusy(RuntimeError):  # noqa: N818 - it says what is the case
    """Another process sends from this outbox now."""


class OutboxDamaged(ValueError):  # noqa: N818
    """A file of the outbox is not what was written."""


class Waiting(msgspec.Struct, frozen=True):
    """A posting that waits.

    Attributes:
        number: Its place in the queue.
        submission: What is to be sent.
        envelope: The signed envelope, once it has been made; None before the first attempt.
    """

    number: int
    submission: Submission
    envelope: bytes | None


class _Named(msgspec.Struct, frozen=True):
    office: str
    submission_id: str


class Outbox:
    """The queue of one office in one folder.

    Args:
        folder: Made if it is missing; only its owner may read it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in (_WAITING, _RECORDED, _REFUSED):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)

    def add(self, submission: Submission) -> int:
        """Take a posting in; it is on disk when this returns. Gives its place in the queue."""
        with self._lock("adding"):
            # Names alone: a whole election is thousands of files, and each one added looks at them.
            names = (
                name
                for folder in (_WAITING, _RECORDED, _REFUSED)
                for name in os.listdir(self._folder / folder)  # noqa: PTH208 - names, no paths
            )
            numbers = (int(name[:_DIGITS]) for name in names if name[:_DIGITS].isdecimal())
            number = max(numbers, default=0) + 1
            _write(self._path(number, _BODY), canonical(submission))
        return number

    def waiting(self) -> list[Waiting]:
        """What waits, the oldest first.

        Raises:
            OutboxDamaged: A file cannot be read.
        """
        numbers = sorted(
            int(path.name[:_DIGITS])
            for path in (self._folder / _WAITING).glob(f"{'[0-9]' * _DIGITS}{_BODY}")
        )
        return [self._read(number) for number in numbers]

    def keep_envelope(self, number: int, envelope: bytes | None) -> None:
        """Store the bytes that are about to be sent; None to sign again."""
        path = self._path(number, _ENVELOPE)
        if envelope is not None:
            _write(path, envelope)
        else:
            path.unlink(missing_ok=True)
            _sync(path.parent)

    def keep_receipt(self, number: int, answer: bytes) -> None:
        """The log has it: move it away with its receipt."""
        self._move(number, answer, _RECORDED)

    def keep_refusal(self, number: int, answer: bytes) -> None:
        """The log does not want it: move it away with the reason, for people to look at."""
        self._move(number, answer, _REFUSED)

    def taken(self) -> set[SubmissionKey]:
        """What waits or is recorded: it is not to be added again.

        Raises:
            OutboxDamaged: A file cannot be read.
        """
        found = set()
        for folder in (_WAITING, _RECORDED):
            for path in (self._folder / folder).glob(f"{'[0-9]' * _DIGITS}{_BODY}"):
                try:
                    named = msgspec.json.decode(path.read_bytes(), type=_Named)
                except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                    raise OutboxDamaged(f"{path}: {error}") from error
                found.add(SubmissionKey(named.office, named.submission_id))
        return found

    def refusals(self) -> list[tuple[int, bytes]]:
        """What was refused and nobody has cleared away: number and answer."""
        found = sorted((self._folder / _REFUSED).glob(f"*{_ANSWER}"))
        return [(int(path.name[:_DIGITS]), path.read_bytes()) for path in found]

    def link(self, office: str) -> Link:
        """The last posting of an office that is known to be recorded."""
        path = self._folder / f"{office}.link.json"
        if not path.exists():
            return Link()
        try:
            return msgspec.json.decode(path.read_bytes(), type=Link)
        except msgspec.MsgspecError as error:
            raise OutboxDamaged(f"{path}: {error}") from error

    def keep_link(self, office: str, link: Link) -> None:
        """Remember the last posting of an office."""
        _write(self._folder / f"{office}.link.json", msgspec.json.encode(link))

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Only one process sends at a time.

        Raises:
            OutboxBusy: Another one does.
        """
        with self._lock(_LOCK, wait=False):
            yield

    def _read(self, number: int) -> Waiting:
        path, envelope = self._path(number, _BODY), self._path(number, _ENVELOPE)
        try:
            submission = msgspec.json.decode(path.read_bytes(), type=Submission)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise OutboxDamaged(f"{path}: {error}") from error
        return Waiting(number, submission, envelope.read_bytes() if envelope.exists() else None)

    def _move(self, number: int, answer: bytes, where: str) -> None:
        # The answer first: a crash in between leaves the posting waiting, and sending it again
        # gives the same answer.
        _write(self._folder / where / f"{number:0{_DIGITS}}{_ANSWER}", answer)
        for suffix in (_ENVELOPE, _BODY):
            path = self._path(number, suffix)
            if path.exists():
                path.rename(self._folder / where / path.name)
        _sync(self._folder / where)
        _sync(self._folder / _WAITING)

    def _path(self, number: int, suffix: str) -> Path:
        return self._folder / _WAITING / f"{number:0{_DIGITS}}{suffix}"

    @contextmanager
    def _lock(self, name: str, *, wait: bool = True) -> Iterator[None]:
        with (self._folder / f".{name}").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise OutboxBusy(f"{self._folder}: 別の処理が送信中です。") from None
            yield


def _write(path: Path, data: bytes) -> None:
    """Durable and whole or not at all: a file aside, fsync, rename, fsync of the folder."""
    aside = path.with_name(f".{path.name}.new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
