"""Whatever depends on an estimate is marked 推計, in every format.

One night is told twice; the second time estimated figures are spread otherwise over the units, with
the same sums. Everything that differs between the two is an estimate, and has to say so.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import TABLES, every_row
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT, document_formats
from projections.statistics.ledger import Ledger
from projections.statistics.table import Table
from projections.statistics.tables.proceedings import sheets
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

SPREAD = ["cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters"]
PLACES = ((b.DISTRICT_1, "d1", b.CHIYODA), (b.DISTRICT_2, "d2", b.CHUO))
MARK = "推計"


def told(more: int) -> ElectionProjection:
    """Two districts of a unit each: the first has so many more of everything that was spread."""
    office = Office(*b.HOUSE, b.OPEN)
    for (contest, stem, unit), sign in zip(PLACES, (1, -1), strict=True):
        office.post(*_reports(contest, stem, unit, sign * more))
    return office.night


def _reports(contest: str, stem: str, unit: str, more: int) -> tuple[Command, ...]:
    valid, invalid, gone = 1010 + more, 20 + more, 5 + more
    sheet = {
        "votes": {f"{stem}-ao": 600_000, f"{stem}-aka": 400_000},
        "cut": 500 * more + 1_000,
        "nobody": 9_000 + 500 * more,
        "valid": valid,
        "invalid": invalid,
        "ballots": valid + invalid,
        "taken_away": gone,
        "rejected": 2 + more,
        "voters": valid + invalid + gone + 2 + more,
        "estimated": SPREAD,
        "pools_unstated": "公表からは分からない。",
    }
    voters = 500 + 4 * more
    turnout = b.figures((900 + more, 900 - more), (voters, 537), estimated=True)
    return b.turnout(turnout, contest, unit), b.tally(sheet, contest, unit)


@pytest.fixture(scope="module")
def nights() -> tuple[ElectionProjection, ElectionProjection]:
    return told(0), told(2)


Nights = tuple[ElectionProjection, ElectionProjection]


def test_in_every_document(nights: Nights) -> None:
    changed = 0
    for document in nights[0].versions:
        one, other = (msgspec.json.decode(write(n, document, FORMAT[".json"])) for n in nights)
        for path in _unmarked(one, other):
            pytest.fail(f"{document} {path} is estimated and does not say so")
        changed += one != other
    assert changed > 3


def _unmarked(one: Any, other: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Paths that differ although nothing above them says that it is estimated."""
    if one == other:
        return
    if isinstance(one, dict):
        if not _says(one):
            for name in one:
                yield from _unmarked(one[name], other[name], f"{path}/{name}")
    elif isinstance(one, list) and len(one) == len(other):
        for number, (own, others) in enumerate(zip(one, other, strict=True)):
            yield from _unmarked(own, others, f"{path}/{number}")
    else:
        yield path


def _says(found: dict[str, Any]) -> bool:
    parts = (found, *(found.get(name) or {} for name in ("sheet", "poll", "tally")))
    return any(part.get("estimated") for part in parts)


def test_in_every_row_of_csv(nights: Nights) -> None:
    changed = 0
    for document in nights[0].versions:
        one, other = (_rows(night, document) for night in nights)
        for before, after in zip(one, other, strict=True):
            if before == after:
                continue
            changed += 1
            marks = [cell for name, cell in before.items() if name.endswith("estimated")]
            assert any(cell not in {"", "0"} for cell in marks), f"{document} {before}"
    assert changed > 3


def _rows(night: ElectionProjection, document: str) -> list[dict[str, str]]:
    text = write(night, document, FORMAT[".csv"]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("suffix", [".nist.json", ".nist.xml", ".atom"])
def test_in_nist_and_atom(nights: Nights, suffix: str) -> None:
    for document in nights[0].versions:
        if FORMAT[suffix] in document_formats(document):
            one, other = (write(night, document, FORMAT[suffix]).decode() for night in nights)
            assert one == other or MARK in one, document


def test_in_every_table_of_sql_and_parquet(nights: Nights) -> None:
    changed = set()
    for table in TABLES:
        names = [column.name for column in table.all_columns]
        one, other = (every_row(table, night) for night in nights)
        for before, after in zip(one, other, strict=True):
            if before != after:
                changed.add(table.name)
                assert dict(zip(names, before, strict=True)).get("estimated"), f"{table} {before}"
    assert changed == {"unit_sheets", "turnout"}


def test_in_every_table_of_the_report(nights: Nights) -> None:
    one, other = (build_report(night).tables for night in nights)
    changed = [(t, u) for t, u in zip(one, other, strict=True) if t.rows != u.rows]
    assert {table.id for table, _ in changed} >= {"smd_ballots_by_unit"}
    for table, after in changed:
        assert _notes_or_rows_say_it(table, after), table.id


def _notes_or_rows_say_it(table: Table, other: Table) -> bool:
    if any(MARK in note for note in table.notes):
        return True
    pairs = zip(table.records(), other.records(), strict=True)
    return all(row.get("estimated") for row, after in pairs if row != after)


def test_in_the_minutes(nights: Nights) -> None:
    one, other = (list(sheets(Ledger(night))) for night in nights)
    changed = 0
    for before, after in zip(one, other, strict=True):
        for (label, figure), (_, figure_after) in zip(before.facts, after.facts, strict=True):
            if figure != figure_after:
                changed += 1
                assert MARK in figure, f"{before.title} {label} {figure}"
    assert changed >= len(SPREAD)
