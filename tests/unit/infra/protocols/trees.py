"""A second, naive way to the tree: RFC 6962 section 2.1 as it is written, without any storage."""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache

from infra.protocols.protocol_errors import TileMissing
from infra.protocols.signed_note.keys import PrivateKey
from infra.protocols.signed_note.note import COSIGNATURE, Signer
from infra.protocols.tlog.tiles import Growth

ORIGIN = "log.example/REHEARSAL/house51"


def entry(number: int) -> bytes:
    """Entry number so and so."""
    return b'{"index":%d}' % number


def entries(size: int, start: int = 0) -> list[bytes]:
    return [entry(number) for number in range(start, size)]


def naive_root(items: tuple[bytes, ...]) -> bytes:
    """MTH(D[n])."""
    if not items:
        return hashlib.sha256(b"").digest()
    if len(items) == 1:
        return hashlib.sha256(b"\x00" + items[0]).digest()
    k = 1
    while k * 2 < len(items):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(items[:k]) + naive_root(items[k:])).digest()


@cache
def root_between(start: int, end: int) -> bytes:
    """MTH(D[start:end]) of the numbered entries."""
    if end == start:
        return hashlib.sha256(b"").digest()
    if end - start == 1:
        return hashlib.sha256(b"\x00" + entry(start)).digest()
    k = 1
    while k * 2 < end - start:
        k *= 2
    left, right = root_between(start, start + k), root_between(start + k, end)
    return hashlib.sha256(b"\x01" + left + right).digest()


def naive_path(number: int, start: int, end: int) -> list[bytes]:
    """PATH(m, D[start:end]) with the entry's number counted from the beginning of the log."""
    if end - start == 1:
        return []
    k = 1
    while k * 2 < end - start:
        k *= 2
    split = start + k
    if number < split:
        return [*naive_path(number, start, split), root_between(split, end)]
    return [*naive_path(number, split, end), root_between(start, split)]


def naive_consistency(old: int, start: int, end: int, *, known: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[start:end], b) with the old size counted from the beginning of the log."""
    if old == end:
        return [] if known else [root_between(start, end)]
    k = 1
    while k * 2 < end - start:
        k *= 2
    split = start + k
    if old <= split:
        return [*naive_consistency(old, start, split, known=known), root_between(split, end)]
    return [*naive_consistency(old, split, end, known=False), root_between(start, split)]


class MemoryTiles(dict[str, bytes]):
    """Files in a dictionary."""

    def read(self, path: str) -> bytes:
        if path not in self:
            raise TileMissing(path)
        return self[path]


def grown(*sizes: int) -> tuple[MemoryTiles, Growth]:
    """The tiles of a log that got checkpoints at these sizes."""
    tiles, growth, size = MemoryTiles(), Growth(), 0
    for following in sizes:
        tiles.update(growth.add(entries(following, size)))
        size = following
    return tiles, growth


def log_signer(seed: bytes = b"log", origin: str = ORIGIN) -> Signer:
    return Signer(origin, private_key(seed))


def witness_signer(name: str = "witness.example/w1") -> Signer:
    return Signer(name, private_key(name.encode()), COSIGNATURE)


def private_key(seed: bytes) -> PrivateKey:
    return PrivateKey(hashlib.sha256(seed).digest())


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 2, 8, 11, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def forward(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
