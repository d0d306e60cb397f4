"""Tables of the report on pages: whole where they fit, else in parts that lose no row."""

from hypothesis import given
from hypothesis import strategies as st

from projections.statistics.report_parts import page_parts, part_name
from projections.statistics.table import Table, columns, keys
from tests import builders as b
from tests.unit.projections.statistics.reading import report, rows


def table(row_count: int, column_count: int) -> Table:
    return Table(
        id="x",
        number="1",
        title="表",
        columns=(
            *keys(("place", "場所")),
            *columns("count", *((f"n{n}", f"数{n}") for n in range(column_count))),
        ),
        rows=tuple((f"区{n}", *range(n, n + column_count)) for n in range(row_count)),
    )


@given(st.integers(0, 60), st.integers(1, 4), st.integers(5, 80))
def test_no_row_is_lost_and_no_page_is_too_large(
    row_count: int, column_count: int, cells_max: int
) -> None:
    pages = page_parts(table(row_count, column_count), cells_max)

    shown = [row[0] for page in pages for grid in page for row in grid.rows]
    assert shown == [f"区{n}" for n in range(row_count)]
    for page in pages:
        cells = sum(len(g.rows) * (len(g.stubs) + len(g.kinds)) for g in page)
        assert cells <= cells_max


def test_a_part_says_what_it_holds() -> None:
    pages = page_parts(table(9, 2), cells_max=12)

    assert [part_name(page, n) for n, page in enumerate(pages, 1)] == [
        "（1～4行）",
        "（5～8行）",
        "（9～9行）",
    ]
    assert part_name(page_parts(table(3, 1))[0], 1) == "1"


def test_nobody_has_won_or_lost_before_the_declaration() -> None:
    sheet = b.sheet({b.A: 60, b.B: 40})
    counted = (*b.DISTRICT, b.tally(sheet), b.tally(sheet, unit_code=b.CHUO))

    before = rows(report(*counted).table("smd_candidates"))
    after = rows(report(*counted, b.declare(b.DISTRICT_1, b.A)).table("smd_candidates"))

    assert [(row["elected"], row["result_mark"]) for row in before] == [(None, "")] * 2
    assert [row["result_mark"] for row in after] == ["当", "落"]
