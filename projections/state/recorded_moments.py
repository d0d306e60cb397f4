"""When each position was recorded; a copy shares what was recorded before it was made."""

from array import array
from datetime import UTC, datetime, timedelta
from typing import Self, overload

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_SECONDS = 86_400
_MICROSECONDS = 1_000_000


class RecordedMoments:
    """Moments in the order of the log (UTC, to the microsecond).

    What came last is as it came; it is packed into eight bytes each when a copy is made.

    Args:
        packed: Microseconds since 1970; this sequence begins with them.
        length: How many of them belong to it.

    Attributes:
        append: Adds the moment of the next position; the method of a list, for it is called with
            every event.
    """

    __slots__ = ("_length", "_packed", "_recent", "append")

    def __init__(self, packed: "array[int] | None" = None, length: int = 0) -> None:
        self._packed = array("q") if packed is None else packed
        self._length = length
        self._recent: list[datetime] = []
        self.append = self._recent.append

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` gave."""
        packed = array("q")
        packed.frombytes(data)
        return cls(packed, len(packed))

    def to_bytes(self) -> bytes:
        """Eight bytes each, in the order of this machine."""
        own = self._packed[: self._length]
        own.extend(map(_microseconds, self._recent))
        return own.tobytes()

    def share(self) -> "RecordedMoments":
        """The same moments, to be continued apart."""
        if self._recent:
            if self._length != len(self._packed):
                self._packed = self._packed[: self._length]
            self._packed.extend(map(_microseconds, self._recent))
            self._length = len(self._packed)
            self._recent.clear()
        return RecordedMoments(self._packed, self._length)

    def __len__(self) -> int:
        return self._length + len(self._recent)

    @overload
    def __getitem__(self, index: int) -> datetime: ...
    @overload
    def __getitem__(self, index: slice) -> list[datetime]: ...
    def __getitem__(self, index: int | slice) -> datetime | list[datetime]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        if place >= self._length:
            return self._recent[place - self._length]
        return _EPOCH + timedelta(microseconds=self._packed[place])


def _microseconds(moment: datetime) -> int:
    since = moment - _EPOCH
    return (since.days * _DAY_SECONDS + since.seconds) * _MICROSECONDS + since.microseconds
