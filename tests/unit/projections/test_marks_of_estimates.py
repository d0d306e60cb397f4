"""Whatever depends on an estimate is marked 推計, in every format.

One night is told twice; the second time estimated figures are spread otherwise over the units, with
the same sums. Everything that differs between the two is an estimate, and has to say so.
"""

import msgspec
import pytest

from infra.services.auditing.recorded_changes import changes as recorded_changes
from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import TABLES, every_row
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT, document_formats
from projections.statistics.ledger import Ledger
from projections.statistics.paper.proceedings import sheets
from projections.statistics.paper.wall_notices import wall_notices
from projections.statistics.tables.report_changes import changes
from projections.statistics.tables.table_catalogue import build_report
from projections.views.board_view import board, turnout_rows
from projections.views.document_diff import differences
from tests import builders as b
from tests.builders.estimates import SPREAD, spread_night
from tests.support.estimate_marks import (
    MARK,
    csv_rows,
    is_marked_row,
    is_marked_table,
    unmarked_paths,
)
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

SPREAD_CONTESTS = (b.DISTRICT_1, b.DISTRICT_2)
Nights = tuple[ElectionProjection, ElectionProjection]


def told(more: int) -> ElectionProjection:
    """The night of `tests/builders/estimates.py`."""
    office = Office(*b.HOUSE, b.OPEN)
    office.post(*spread_night(more))
    return office.night


@pytest.fixture(scope="module")
def nights() -> tuple[ElectionProjection, ElectionProjection]:
    return told(0), told(1)


def test_in_every_document(nights: Nights) -> None:
    changed = 0
    for document in nights[0].versions:
        one, other = (msgspec.json.decode(write(n, document, FORMAT[".json"])) for n in nights)
        for path in unmarked_paths(one, other):
            pytest.fail(f"{document} {path} is estimated and does not say so")
        changed += one != other
    assert changed > 3


def test_in_every_row_of_csv(nights: Nights) -> None:
    changed = 0
    for document in nights[0].versions:
        one, other = (csv_rows(night, document) for night in nights)
        for before, after in zip(one, other, strict=True):
            if before == after:
                continue
            changed += 1
            assert is_marked_row(before), f"{document} {before}"
    assert changed > 3


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
    assert changed == {"unit_sheets", "turnout", "corrections"}


def test_in_every_table_of_the_report(nights: Nights) -> None:
    one, other = (build_report(night).tables for night in nights)
    changed = [(t, u) for t, u in zip(one, other, strict=True) if t.rows != u.rows]
    assert {table.id for table, _ in changed} >= {"smd_ballots_by_unit"}
    for table, after in changed:
        assert is_marked_table(table, after), table.id


def test_in_what_a_report_says_of_the_one_before() -> None:
    office = Office(*b.HOUSE, b.OPEN)
    before = build_report(office.night)
    office.post(*spread_night(0))

    table = changes(before, build_report(office.night))

    rows = [row for row in table.records() if row["table"] == "smd_ballots_by_unit"]
    assert rows
    assert all(MARK in str(row["estimated"]) for row in rows)
    assert any(not row["estimated"] for row in table.records())


def test_in_differences_between_two_moments(nights: Nights) -> None:
    one, other = (write(night, "districts/13101", FORMAT[".json"]) for night in nights)

    shown = differences(msgspec.json.decode(one), msgspec.json.decode(other))
    recorded = {each.path: each for each in recorded_changes(one, other)}

    figures = {each.path[-2:]: each.estimated for each in shown}
    assert figures["tally", "valid"] == figures["tally", "cut"] == ("old", "new")
    assert [each for each in shown if not each.estimated] == []
    assert recorded[f"contests[{b.DISTRICT_1}].tally.valid"].estimated == ("before", "after")
    assert [each.path for each in recorded.values() if not each.estimated] == []


def test_on_the_board(nights: Nights) -> None:
    rows = [row for row in board(nights[0]).rows if row.contest in SPREAD_CONTESTS]
    turnout = {row.contest: row for row in turnout_rows(nights[0], "house-district")}

    assert [row.estimated for row in rows] == [True, True]
    # The first district has counted its turnout since.
    assert [turnout[contest].estimated for contest in SPREAD_CONTESTS] == [False, True]


def test_a_share_of_an_estimate_is_none() -> None:
    _, _, turnout, *_ = spread_night(0)
    interim = b.tally(b.sheet({"d2-ao": 400, "d2-aka": 100}), b.DISTRICT_2, b.CHUO, final=False)

    office = Office(*b.HOUSE, b.OPEN, turnout, interim)

    progress = office.document(f"contests/{b.DISTRICT_2}")["progress"]
    assert (progress["basis"], progress["counted_percent"]) == ("units", 0.0)


def test_in_the_minutes(nights: Nights) -> None:
    one, other = (list(sheets(Ledger(night))) for night in nights)
    changed = 0
    for before, after in zip(one, other, strict=True):
        for (label, figure), (_, figure_after) in zip(before.facts, after.facts, strict=True):
            if figure != figure_after:
                changed += 1
                assert MARK in figure, f"{before.title} {label} {figure}"
    assert changed >= len(SPREAD)


def test_on_the_wall(nights: Nights) -> None:
    one, other = (list(wall_notices(Ledger(night))) for night in nights)
    for before, after in zip(one, other, strict=True):
        assert before.votes == after.votes
        for (label, figure), (_, figure_after) in zip(before.sums, after.sums, strict=True):
            assert figure == figure_after or MARK in figure, f"{before.title} {label} {figure}"
    assert any(MARK in figure for notice in one for _, figure in notice.sums)


def test_in_csv_of_the_units_of_a_block() -> None:
    one, other = (
        csv_rows(Office(*b.HOUSE, b.OPEN, _spread_list(more)).night, f"contest-units/{b.BLOCK}/13")
        for more in (0, 1)
    )
    changed = [row for row, after in zip(one, other, strict=True) if row != after]
    assert changed
    assert [row for row in changed if not is_marked_row(row)] == []


def _spread_list(more: int) -> Command:
    spread = ["invalid", "ballots", "voters"]
    return b.tally(
        b.sheet({"ao": 60, "aka": 40}, invalid=3 + more, estimated=spread), b.BLOCK, b.CHIYODA
    )
