"""Tables of an official publication, read cell by cell.

Every cell is asked for by what it must be, so that a wrong one is refused with its file, line and
column instead of becoming a wrong figure. Votes become integer thousandths by way of decimals.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

import msgspec

from aggregates.election.identifiers import VOTE, ElectionId

TWord = TypeVar("TWord")

_FLAGS = {"true": True, "false": False}
_FIRST_LINE = 2
"""The line of the first row; line 1 holds the names of the columns."""


class FolderUnusable(Exception):  # noqa: N818 - says what the folder is
    """The folder does not hold what a replay needs; the sentence says what is wrong and where."""


def parse_election_id(name: str, example: str) -> str:
    """The election that a folder's name begins with.

    Args:
        name: Of the folder: the election, a hyphen, whatever else.
        example: A right one of its kind, for the message.

    Raises:
        FolderUnusable: It begins with none.
    """
    try:
        return msgspec.convert(name.partition("-")[0], ElectionId)
    except msgspec.ValidationError as error:
        raise FolderUnusable(
            f"{name}: フォルダー名が {example} の形ではなく、選挙の名が決まりません"
        ) from error


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """One row of a table, with its place for messages."""

    file: str
    line: int
    cells: dict[str, str]

    def refuse(self, column: str, why: str) -> FolderUnusable:
        """An error that names this cell."""
        shown = self.cells.get(column, "")
        return FolderUnusable(f"{self.file} {self.line}行目 {column}列「{shown}」: {why}")

    def text(self, column: str) -> str:
        """The cell without surrounding blanks."""
        return self.cells[column].strip()

    def required_text(self, column: str) -> str:
        """The cell, which must not be empty.

        Raises:
            FolderUnusable: It is.
        """
        if not (text := self.text(column)):
            raise self.refuse(column, "空欄です。値が必要です")
        return text

    def word(self, column: str, words: Mapping[str, TWord]) -> TWord | None:
        """What one of some words means; None where the cell is empty.

        Raises:
            FolderUnusable: It is none of them.
        """
        if (written := self.text(column)) and written not in words:
            raise self.refuse(column, f"{'・'.join(words)} のいずれかが必要です")
        return words.get(written)

    def flag(self, column: str) -> bool:
        """`true` or `false`."""
        if (text := self.text(column).lower()) not in _FLAGS:
            raise self.refuse(column, "true か false が必要です")
        return _FLAGS[text]

    def whole(self, column: str) -> int:
        """A whole number from 0; an empty cell is 0, as the publication prints it."""
        thousandths = self.votes(column)
        if thousandths % VOTE:
            raise self.refuse(column, "整数が必要です")
        return thousandths // VOTE

    def signed_whole(self, column: str) -> int:
        """A whole number that may be below zero, as 持ち帰り is with more ballots than voters."""
        written = unicodedata.normalize("NFKC", self.text(column)).replace(",", "")
        if not written.removeprefix("-").isdecimal():
            raise self.refuse(column, "整数が必要です")
        return int(written)

    def optional_whole(self, column: str) -> int | None:
        """A whole number from 0, or None where the cell is empty."""
        return self.whole(column) if self.text(column) else None

    def votes(self, column: str) -> int:
        """Votes in thousandths; an empty cell is 0."""
        return self._thousandths(column) if self.text(column) else 0

    def optional_votes(self, column: str) -> int | None:
        """Thousandths of what the cell states, or None where it is empty."""
        return self._thousandths(column) if self.text(column) else None

    def required_votes(self, column: str) -> int:
        """Thousandths of somebody's votes: who stood and has none has a 0 there.

        Raises:
            FolderUnusable: The cell is empty, or no number of votes.
        """
        self.required_text(column)
        return self._thousandths(column)

    def _thousandths(self, column: str) -> int:
        written = unicodedata.normalize("NFKC", self.text(column)).replace(",", "")
        try:
            scaled = Decimal(written) * VOTE
        except InvalidOperation:
            raise self.refuse(column, "数が必要です") from None
        if not scaled.is_finite() or scaled < 0:
            raise self.refuse(column, "0以上の数が必要です")
        if scaled != scaled.to_integral_value():
            raise self.refuse(column, "小数は3桁までです")
        return int(scaled)


def build_rows(
    name: str, lines: Sequence[list[str]], columns: Iterable[str]
) -> tuple[OfficialRow, ...]:
    """The rows of a table, empty lines left out.

    Args:
        name: Of the table, for messages.
        lines: Its cells, line by line, the names of the columns first.
        columns: Columns that must be there; others are read along.

    Raises:
        FolderUnusable: The table is empty, lacks a column, or a row is short.
    """
    if not lines:
        raise FolderUnusable(f"{name}: 空のファイルです")
    header = [column.strip() for column in lines[0]]
    if missing := [column for column in columns if column not in header]:
        raise FolderUnusable(f"{name}: 列がありません: {', '.join(missing)}")
    return tuple(
        _row(name, line, header, cells)
        for line, cells in enumerate(lines[1:], start=_FIRST_LINE)
        if any(cells)
    )


def _row(name: str, line: int, header: list[str], cells: list[str]) -> OfficialRow:
    if len(cells) != len(header):
        raise FolderUnusable(
            f"{name} {line}行目: {len(cells)}列あります。{len(header)}列が必要です"
        )
    return OfficialRow(name, line, dict(zip(header, cells, strict=True)))
