"""The one maker of workbooks: a text stays a text in every cell, whatever it begins with.

The library would make a formula of a text with an equals sign, a link of one that looks like an
address, and a number of one with digits, wherever a cell is not written as a text by name.
"""

from pathlib import Path
from typing import BinaryIO

from typing_extensions import override
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

_NAME_MAX = 31
_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "・"))
"""Characters that a sheet's name cannot have, or not at its ends."""

_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class _TextWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose file fails as every other file does."""

    @override
    def close(self) -> None:
        """Write it.

        Raises:
            OSError: It cannot be written there.
        """
        try:
            super().close()
        except FileCreateError as error:
            raise error.args[0] from None


def text_workbook(place: Path | BinaryIO) -> Workbook:
    """A workbook that is written when it is closed."""
    return _TextWorkbook(place, {**_AS_TEXT, "in_memory": not isinstance(place, Path)})


def sheet_name(text: str, taken: set[str]) -> str:
    """A name for a sheet: at most 31 characters, each name once whatever its case."""
    name = text.translate(_NO_NAME)[:_NAME_MAX]
    if name.casefold() in {each.casefold() for each in taken}:
        name = f"{name[: _NAME_MAX - 4]}~{len(taken)}"
    return name


def head_and_foot(sheet: Worksheet, *, left: str, right: str, foot: str) -> None:
    """What stands above and below every page; `&` in a text is no code of the printer.

    Args:
        sheet: The sheet.
        left: Above, on the left.
        right: Above, on the right.
        foot: Below, on the left, beside the numbers of pages.
    """
    sheet.set_header(f"&L{_plain(left)}&R{_plain(right)}")
    sheet.set_footer(f"&L{_plain(foot)}&C&P / &N")


def _plain(text: str) -> str:
    return text.replace("&", "&&")
