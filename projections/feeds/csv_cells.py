"""The one writer of CSV: what every file of cells that leaves here has in common.

A text that begins like a formula would run in the spreadsheet of anyone who opens the file. Texts
come from people; so each that begins so has an apostrophe before it, and a spreadsheet shows a
text.
"""

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How texts begin that spreadsheets take for formulas."""


def text_cell(text: str) -> str:
    """A text as it stands in a cell, never a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_text(rows: Iterable[Sequence[str]], *, line_end: str = "\r\n") -> str:
    """Cells that are ready, as RFC 4180 has them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end).writerows(rows)
    return out.getvalue()
