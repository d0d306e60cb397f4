"""Marks of units that have finished: 確, ◎ under 確定, and what says that counting goes on."""

from collections.abc import Sequence
from typing import Final

from aggregates.reference.name_folding import fold_width

_FINAL: Final = frozenset({"確", "確定", "済", "終了", "終", "結了", "最終", "完了"})
_INTERIM: Final = frozenset({"中", "中間", "速報", "途中", "開票中", "未", "未確定"})
_SIGNS: Final = frozenset({"◎", "○", "◯", "●", "✓", "★", "*", "＊"})
"""Signs, which mean nothing without a heading that says 確定."""


def is_state_column(texts: Sequence[str], *, has_heading: bool) -> bool:
    """Whether a column holds nothing but marks of what is final."""
    found = {fold_width(text) for text in texts} - {""}
    known = _FINAL | _INTERIM | (_SIGNS if has_heading else frozenset())
    return bool(found) and found <= known


def state_in(text: str) -> str:
    """確定 or 中間; an empty cell in such a column is of a unit that still counts."""
    word = fold_width(text)
    return "確定" if word in _FINAL | _SIGNS else "中間"
