"""Rows of decisions: one per person or option that a decision names."""

from collections.abc import Iterator
from typing import Final

import msgspec

from projections.documents.whole_election.declarations_document import (
    DeclarationRow,
    DeclarationsDocument,
)

DECISION_COLUMNS: Final = (
    "entry", "replaces", "reason", "recorded_at", "contest", "contest_name", "decision",
    "person", "name", "order", "vacant", "uncontested", "contradicted", "term",
)  # fmt: skip


def decision_rows(document: DeclarationsDocument) -> Iterator[list[object]]:
    """The rows of every decision in force."""
    for row in document.declarations:
        for decided in _named_by(row):
            yield [
                row.position, row.replaces, row.reason, row.recorded_at.isoformat(), row.contest,
                row.name, *decided, row.vacant, row.uncontested, row.contradicted,
                _term(row, decided[1]),
            ]  # fmt: skip


def _term(row: DeclarationRow, person: object) -> str | None:
    """Long or short, where an election fills seats of both terms (POEA 115)."""
    if row.long_terms is msgspec.UNSET or person is None:
        return None
    return "long" if person in row.long_terms else "short"


def _named_by(row: DeclarationRow) -> Iterator[tuple[object, ...]]:
    """(decision, person, name, order) of a decision; one that names nobody is a row as well."""
    adopted = [] if row.adopted is msgspec.UNSET else row.adopted
    named = (("elected", row.elected), ("dismissed", row.dismissed), ("adopted", adopted))
    for decision, people in named:
        for order, person in enumerate(people, start=1):
            yield decision, person.id, person.name, order
    if not any(people for _, people in named):
        yield _NOBODY.get(row.ballot, "nobody-elected"), None, None, None


_NOBODY = {"justices": "nobody-dismissed", "options": "nothing-adopted"}
