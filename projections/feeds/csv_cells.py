"""The one writer of CSV: what every file of cells that leaves here has in common.

A text that begins like a formula would run in the spreadsheet of anyone who opens the file. Texts
come from people; so each that begins so has an apostrophe before it, and a spreadsheet shows a
text.

An id looks like a figure to spreadsheets and to pandas: `13-10-1` becomes a date, `01` loses its
zero. So a column of ids names the kind of each before it: `option:13-10-1`, `prefecture:01`
(decision 0022). Ids of contests need none: `house-district/13-10` begins with its kind anyway.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple, get_args

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""

IdKind = Literal[
    "election", "municipality", "prefecture", "unit", "party", "option", "office", "key", "survey"
]
"""What an id is of: `option` for whatever stands on a ballot, lists and their members included."""


class TypedIds(NamedTuple):
    """Ids in a column that holds ids of several kinds.

    Attributes:
        kind: What they are of.
        ids: One id, or several with a blank or 、 between.
    """

    kind: IdKind
    ids: str


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How texts begin that spreadsheets take for formulas."""
_ID: Final = rf"(?:{'|'.join(get_args(IdKind))}):([A-Za-z0-9][A-Za-z0-9.-]*)"
_EACH: Final = re.compile(r"[^ 、]+")
_PREFIX: Final = re.compile(_ID)
_BETWEEN: Final = r"[ 、,，]+"
_IDS: Final = re.compile(rf"{_ID}(?:{_BETWEEN}{_ID})*")


def text_cell(text: str) -> str:
    """A text as it stands in a cell, never a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def bare_text(cell: str) -> str:
    """A cell of a text as it was before `text_cell`; every other cell is returned as it is.

    An apostrophe that somebody typed before such a text is taken for ours, as spreadsheets do.
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def id_cell(kind: IdKind, ids: str) -> str:
    """An id as it stands in a cell, never a figure or a date; empty for none.

    Args:
        kind: What it is of.
        ids: One id, or several with a blank or 、 between.
    """
    return _EACH.sub(rf"{kind}:\g<0>", ids)


def bare_ids(cell: str) -> str:
    """A cell of ids without their kinds, as files from before format 8 have them.

    Every other cell is returned as it is.
    """
    return _PREFIX.sub(r"\1", cell) if _IDS.fullmatch(cell) else cell


def csv_text(rows: Iterable[Sequence[str]], *, line_end: str = "\r\n") -> str:
    """Cells that are ready, as RFC 4180 has them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end).writerows(rows)
    return out.getvalue()
