"""When each position was recorded, in eight bytes each; a copy shares them with its original."""

from array import array
from datetime import UTC, datetime, timedelta
from typing import Self, overload

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_SECONDS = 86_400
_MICROSECONDS = 1_000_000


class RecordedMoments:
    """RecordedMoments in the order of the log (UTC, to the microsecond).

    Args:
        kept: Microseconds since 1970; this sequence is their beginning.
        length: How many of them belong to it.
    """

    __slots__ = ("_kept", "_length")

    def __init__(self, kept: "array[int] | None" = None, length: int = 0) -> None:
        self._kept = array("q") if kept is None else kept
        self._length = length

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` gave."""
        kept = array("q")
        kept.frombytes(data)
        return cls(kept, len(kept))

    def to_bytes(self) -> bytes:
        """Eight bytes each, in the order of this machine."""
        return self._kept[: self._length].tobytes()

    def append(self, moment: datetime) -> None:
        """Add the moment of the next position."""
        since = moment - _EPOCH
        value = (since.days * _DAY_SECONDS + since.seconds) * _MICROSECONDS + since.microseconds
        if self._length != len(self._kept):
            self._kept = self._kept[: self._length]
        self._kept.append(value)
        self._length += 1

    def share(self) -> "RecordedMoments":
        """The same moments, to be continued apart."""
        return RecordedMoments(self._kept, self._length)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> datetime: ...
    @overload
    def __getitem__(self, index: slice) -> list[datetime]: ...
    def __getitem__(self, index: int | slice) -> datetime | list[datetime]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._length))]
        place = index + self._length if index < 0 else index
        if not 0 <= place < self._length:
            raise IndexError(index)
        return _EPOCH + timedelta(microseconds=self._kept[place])
