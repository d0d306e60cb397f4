"""What is said over figures that are not of an election as it is held."""

from typing import Final

_WARNINGS: Final = {
    "訓練": "【訓練】実際の結果ではありません",
    "再現": "【再現】公表された結果を後から記録したものです",
}


def figures_mark(*, is_rehearsal: bool, is_replay: bool) -> str:
    """訓練 or 再現; empty for an election as it is held."""
    return "訓練" if is_rehearsal else "再現" if is_replay else ""


def figures_warning(mark: str) -> str:
    """The sentence of a mark, for every page and file; empty for an election as it is held."""
    return _WARNINGS.get(mark, "")
