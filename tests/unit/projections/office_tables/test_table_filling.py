"""Tables written in the layout in which they are read."""

from collections.abc import Mapping
from datetime import datetime

from aggregates.reference.japan_time import JAPAN_TIME
from projections.office_tables.figure_names import FigureItem
from projections.office_tables.filling.table_filling import (
    FilledTable,
    TableFilling,
    UnitFilling,
    fill_table,
)
from projections.office_tables.table_entries import FigureKey
from projections.office_tables.table_reading import read_table
from tests.support.budgets import examples
from tests.support.layout_fillings import count_fillings
from tests.unit.projections.office_tables.sheets import POLLING_DAY, WORDS, grid, votes

LATE = datetime(2026, 2, 9, 1, 5, tzinfo=JAPAN_TIME)
SAMPLE = """
衆議院小選挙区選出議員選挙　開票結果
令和8年2月8日執行 | | 2月8日 22時30分　確定
団体コード | 開票区 | 甲野　一男 | 乙川　さくら | 丙田　実 | 得票率 | 備考
1 | 海野市 | 10 | 20 | 30 | 50.00 |
2 | 山辺市 | 1 | 2 | 3 | 50.00 |
 | 市計 | 11 | 22 | 33 | 50.00 |
3 | 東川町 | 5 | 5 | 5 | 50.00 |
 | 合計 | 16 | 27 | 38 | 50.00 |
"""
TRIED = 60


def filling(figures: Mapping[str, tuple[int, ...]], state: str = "確定") -> TableFilling:
    units = {
        ("district", unit): UnitFilling(
            state,
            {
                FigureKey(FigureItem("votes", option)): number * 1000
                for option, number in zip("abc", own, strict=True)
            },
        )
        for unit, own in figures.items()
    }
    return TableFilling(units, LATE, POLLING_DAY)


def write(given: TableFilling, sample: str = SAMPLE) -> FilledTable:
    sheet = grid(sample)
    return fill_table(sheet, read_table(sheet, WORDS), WORDS, given)


ALL = {"u1": (7, 8, 9), "u2": (70, 80, 90), "u3": (1, 1, 0)}


def test_what_is_written_is_read_again_with_its_sums_and_moment() -> None:
    filled = write(filling(ALL))
    table = read_table(filled.grid, WORDS)

    assert filled.doubts == ()
    assert votes(table) == {u: dict(zip("abc", own, strict=True)) for u, own in ALL.items()}
    assert (table.as_of, {row.state for row in table.rows}) == (LATE, {"確定"})
    cells = {line.cells[1]: line.cells[2:5] for line in filled.grid.lines if len(line.cells) > 4}
    assert (cells["市計"], cells["合計"]) == (("77", "88", "99"), ("78", "89", "99"))


def test_codes_stay_and_rates_of_the_sample_do_not() -> None:
    filled = write(filling(ALL))

    body = [line.cells for line in filled.grid.lines[3:]]
    assert [line[0] for line in body] == ["1", "2", "", "3", ""]
    assert {line[5] for line in body} == {""}
    assert any("得票率" in note.sentence for note in filled.notes)


def test_what_is_not_known_stays_empty_and_makes_the_table_an_interim_one() -> None:
    filled = write(filling({"u1": (7, 8, 9), "u3": (1, 1, 0)}))
    table = read_table(filled.grid, WORDS)

    assert filled.doubts == ()
    assert set(votes(table)) == {"u1", "u3"}
    assert {row.state for row in table.rows} == {"中間"}


def test_a_sample_that_does_not_add_up_is_no_sample() -> None:
    filled = write(filling(ALL), SAMPLE.replace("| 38 |", "| 39 |"))

    assert any("足すと" in doubt.sentence for doubt in filled.doubts)
    assert filled.grid == grid(SAMPLE.replace("| 38 |", "| 39 |"))


def test_a_sum_that_could_be_of_two_groups_is_not_written() -> None:
    twice = """
    令和8年2月8日執行 | | 2月8日 22時30分　確定
    開票区 | 甲野　一男 | 乙川　さくら | 丙田　実
    海野市 | 1 | 2 | 3
    計 | 1 | 2 | 3
    山辺市 | 1 | 2 | 3
    """
    filled = write(filling({"u1": (7, 8, 9), "u2": (70, 80, 90)}), twice)

    assert ["「計」がどの開票区の合計か" in each.sentence for each in filled.doubts] == [True]


def test_every_made_up_layout_that_is_written_says_what_was_to_be_written() -> None:
    counts, unwanted = count_fillings(range(examples(TRIED)))

    assert not set(counts) - {"right", "refused"}, unwanted
    assert counts["right"] >= 0.9 * counts.total(), unwanted
