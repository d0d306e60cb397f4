"""Deposits in the report: who loses what, before and after the councils decide."""

import pytest

from projections.statistics.table import TOTAL
from tests import builders as b
from tests.unit.projections.statistics.reading import report, row, rows
from tests.unit.projections.statistics.test_tables import HOUSE_NIGHT

C = "13-01-c"
THREE = (
    *b.REGISTER,
    b.contest(b.DISTRICT_1, [b.CHIYODA]),
    b.candidates(b.DISTRICT_1, b.A, b.B, C, party="ao"),
    b.OPEN,
)
COUNTED = b.tally(b.sheet({b.A: 60, b.B: 31, C: 9}))
WON = b.declare(b.DISTRICT_1, b.A)


def test_below_a_tenth_of_the_valid_votes_the_deposit_is_lost() -> None:
    made = report(*THREE, COUNTED, WON)

    total = row(made.table("deposits_smd"), party=TOTAL)
    assert (total["candidates"], total["forfeiting"]) == (3, 1)
    assert (total["deposited"], total["forfeited"]) == (9_000_000, 3_000_000)


def test_nothing_is_lost_before_the_council_decides_and_the_table_says_so() -> None:
    table = report(*THREE, COUNTED).table("deposits_smd")

    assert row(table, party=TOTAL)["forfeited"] == 0
    assert any(b.DISTRICT_1 in note for note in table.notes)


@pytest.mark.parametrize(
    ("cause", "lost"), [("withdrawn", 3_000_000), ("dismissed", 3_000_000), ("died", 0)]
)
def test_who_gives_up_loses_the_deposit_and_who_dies_does_not(cause: str, lost: int) -> None:
    gone = b.withdraw(b.DISTRICT_1, C, cause, day=b.EVE)
    counted = b.tally(b.sheet({b.A: 60, b.B: 40}))
    table = report(*THREE, gone, counted, WON).table("deposits_smd")

    total = row(table, party=TOTAL)
    assert (total["candidates"], total["forfeited"]) == (3, lost)


def test_nobody_loses_where_nobody_voted() -> None:
    alone = (*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A), b.OPEN, WON)

    assert row(report(*alone).table("deposits_smd"), party=TOTAL)["forfeited"] == 0


def test_a_house_list_keeps_what_districts_and_seats_cover() -> None:
    table = report(*HOUSE_NIGHT).table("deposits_pr_lists")

    # Two dual candidates and one who stands on the list only: 12 million each. ao won a district
    # and one seat: 3 and 12 million come back; aka won a district and two seats.
    assert rows(table) == [
        {
            "election_id": "r06-10-27", "block": "東京都", "party": party, "members": 3, "dual": 2,
            "deposited": 12_000_000, "district_winners": 1, "seats": seats, "forfeited": 0,
        }
        for party, seats in (("ao党", 1), ("aka党", 2))
    ]  # fmt: skip


def test_a_list_without_a_seat_loses_everything() -> None:
    sheet = b.sheet(
        {"ao": 90, "ao-1": 3, "ao-2": 2, "ao-first": 0, "aka": 5, "aka-1": 0, "aka-2": 0}
    )
    decided = b.declare(b.UPPER, "ao-first", "ao-1", "ao-2")
    made = report(*b.UPPER_LIST, b.OPEN, *b.finals(b.UPPER, sheet, sheet), decided)

    lost = {r["party"]: r["forfeited"] for r in rows(made.table("deposits_list_lists"))}
    assert lost == {"ao党": 0, "aka党": 12_000_000}
    assert row(made.table("deposits_list"), party=TOTAL)["forfeited"] == 12_000_000


def test_a_withdrawn_list_loses_everything() -> None:
    made = report(*b.HOUSE, b.withdraw(b.BLOCK, "aka", "withdrawn"), b.OPEN)

    assert row(made.table("deposits_pr_lists"), party="aka党")["forfeited"] == 12_000_000
    assert row(made.table("deposits_pr_lists"), party="ao党")["forfeited"] is None
