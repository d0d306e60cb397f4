"""Server-sent events as they are read: bytes in, events out (WHATWG HTML, 9.2.6)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class SseEvent(NamedTuple):
    """One event.

    Attributes:
        id: Its id; empty when it has none.
        data: Its data.
    """

    id: str
    data: str


def events_in(lines: Iterable[str]) -> Iterator[SseEvent]:
    """The events of a stream; an event that was cut off is not one."""
    own_id, data = "", list[str]()
    for line in lines:
        if not line:
            if data:
                yield SseEvent(own_id, "\n".join(data))
            data = []
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "id":
            own_id = value
        elif name == "data":
            data.append(value)
