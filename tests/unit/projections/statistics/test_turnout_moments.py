"""Turnout by the hour and early voting by the day, as the report has them."""

from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.statistics.elections import CITY, JOINT, UPPER, UPPER_DAY
from tests.unit.projections.statistics.reading import report, row, rows

TEN, ELEVEN = "2024-10-27T10:00:00+09:00", "2024-10-27T11:00:00+09:00"


def hour(
    at: str, voters: tuple[int, int], unit: str = b.CHIYODA, *, final: bool = False
) -> Command:
    return b.turnout(b.figures((100, 100), voters), unit_code=unit, final=final, as_of=at)


def early(day: str, voters: int, absentee: int, unit: str = b.CHIYODA) -> Command:
    methods = {"on_the_day": 0, "early": voters, "absentee": absentee}
    given = b.figures((100, 100), (voters, absentee), by_method=methods)
    return b.turnout(given, unit_code=unit, final=False, as_of=f"2024-10-{day}T20:00:00+09:00")


def test_an_hour_sums_only_the_units_that_reported_it() -> None:
    ten_o_clock = hour(TEN, (10, 11)), hour(TEN, (5, 5), b.CHUO)
    made = report(*b.DISTRICT, *ten_o_clock, hour(ELEVEN, (20, 20)))

    table = made.table("turnout_by_hour")
    ten = row(table, unit_name="計", moment="2024-10-27 10:00")
    eleven = row(table, unit_name="計", moment="2024-10-27 11:00")
    assert (ten["voters_total"], ten["electors_total"], ten["rate_total"]) == (31, 400, 775)
    assert (eleven["reporting"], eleven["units"], eleven["voters_total"]) == (1, 2, 40)
    assert {ten["status"], eleven["status"]} == {"途中"}
    assert not rows(table, moment="確定")


def test_a_final_turnout_of_some_units_is_on_its_way() -> None:
    one = (*b.DISTRICT, hour(TEN, (1, 1)), hour(b.AT_22, (50, 50), final=True))
    both = (*one, hour(b.AT_22, (60, 60), b.CHUO, final=True))

    def total(*given: Command) -> dict[str, object]:
        return dict(row(report(*given).table("turnout_by_hour"), unit_name="計", moment="確定"))

    assert total(*one)["status"] == "途中"
    assert (total(*both)["status"], total(*both)["rate_total"]) == ("確定", 5500)


def test_a_day_of_early_voting_says_the_increase_only_where_the_day_before_is_known() -> None:
    given = (early("20", 3, 1), early("21", 7, 1), early("23", 9, 2))
    table = report(*b.DISTRICT, *given).table("early_voting_by_day")

    said = [(r["day"], r["early"], r["increase"]) for r in rows(table, unit_name="計")]
    assert said == [("2024-10-20", 3, None), ("2024-10-21", 7, 4), ("2024-10-23", 9, None)]


def test_where_no_hour_was_reported_there_is_no_table() -> None:
    made = report(*b.DISTRICT, hour(b.AT_22, (50, 50), final=True))

    assert not {"turnout_by_hour", "early_voting_by_day"} & {table.id for table in made.tables}


def test_several_prefectures_have_a_row_each_and_one_for_all() -> None:
    at = f"{UPPER_DAY}T10:00:00+09:00"
    given = (b.turnout(b.figures((50, 50), (9, 6)), JOINT, CITY, final=False, as_of=at),)
    made = report(*UPPER[:-2], *given)

    found = rows(made.table("turnout_by_hour"))
    assert [(each["prefecture"], each["contest"], each["units"]) for each in found] == [
        ("鳥取県", "", 2),
        ("合計", "", 3),
    ]
