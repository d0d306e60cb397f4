"""What a table would send, a line a report, for who confirms it."""

from collections.abc import Iterator
from typing import Final

from aggregates.election.tally import format_votes
from infra.services.importing.tallies.report_assembly import Draft, about
from projections.office_tables.figure_names import FIGURES, KEEP, THOUSANDTHS, FigureItem

_STATES: Final = {"interim": "中間", "final": "確定", "correction": "訂正"}
_WORDS: Final = {item: word for word, item in reversed(FIGURES.items())}
_DIVIDED: Final = frozenset({"votes", "no", "sum", "share"})


def draft_line(draft: Draft) -> str:
    """Contest, unit, moment, state, and every figure."""
    return f"{about(draft)} {_STATES[draft.state]}　{'　'.join(_figures(draft))}"


def _figures(draft: Draft) -> Iterator[str]:
    names = draft.known.names()
    for item, value in draft.values.items():
        is_divided = item.kind in _DIVIDED or item.name in THOUSANDTHS
        number = format_votes(value) if is_divided else str(value)
        yield f"{_word(item, names)} {number}"


def _word(item: FigureItem, names: dict[str, str]) -> str:
    name = names.get(item.name, item.name)
    return f"{name} {KEEP}" if item.kind == "no" else _WORDS.get(item, name)
