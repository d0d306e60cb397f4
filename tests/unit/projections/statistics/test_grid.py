"""Tables laid out for the eye."""

from projections.statistics.grid import GridHead, Layout, grids
from projections.statistics.table import Column, Table
from projections.statistics.table_layouts import lay_out
from tests.unit.projections.statistics.reading import report
from tests.unit.projections.statistics.test_tables import HOUSE_NIGHT

SMALL = Table(
    id="small",
    number="1",
    title="小さな表",
    columns=(
        Column("place", "場所", key=True),
        Column("party", "党派", key=True),
        Column("male", "投票者数 男", "count"),
        Column("female", "投票者数 女", "count"),
    ),
    rows=(("東京都", "甲", 1, 2), ("東京都", "__TOTAL__", 3, 4), ("合計", "__TOTAL__", 5, None)),
)


def test_values_go_across_under_merged_headings() -> None:
    (grid,) = grids(SMALL, Layout(stubs=("place",), across=("party",)))

    assert grid.heads == (
        (GridHead("甲", 2), GridHead("計", 2)),
        (GridHead("投票者数", 2), GridHead("投票者数", 2)),
        tuple(GridHead(text, 1) for text in ("男", "女", "男", "女")),
    )
    assert grid.rows == (("東京都", 1, 2, 3, 4), ("合計", None, None, 5, None))
    assert grid.totals == {1}


def test_every_row_of_every_table_has_as_many_cells_as_headings() -> None:
    for table in report(*HOUSE_NIGHT).tables:
        for grid in lay_out(table):
            width = len(grid.stubs) + len(grid.kinds)
            assert all(len(row) == width for row in grid.rows), table.id
            for heads in grid.heads:
                assert sum(head.span for head in heads) == len(grid.kinds), table.id


def test_no_figure_is_lost_in_a_layout() -> None:
    votes = report(*HOUSE_NIGHT).table("smd_votes_by_unit")

    laid = sum(
        cell
        for grid in lay_out(votes)
        for row in grid.rows
        for cell in row
        if isinstance(cell, int)
    )
    assert laid == sum(r["votes"] for r in votes.records() if isinstance(r["votes"], int))
