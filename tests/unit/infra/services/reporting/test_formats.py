"""The same figures in every format, and on each what it is."""

import csv
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from infra.services.reporting import html_report, report_csv, report_pdf, report_workbook
from infra.services.reporting import proceedings_pdf as sheets
from infra.services.reporting.charts import seats_chart, turnout_map
from infra.services.reporting.grid_panels import panels
from infra.services.reporting.issued_report import Issue
from infra.services.reporting.number_format import figure
from infra.services.reporting.paper import tally_form_pdf, wall_pdf, winners_pdf
from infra.services.reporting.print_layout import SheetLayout, height, row_count
from infra.services.reporting.report_workbook import sheet_names
from projections.feeds.csv_cells import csv_text, id_cell
from projections.statistics.grid import GridHead, PrintedGrid
from projections.statistics.table import Cell, Kind, Table
from projections.statistics.table_layouts import lay_out
from tests.unit.infra.services.reporting.issued import SITE, issued
from tests.unit.infra.services.reporting.paper import pages_of
from tests.unit.infra.services.reporting.recalculated import converted, missing_rows, sheets_of
from tests.unit.projections.statistics.elections import UPPER


@pytest.fixture(scope="module")
def issue() -> Issue:
    return issued()


def cells(path: Path, sheet: str) -> list[list[object]]:
    book = CalamineWorkbook.from_path(path)
    name = next(each for each in book.sheet_names if sheet in each)
    return [list(row) for row in book.get_sheet_by_name(name).to_python()]


def test_the_workbook_has_a_sheet_per_table_and_its_totals(issue: Issue, tmp_path: Path) -> None:
    (path,) = report_workbook.write(issue, tmp_path)

    names = CalamineWorkbook.from_path(path).sheet_names
    assert len(names) == len(issue.report.tables) + 1
    votes = cells(path, "3(7) 都道府県別党派別得票数")
    assert votes[-1][-3:] == [80.0, 120.0, 200.0]
    contents = [str(cell) for row in cells(path, "目次") for cell in row]
    assert any("訓練（実際の結果ではありません）" in cell for cell in contents)


@pytest.mark.slow  # another office suite starts: a quarter of a minute
def test_libreoffice_opens_the_workbook_and_agrees(issue: Issue, tmp_path: Path) -> None:
    (path,) = report_workbook.write(issue, tmp_path)

    sheets = sheets_of(converted(path, tmp_path))

    for table, name in zip(issue.report.tables, list(sheets)[1:], strict=True):
        assert missing_rows(table, sheets[name]) == [], name
    ids = ["01", "13-10-1", "1e5", "13101.1", "true"]
    path = tmp_path / "ids.csv"
    path.write_text(csv_text([ids, [id_cell("option", each) for each in ids]]), encoding="utf-8")
    (bare, typed) = sheets_of(converted(path, tmp_path))["ids"]
    assert not [each for each in bare if isinstance(each, str)], "none of them stays an id"
    assert typed == [f"option:{each}" for each in ids]


def test_sheets_of_the_same_title_keep_names_of_their_own() -> None:
    title = "市区町村（開票区）別得票数及び法定得票数並びに供託物没収点"
    tables = [Table(id=f"t{n}", number="1", title=title, columns=(), rows=()) for n in range(3)]

    names = list(sheet_names(tables).values())

    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)


def test_a_sheet_is_as_wide_as_its_figures_and_keeps_grids_whole() -> None:
    rows = tuple((f"県{n}", 103_880_749_000) for n in range(60))
    heads = ((GridHead("安楽死制度を考える会", 1),),)
    grid = PrintedGrid("計", ("都道府県",), heads, ("votes",), rows, frozenset(), 1)

    layout = SheetLayout([grid, grid, grid], 3)

    assert layout.widths[1] > len("103,880,749")
    assert height(grid) * layout.scale / 100 <= 510
    assert layout.row_breaks == [3 + row_count(grid), 3 + 2 * row_count(grid)]


def test_a_sheet_too_wide_for_a_page_breaks_between_parties() -> None:
    figures: tuple[Kind, ...] = ("count",) * 60
    heads = (
        tuple(GridHead(f"党{n}", 6) for n in range(10)),
        tuple(GridHead("計", 1) for _ in figures),
    )
    rows: tuple[tuple[Cell, ...], ...] = (("東京都", *(12_345_678 for _ in figures)),)
    grid = PrintedGrid("", ("都道府県",), heads, figures, rows, frozenset(), 6)

    layout = SheetLayout([grid], 3)

    assert layout.column_breaks
    assert all((at - 1) % 6 == 0 for at in layout.column_breaks)


