"""Streams of a compound file (MS-CFB): the container of workbooks before 2007."""

import struct
from typing import Final

from infra.adapters.spreadsheets.spreadsheet_errors import WorkbookUnreadable

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are no sectors."""
_ENTRY_BYTES: Final = 128
_HEADER_SECTORS: Final = 109
_STREAM, _ROOT = 2, 5


def read_stream(content: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream of these names.

    Raises:
        WorkbookUnreadable: It is no compound file, or none of its streams has such a name.
    """
    try:
        return _CompoundFile(content).stream(names)
    except (struct.error, IndexError) as error:
        raise WorkbookUnreadable(str(error)) from error


class _CompoundFile:
    def __init__(self, content: bytes) -> None:
        if not content.startswith(SIGNATURE):
            raise WorkbookUnreadable("the sectors of the file do not lead anywhere")
        self._content = content
        sector_shift, mini_shift = struct.unpack_from("<HH", content, 30)
        self._size, self._mini_size = 1 << sector_shift, 1 << mini_shift
        self._directory, _, self._cutoff, first_mini = struct.unpack_from("<IIII", content, 48)
        self._table = self._sector_table()
        self._mini_table = _numbers(self._chain(first_mini))
        self._mini = b""

    def stream(self, names: tuple[str, ...]) -> bytes:
        found: tuple[int, int] | None = None
        entries = self._chain(self._directory)
        for at in range(0, len(entries), _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            first, size = struct.unpack_from("<II", entries, at + 116)
            name = entries[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
            if kind == _ROOT:
                self._mini = self._chain(first)[:size]
            elif kind == _STREAM and name in names and found is None:
                found = first, size
        if found is None:
            raise WorkbookUnreadable("the sectors of the file do not lead anywhere")
        first, size = found
        return (self._chain(first) if size >= self._cutoff else self._mini_chain(first))[:size]

    def _sector_table(self) -> list[int]:
        """Sector -> the next one: the header lists the first sectors of this table."""
        sectors = [*struct.unpack_from(f"<{_HEADER_SECTORS}I", self._content, 76)]
        more, many = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(many, len(self._content) // self._size)):
            if more >= _END:
                break
            *found, more = _numbers(self._sector(more))
            sectors += found
        table: list[int] = []
        for sector in sectors:
            if sector < _END:
                table += _numbers(self._sector(sector))
        return table

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        # A chain that returns to itself would never end.
        for _ in range(len(self._content) // self._size + 1):
            if sector >= _END:
                return b"".join(parts)
            parts.append(self._sector(sector))
            sector = self._table[sector]
        raise WorkbookUnreadable("the sectors of the file do not lead anywhere")

    def _mini_chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        for _ in range(len(self._mini) // self._mini_size + 1):
            if sector >= _END:
                return b"".join(parts)
            parts.append(self._mini[sector * self._mini_size :][: self._mini_size])
            sector = self._mini_table[sector]
        raise WorkbookUnreadable("the sectors of the file do not lead anywhere")


def _numbers(data: bytes) -> list[int]:
    return [*struct.unpack(f"<{len(data) // 4}I", data)]
