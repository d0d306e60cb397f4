"""Tables in the layout of a sample of the office, with what the log has."""

from pathlib import Path

import pytest

from infra.services.importing.import_faults import Faults
from infra.services.importing.table_source import read_sheets
from infra.services.importing.tallies.office_sheets import as_grid
from infra.services.table_export.layout_export import LayoutNotWritten, write_in_layout
from projections.election_projection import ElectionProjection
from projections.office_tables.filling.recorded_filling import recorded_vocabulary
from projections.office_tables.table_reading import OfficeTable, read_table
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

FINALS = b.finals(b.DISTRICT_1, b.sheet({b.A: 30, b.B: 20}, invalid=2), b.sheet({b.A: 4, b.B: 5}))
SAMPLE = """=1,小選挙区　開票結果
,10月27日 21時30分　中間速報
開票区,{a},{b},有効投票数,無効投票数,投票総数
{x},1,2,3,0,3
{y},1,1,2,1,3
計,2,3,5,1,6
"""


def night(*commands: Command) -> ElectionProjection:
    return Office(*b.DISTRICT, *commands).night


def sample(tmp_path: Path, state: ElectionProjection, text: str = SAMPLE) -> Path:
    units = state.register().units
    names = [each.name for each in state.contests[b.DISTRICT_1].options.values()]
    path = tmp_path / "sample.csv"
    x, y = units[b.CHIYODA].name, units[b.CHUO].name
    path.write_text(text.format(a=names[0], b=names[1], x=x, y=y), encoding="utf-8")
    return path


def read(path: Path, state: ElectionProjection) -> OfficeTable:
    ((name, lines),) = read_sheets(path, Faults()).items()
    grid = as_grid(name, lines)
    return read_table(grid, recorded_vocabulary(state, [grid]))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_figures_on_record_are_read_back_from_either_file(tmp_path: Path, ending: str) -> None:
    state = night(*FINALS)
    out = tmp_path / f"out.{ending}"

    write_in_layout(state, sample(tmp_path, state), out)

    table = read(out, state)
    assert (table.doubts, table.row_doubts) == ((), ())
    said = {
        row.unit: [f.value // 1000 for f in row.figures if f.key.item.kind != "sum"]
        for row in table.rows
    }
    assert said == {b.CHIYODA: [30, 20, 50, 2, 52], b.CHUO: [4, 5, 9, 0, 9]}
    assert {row.state for row in table.rows} == {"確定"}
    cells = [
        cell for lines in read_sheets(out, Faults()).values() for e in lines for cell in e.cells
    ]
    assert "【訓練】実際の結果ではありません" in cells


def test_a_cell_of_the_sample_is_no_formula_in_what_is_written(tmp_path: Path) -> None:
    state = night(*FINALS)
    out = tmp_path / "out.csv"

    write_in_layout(state, sample(tmp_path, state), out)

    assert out.read_text("utf-8-sig").startswith("'=1,")


def test_before_the_first_report_nothing_is_written(tmp_path: Path) -> None:
    state = night()

    with pytest.raises(LayoutNotWritten, match="まだ報告がありません"):
        write_in_layout(state, sample(tmp_path, state), tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_a_sample_that_does_not_add_up_is_named_by_its_row(tmp_path: Path) -> None:
    state = night(*FINALS)
    wrong = sample(tmp_path, state, SAMPLE.replace("計,2,3,5", "計,2,4,5"))

    with pytest.raises(LayoutNotWritten, match="6行目"):
        write_in_layout(state, wrong, tmp_path / "out.csv")


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    state = night(*FINALS)
    (tmp_path / "out.csv").write_text("ours", encoding="utf-8")

    with pytest.raises(FileExistsError):
        write_in_layout(state, sample(tmp_path, state), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "ours"
