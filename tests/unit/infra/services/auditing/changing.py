"""Random changes of bytes, and whether who verifies notices."""

import random
from collections.abc import Callable
from pathlib import Path

from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.open_source import open_source
from infra.services.auditing.verification import verify
from tests.unit.infra.services.auditing.published import Published


def is_found(where: Path, published: Published) -> bool:
    """Whether whoever holds the key and one checkpoint notices."""
    kept = [("kept", published.checkpoint())]
    try:
        with open_source(str(where)) as source:
            verify(source, key=published.key, kept=kept)
    except AuditDifference:
        return True
    return False


Change = Callable[[random.Random, bytes], bytes]


def flipped(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def deleted(chance: random.Random, data: bytes) -> bytes:
    begin, end = sorted((chance.randrange(len(data)), chance.randrange(len(data)) + 1))
    return data[:begin] + data[end:]


def duplicated(chance: random.Random, data: bytes) -> bytes:
    begin, end = sorted((chance.randrange(len(data)), chance.randrange(len(data)) + 1))
    return data[:end] + data[begin:end] + data[end:]


def swapped(chance: random.Random, data: bytes) -> bytes:
    a, b, c = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def truncated(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


IN_FILE: tuple[Change, ...] = (flipped, deleted, duplicated, swapped, truncated)
_TRIES = 100


def changed(chance: random.Random, data: bytes, change: Change | None = None) -> bytes:
    """Other bytes than these, changed in this way or, where it makes none of them, in another."""
    tries = _TRIES if change is not None else 0
    while True:
        way = change if change is not None and tries > 0 else chance.choice(IN_FILE)
        found = way(chance, data)
        if found != data:
            return found
        tries -= 1
