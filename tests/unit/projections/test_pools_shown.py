"""Shared ballots (按分票) as readers see them: documents, corrections, data sheets."""

from projections.feeds.analyst_tables import BY_NAME, every_row
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from projections.statistics.ledger import Ledger
from projections.statistics.paper.proceedings import sheets
from tests import builders as b
from tests.unit.projections.nights import Office

SHARED = b.tally(b.sheet_with_pools({b.A: 2, b.B: 1}, b.pool("山田", 1, b.A, b.B)))
POOL = {
    "name": "山田",
    "ballots": 1,
    "sharers": [
        {"option": b.A, "own": 2000, "share": 666},
        {"option": b.B, "own": 1000, "share": 333},
    ],
}


def test_a_contest_shows_the_pools_of_each_unit() -> None:
    office = Office(*b.DISTRICT, SHARED)

    units = {row["unit"]: row for row in office.document(f"contests/{b.DISTRICT_1}")["units"]}

    assert units[b.CHIYODA]["pools"] == [POOL]
    assert units[b.CHIYODA]["thousandths"] == {b.A: 2_666, b.B: 1_333}
    assert "pools" not in units[b.CHUO]


def test_a_unit_shows_its_pools_or_why_it_has_none() -> None:
    unstated = {**b.divided_sheet({b.A: 2_666, b.B: 1_333}, 4, cut=1), "pools_unstated": "表にない"}
    office = Office(*b.DISTRICT, SHARED, b.tally(unstated, unit_code=b.CHUO))

    (here,) = office.document(f"districts/{b.CHIYODA}")["contests"]
    (there,) = office.document(f"districts/{b.CHUO}")["contests"]

    assert here["tally"]["pools"] == [POOL]
    assert there["tally"]["pools_unstated"] == "表にない"


def test_a_correction_names_the_pool_whose_ballots_changed() -> None:
    right = b.sheet_with_pools({b.A: 2, b.B: 1}, b.pool("山田", 4, b.A, b.B))
    office = Office(*b.DISTRICT, SHARED, b.correction(right))

    (row,) = office.document("corrections")["corrections"]

    assert {"field": "pools/山田", "name": "按分票「山田」", "old": 1, "new": 4} in row["changes"]


def test_the_data_sheet_of_a_count_says_what_was_divided() -> None:
    facts = dict(next(sheets(Ledger(Office(*b.DISTRICT, SHARED).night))).facts)

    assert facts["按分票「山田」1票"] == (
        "13-01-A 0.666（按分前 2.000）、13-01-B 0.333（按分前 1.000）、切捨て 0.001、属さない 0.000"
    )


def test_every_pool_stands_in_one_document_and_its_table() -> None:
    unstated = {**b.divided_sheet({b.A: 2_666, b.B: 1_333}, 4, cut=1), "pools_unstated": "表にない"}
    office = Office(*b.DISTRICT)
    assert "pools" not in office.night.versions

    changed = office.post(SHARED, b.tally(unstated, unit_code=b.CHUO))
    document = office.document("pools")
    table = write(office.night, "pools", FORMAT[".csv"]).decode().splitlines()

    assert "pools" in changed
    assert [row["cut"]["thousandths"] for row in document["pools"]] == [1]
    assert [row["reason"] for row in document["unstated"]] == ["表にない"]
    assert any(f"option:{b.A},2.000,2000,0.666,666,0.001,1,0.000,0," in line for line in table)
    assert ",表にない," in table[-1]


def test_a_pool_that_is_corrected_away_leaves_the_document() -> None:
    office = Office(*b.DISTRICT, SHARED)

    changed = office.post(b.correction(b.sheet({b.A: 3, b.B: 1})))

    assert "pools" in changed
    assert office.document("pools")["pools"] == []


def test_analysts_have_a_row_for_every_sharer_also_of_a_pool_taken_off() -> None:
    office = Office(*b.DISTRICT, SHARED)

    def rows() -> list[tuple[object, ...]]:
        return [row[2:-1] for row in every_row(BY_NAME["unit_pools"], office.night)]

    assert rows() == [("山田", b.A, True, 1, 2_000, 666), ("山田", b.B, True, 1, 1_000, 333)]
    office.post(b.correction(b.sheet({b.A: 3, b.B: 1})))
    assert rows() == [("山田", each, False, None, None, None) for each in (b.A, b.B)]