def test_tidy_files_have_every_row(issue: Issue, tmp_path: Path) -> None:
    report_csv.write(issue, tmp_path)

    for table in issue.report.tables:
        lines = (tmp_path / "csv" / f"{table.id}.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(table.rows) + 1
        kinds = {"unit": "unit:", "option": "option:", "election_id": "election:"}
        for row in csv.DictReader(lines):
            for column in kinds.keys() & row.keys():
                assert row[column].startswith(kinds[column]), f"{table.id} {column}"
    assert issue.stamp.digest in (tmp_path / "csv" / "README.txt").read_text(encoding="utf-8")


def test_the_page_escapes_what_people_wrote_and_says_rehearsal(tmp_path: Path) -> None:
    table = issued().report.table("smd_candidates")
    (path,) = html_report.write(issued(), tmp_path)

    page = path.read_text(encoding="utf-8")
    assert "訓練のデータです" in page
    assert page.count("<section") == len(issued().report.tables)
    assert table.title in page


@pytest.mark.parametrize("environment", ["live", "rehearsal"])
def test_every_format_says_whether_it_is_real(environment: str, tmp_path: Path) -> None:
    made = issued()
    stamp = msgspec.structs.replace(made.stamp, environment=environment)
    issue = made._replace(stamp=stamp)
    written = [
        path
        for write in (
            report_csv.write,
            report_workbook.write,
            html_report.write,
            report_pdf.write,
            sheets.write,
        )
        for path in write(issue, tmp_path)
    ]

    said = [(path.suffix, _text(path)) for path in written if _speaks(path)]

    assert sorted(suffix for suffix, _ in said) == [".html", ".pdf", ".pdf", ".txt", ".xlsx"]
    for _, text in said:
        assert ("実際の結果ではありません" in text) == (environment == "rehearsal")
        assert ("本番" in text) == (environment == "live")
        for fact in (f"記録位置{stamp.position:,}", stamp.root, "2024-10-2722:00:00", stamp.name):
            assert fact in text


@pytest.mark.parametrize("environment", ["live", "rehearsal"])
def test_papers_for_counting_places_say_whether_they_are_real(
    environment: str, tmp_path: Path
) -> None:
    made = issued()
    issue = made._replace(stamp=msgspec.structs.replace(made.stamp, environment=environment))

    (wall,) = wall_pdf.write(issue, tmp_path)
    (forms,) = tally_form_pdf.write(issue, tmp_path)

    for path, word in ((wall, "開票区"), (forms, "開票報告用紙")):
        text = _text(path)
        assert word in text
        assert ("実際の結果ではありません" in text) == (environment == "rehearsal")


def _speaks(path: Path) -> bool:
    """Tidy files hold nothing but figures; the README beside them speaks for them."""
    return path.suffix != ".csv"


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        text = "".join(word.text for page in pages_of(path) for word in page.words)
    elif path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(path)
        text = "".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)
    else:
        text = path.read_text(encoding="utf-8")
    return "".join(text.split())


def test_a_pdf_of_the_same_report_is_the_same_to_the_byte(issue: Issue, tmp_path: Path) -> None:
    (first,) = report_pdf.write(issue, tmp_path)
    once = first.read_bytes()
    (second,) = report_pdf.write(issue, tmp_path)

    assert once.startswith(b"%PDF")
    assert once == second.read_bytes()


def test_a_page_has_no_glyph_that_its_font_lacks(issue: Issue, tmp_path: Path) -> None:
    text_of = shutil.which("pdftotext")
    if text_of is None:
        pytest.skip("pdftotext is missing: apt-get install poppler-utils")
    (path,) = report_pdf.write(issue, tmp_path)
    done = subprocess.run([text_of, str(path), "-"], check=True, capture_output=True, text=True)

    assert "結果調" in done.stdout
    assert "\ufffd" not in done.stdout
    fonts = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True)
    embedded = [line for line in fonts.stdout.splitlines()[2:] if line.strip()]
    assert embedded
    assert all("NotoSansCJK" in line for line in embedded)


def test_no_panel_is_lost_when_a_grid_is_cut(issue: Issue) -> None:
    for table in issue.report.tables:
        for grid in lay_out(table):
            cut = list(panels(grid, width_max=3000))
            assert [p.first for p in cut][1:] == [p.last for p in cut][:-1]
            assert cut[-1].last == len(grid.kinds)
            for panel in cut:
                for heads in panel.heads():
                    assert sum(head.span for head in heads) == panel.last - panel.first


def test_figures_on_paper() -> None:
    assert figure("votes", 54_261_877_952) == "54,261,877.952"
    assert figure("percent", -244) == "△2.44"
    assert figure("count", None) == ""
    assert figure("text", "１区") == "１区"


def test_drawings_are_whole_and_a_map_of_one_prefecture_is_not_drawn(issue: Issue) -> None:
    chart = ET.fromstring(seats_chart(issue.report))  # noqa: S314 - our own

    assert any("aka党" in (text.text or "") for text in chart.iter())
    assert turnout_map(issue.report) == ""


def test_data_sheets_carry_the_receipt_and_say_what_was_not_verified(
    issue: Issue, tmp_path: Path
) -> None:
    written = sheets.write(issue, tmp_path)

    assert [path.name for path in written] == ["house50-13.pdf"]
    assert sheets.receipt_address(issue, 7) == f"{SITE}/v1/elections/house50/receipts/7"
    assert written[0].read_bytes().startswith(b"%PDF")
    printed = "".join(word.text for page in pages_of(written[0]) for word in page.words)
    assert "確かめていません" in printed


def test_papers_of_winners_say_what_they_are(tmp_path: Path) -> None:
    made = issued(*UPPER)
    replayed = made._replace(
        stamp=msgspec.structs.replace(made.stamp, environment="live", is_replay=True)
    )

    for mark, each in (("訓練", made), ("再現", replayed)):
        files = winners_pdf.write(each, tmp_path / mark)
        assert [path.stem.rpartition("-")[2] for path in files] == ["nation"]
        text = ["".join(word.text for word in page.words) for page in pages_of(files[0])]
        # Two notices; a letter and a certificate for each of four winners.
        assert len(text) == 10
        assert all(f"【{mark}】" in page and "法令の様式" in page for page in text)
        assert sum("付与する" in page for page in text) == 4
