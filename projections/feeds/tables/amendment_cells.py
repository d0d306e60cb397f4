"""Changes of definitions as rows of the CSV of `corrections`."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from projections.documents.corrections_document import CorrectionsDocument
from projections.documents.rows.amendment_rows import AmendmentRow, TextChange
from projections.feeds.csv_cells import IdKind, TypedIds

_ID_FIELDS: Final[MappingProxyType[str, IdKind]] = MappingProxyType(
    {
        "code": "unit",
        "municipalities": "municipality",
        "order": "option",
        "party": "party",
        "prefecture": "prefecture",
        "prefectures": "prefecture",
        "set_aside": "unit",
        "units": "unit",
    }
)
"""Fields of definitions that hold ids."""


def amendment_cells(document: CorrectionsDocument) -> Iterator[list[object]]:
    """They replace no entry; what they are about stands where units do."""
    for row in document.amendments:
        about = TypedIds(_about_kind(row), row.about)
        for change in row.changes:
            yield [
                row.position, "", row.topic, row.contest, about, row.reason, row.office,
                row.recorded_at.isoformat(), change.field, *_texts(row, change),
                row.contest_name, row.about_name, "", change.field_name, "",
            ]  # fmt: skip


def _about_kind(row: AmendmentRow) -> IdKind:
    if row.contest:
        return "option"
    return "party" if row.topic.startswith("election.party") else "unit"


def _texts(row: AmendmentRow, change: TextChange) -> tuple[object, object]:
    """What stood and what stands: ids as ids, all else as text."""
    kind = _ID_FIELDS.get(change.field)
    if change.field == "id" and row.about:
        kind = _about_kind(row)
    if kind is None:
        return change.old, change.new
    return TypedIds(kind, change.old), TypedIds(kind, change.new)
