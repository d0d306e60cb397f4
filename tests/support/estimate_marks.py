"""Where two nights differ that had the same figures spread otherwise, each place says 推計."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import TABLES, every_row
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT, document_formats
from projections.statistics.table import Table
from projections.statistics.tables.table_catalogue import build_report

MARK = "推計"
Nights = tuple[ElectionProjection, ElectionProjection]


def unmarked_places(nights: Nights, seen: Counter[str]) -> Iterator[str]:
    """Every place of every document, format and table that differs and does not say why.

    Args:
        nights: The two.
        seen: Counts by format what differs, marked or not.
    """
    for document in nights[0].versions:
        for form in document_formats(document):
            yield from _unmarked_in(nights, document, form.suffix, seen)
    for table in TABLES:
        names = [column.name for column in table.all_columns]
        for one, other in zip(*(every_row(table, night) for night in nights), strict=True):
            if one == other:
                continue
            seen["SQL"] += 1
            if not dict(zip(names, one, strict=True)).get("estimated"):
                yield f"SQL {table.name} {one}"
    reports = (build_report(night).tables for night in nights)
    for made, again in zip(*reports, strict=True):
        if made.rows == again.rows:
            continue
        seen["report"] += 1
        if not is_marked_table(made, again):
            yield f"report {made.id}"


def _unmarked_in(nights: Nights, document: str, suffix: str, seen: Counter[str]) -> Iterator[str]:
    one, other = (write(night, document, FORMAT[suffix]) for night in nights)
    if one == other:
        return
    seen[suffix] += 1
    if suffix == ".json":
        pair = (msgspec.json.decode(each) for each in (one, other))
        yield from (f"{document}{suffix} {path}" for path in unmarked_paths(*pair))
    elif suffix == ".csv":
        for row, again in zip(*(csv_rows(night, document) for night in nights), strict=True):
            if row != again and not is_marked_row(row):
                yield f"{document}{suffix} {row}"
    elif MARK not in one.decode():
        yield f"{document}{suffix}"


def unmarked_paths(one: Any, other: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Paths that differ although nothing above them says that it is estimated."""
    if one == other:
        return
    if isinstance(one, dict):
        for name in one:
            if not _says(one, name):
                yield from unmarked_paths(one[name], other[name], f"{path}/{name}")
    elif isinstance(one, list) and len(one) == len(other):
        for number, (own, others) in enumerate(zip(one, other, strict=True)):
            yield from unmarked_paths(own, others, f"{path}/{number}")
    else:
        yield path


def _says(found: dict[str, Any], name: str) -> bool:
    """Whether an object says of a field that it is estimated: of this one, or of all it has."""
    said = found.get("estimated_fields") or found.get("estimated") or ()
    return said is True or any(name == each or name.startswith(f"{each}_") for each in said or ())


def csv_rows(night: ElectionProjection, document: str) -> list[dict[str, str]]:
    """A document as CSV."""
    text = write(night, document, FORMAT[".csv"]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def is_marked_row(row: dict[str, str]) -> bool:
    """Whether a row of CSV says that it has an estimate."""
    marks = [cell for name, cell in row.items() if name.endswith("estimated")]
    return any(cell not in {"", "0"} for cell in marks)


def is_marked_table(table: Table, other: Table) -> bool:
    """Whether a table says it below, or in every row that differs from that of another night."""
    if any(MARK in note for note in table.notes):
        return True
    pairs = zip(table.records(), other.records(), strict=True)
    return all(row.get("estimated") for row, after in pairs if row != after)
