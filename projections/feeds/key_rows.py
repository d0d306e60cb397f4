"""The table of offices and their keys."""

from collections.abc import Iterator

from projections.documents.offices_document import OfficesDocument

KEY_COLUMNS = (
    "office", "name", "role", "founder", "prefecture", "parent", "units",
    "signatures_required", "registered_at", "keyid", "public_key", "key_state",
    "enrolled_at", "enrolled_by", "approved_at", "approved_by", "ended_at", "reason",
)  # fmt: skip


def key_rows(document: OfficesDocument) -> Iterator[list[object]]:
    """One row per key; an office without one has a row as well."""
    for office in document.offices:
        own = [
            office.id, office.name, office.role, office.founder, office.prefecture, office.parent,
            " ".join(office.units), office.signatures_required, office.registered_at,
        ]  # fmt: skip
        for key in office.keys:
            yield [
                *own, key.keyid, key.public_key, key.state, key.enrolled_at, key.enrolled_by,
                key.approved_at, key.approved_by, key.ended_at, key.reason,
            ]  # fmt: skip
        if not office.keys:
            yield [*own, *("" for _ in range(9))]
