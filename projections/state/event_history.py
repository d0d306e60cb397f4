"""The events of one count in order: positions, and the events themselves where they are kept.

A night is mostly reports that a later one has replaced. Nobody asks for them but who looks at one
count, so a process that runs for long remembers where they stand and decodes them when asked.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import Self, overload

from aggregates.base import Event


class EventSource:
    """Where the events of a log are found again by their positions."""

    __slots__ = ()

    def events(self, positions: Sequence[int]) -> list[Event]:
        """The events at these positions, in the order in which they are asked for."""
        raise NotImplementedError


class HeldHistory(list[tuple[int, Event]]):
    """(position, event) of every event of a stream, all in memory: for states of short life."""

    __slots__ = ()

    def add(self, position: int, event: Event) -> None:
        """Add the next event of the stream."""
        self.append((position, event))

    def share(self) -> "HeldHistory":
        """The same history, to be continued apart."""
        return HeldHistory(self)

    @property
    def last(self) -> Event | None:
        """The last event; None before the first."""
        return self[-1][1] if self else None

    @property
    def last_position(self) -> int:
        """Position of the last event; 0 before the first."""
        return self[-1][0] if self else 0

    def positions_bytes(self) -> bytes:
        """Where the events stand in the log, as `EventHistory.from_bytes` reads it."""
        return array("Q", [position for position, _ in self]).tobytes()

    def position_by_version(self, version: int) -> int:
        """Position of the event with this number in its stream.

        Raises:
            LookupError: The history has none of this number.
        """
        for position, event in self:
            if event.originator_version == version:
                return position
        raise LookupError(f"no event has number {version}")


class EventHistory:
    """(position, event) of every event of a stream, the oldest first.

    Iterating backwards decodes no more than is taken. A copy shares the positions with its
    original, and takes positions of its own before it adds one: threads go on from copies at once.

    Args:
        source: Where the events are.
        positions: Positions; this history is their beginning.
        length: How many of them belong to it.
        last: The event at the last of them; None for an empty history.
    """

    __slots__ = ("_is_owner", "_length", "_positions", "last", "source")

    def __init__(
        self,
        source: EventSource,
        positions: "array[int] | None" = None,
        length: int = 0,
        last: Event | None = None,
    ) -> None:
        self.source = source
        self._positions = array("Q") if positions is None else positions
        self._length = length
        self._is_owner = positions is None
        self.last = last

    @classmethod
    def from_bytes(cls, source: EventSource, positions: bytes, last: Event | None) -> Self:
        """The history with these positions, as `positions_bytes` gave them."""
        kept = array("Q")
        kept.frombytes(positions)
        return cls(source, kept, len(kept), last)

    def add(self, position: int, event: Event) -> None:
        """Add the next event of the stream."""
        if not self._is_owner:
            self._positions = self._positions[: self._length]
            self._is_owner = True
        self._positions.append(position)
        self._length += 1
        self.last = event

    def share(self) -> "EventHistory":
        """The same history, to be continued apart."""
        return EventHistory(self.source, self._positions, self._length, self.last)

    def positions_bytes(self) -> bytes:
        """Where the events stand in the log, as `from_bytes` reads it."""
        return self._positions[: self._length].tobytes()

    @property
    def last_position(self) -> int:
        """Position of the last event; 0 before the first."""
        return self._positions[self._length - 1] if self._length else 0

    def position_by_version(self, version: int) -> int:
        """Position of the event with this number in its stream, of which none is left out.

        Raises:
            LookupError: The history has none of this number.
        """
        last = self.last.originator_version if self.last is not None else 0
        place = self._length - 1 - (last - version)
        if not 0 <= place < self._length:
            raise LookupError(f"no event has number {version}")
        return self._positions[place]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[tuple[int, Event]]:
        return iter(self[:])

    def __reversed__(self) -> Iterator[tuple[int, Event]]:
        for place in range(self._length - 1, -1, -1):
            yield self[place]

    @overload
    def __getitem__(self, index: int) -> tuple[int, Event]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, Event]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, Event] | list[tuple[int, Event]]:
        if isinstance(index, slice):
            asked = self._positions[: self._length][index]
            return list(zip(asked, self.source.events(asked), strict=True))
        place = index + self._length if index < 0 else index
        if not 0 <= place < self._length:
            raise IndexError(index)
        position = self._positions[place]
        if place == self._length - 1 and self.last is not None:
            return position, self.last
        return position, self.source.events((position,))[0]


History = EventHistory | HeldHistory


def begin_history(source: EventSource | None) -> History:
    """An empty history; one that holds its events where they are found nowhere else."""
    return HeldHistory() if source is None else EventHistory(source)
