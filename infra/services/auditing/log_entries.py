"""Entries taken apart again: position, topic and the event as it was recorded."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple, NoReturn

import msgspec

from infra.services.auditing.sources.audit_difference import AuditDifference

_HEAD: Final = b'{"event":'
_TAIL = re.compile(rb',"position":(0|[1-9][0-9]{0,15}),"topic":"([a-z0-9.-]{1,64})"\}')
_BEGINS_TAIL: Final = b',"position":'


class AuditEntry(NamedTuple):
    """One entry.

    Attributes:
        position: Its place in the log, from 1.
        topic: Permanent name of the kind of event.
        state: The event as recorded.
    """

    position: int
    topic: str
    state: bytes


def split_entries(entries: Sequence[bytes], first: int = 1) -> list[AuditEntry]:
    """Take entries apart.

    Args:
        entries: In order.
        first: Position of the first.

    Raises:
        Difference: One is not an entry, or not at the position that it states.
    """
    return [_split(entry, position) for position, entry in enumerate(entries, start=first)]


def require_canonical(entry: AuditEntry) -> object:
    """The value of an event whose bytes are canonical JSON (RFC 8785) with integers only.

    Raises:
        Difference: They are not.
    """
    try:
        value: object = _DECODER.decode(entry.state)
        canonical = _ENCODER.encode(value)
    except (msgspec.MsgspecError, ValueError) as error:
        raise _not_canonical(entry, str(error)) from None
    if canonical != entry.state:
        raise _not_canonical(entry, "another spelling of the same value")
    return value


def _split(data: bytes, position: int) -> AuditEntry:
    begins = data.rfind(_BEGINS_TAIL)
    tail = _TAIL.fullmatch(data, begins) if begins >= 0 else None
    if tail is None or not data.startswith(_HEAD):
        raise AuditDifference(
            "event", f"entry {position}", expected="an entry", found=repr(data[-80:])
        )
    if int(tail[1]) != position:
        where, stated = f"entry {position}", tail[1].decode()
        raise AuditDifference("event", where, expected=f"position {position}", found=stated)
    return AuditEntry(position, tail[2].decode(), data[len(_HEAD) : begins])


def _not_canonical(entry: AuditEntry, said: str) -> AuditDifference:
    where = f"entry {entry.position}"
    return AuditDifference("event", where, expected="canonical JSON with integers only", found=said)


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"{text} is not an integer")


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(float_hook=_no_float)
