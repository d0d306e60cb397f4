"""Figures as people read them on paper: thousands apart, △ for less than zero."""

from projections.statistics.table import Cell, Kind, format_cell

MINUS = "△"


def figure(kind: Kind, cell: Cell) -> str:
    """A cell as it is printed in a laid-out table."""
    text = format_cell(kind, cell)
    if kind == "text" or cell is None or isinstance(cell, str):
        return text
    whole, point, rest = text.removeprefix("-").partition(".")
    grouped = f"{int(whole):,}{point}{rest}"
    return f"{MINUS}{grouped}" if text.startswith("-") else grouped
