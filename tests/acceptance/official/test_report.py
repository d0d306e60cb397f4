"""The report after the general election of 2024, as people make it, against the publication."""

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from infra.bootstrap import open_log
from infra.runtime.settings import Settings
from infra.services.reporting.issued_report import Issue, read_issue
from infra.services.reporting.published_comparison import compare
from projections.statistics.table_layouts import lay_out
from tests.acceptance.kaihyo import kaihyo
from tests.support.budgets import LONG
from tests.support.official import HOUSE50
from tests.unit.infra.services.reporting.paper import Page, clipped, overlapping, pages_of, widows
from tests.unit.infra.services.reporting.recalculated import (
    converted,
    missing_rows,
    sheets_of,
    wrong_totals,
)

pytestmark = [pytest.mark.official, pytest.mark.long]

CELLS = 78_705
PAGES = 7_510
"""Cells of the column `source_page`, which is no result of an election."""


def test_every_cell_of_the_twenty_tables_is_equal(data: Path) -> None:
    done = kaihyo("report", "house50", "--data", data, "--compare", HOUSE50, "--json")

    assert done.returncode == 0, done.stdout[-2000:]
    found = json.loads(done.stdout)
    assert found["tables"] == 20
    assert found["mismatches"] == []
    assert found["checked"] == found["equal"]
    # One quotient is printed past the end of its list: a row of six cells.
    (slip,) = found["slips"]
    assert (slip["table"], slip["key"]) == ("dhondt_quotients", "r06-10-27 南関東 自由民主党 20")
    assert found["not_ours"] == {"source_page": PAGES}
    assert found["checked"] + PAGES + 6 == CELLS


def test_a_slip_of_the_publication_is_a_difference_if_one_is_strict(data: Path) -> None:
    done = kaihyo("report", "house50", "--data", data, "--compare", HOUSE50, "--strict")

    assert done.returncode == 1
    assert "名簿に残る者は pr_list_entries では19人" in done.stdout


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("smd_candidates", "occupation"),
        ("smd_candidates", "name_kanji"),
        ("pr_party_blocks", "seats_female"),
        ("turnout", "prev_rate_male"),
        ("winners_by_party", "female"),
        ("candidacy_by_pref_age", "count"),
        ("party_votes_by_pref_smd", "votes_female"),
        ("party_votes_pr_total", "share_pct"),
    ],
)
def test_one_changed_cell_is_found(issue: Issue, tmp_path: Path, table: str, column: str) -> None:
    changed = _with_another_cell(tmp_path, table, column)

    (found,) = compare(issue.report, tmp_path).mismatches

    assert (found.table, found.column, found.official) == (table, column, changed)


def test_the_command_ends_with_1_where_a_cell_differs(data: Path, tmp_path: Path) -> None:
    changed = _with_another_cell(tmp_path, "smd_candidates", "votes")

    done = kaihyo("report", "house50", "--data", data, "--compare", tmp_path, "--json")

    assert done.returncode == 1
    (found,) = json.loads(done.stdout)["mismatches"]
    assert (found["table"], found["official"]) == ("smd_candidates", changed)


def _with_another_cell(folder: Path, table: str, column: str) -> str:
    """The publication with one cell of a table written otherwise; gives that cell."""
    tables = folder / "official-tables"
    shutil.copytree(HOUSE50 / "official-tables", tables)
    path = tables / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = rows[0].index(column)
    changed = next(row for row in rows[1:] if row[place])
    changed[place] = f"{changed[place]}1"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return changed[place]


@pytest.fixture(scope="module")
def issue(data: Path) -> Issue:
    with open_log(Settings(data=data)) as log:
        return read_issue(log)


@pytest.fixture(scope="module")
def out(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole report in every format."""
    if not LONG:
        pytest.skip("the whole nation in every format is left to `make long`")
    out = tmp_path_factory.mktemp("report")
    formats = [word for each in ("csv", "xlsx", "html", "pdf") for word in ("--format", each)]
    done = kaihyo("report", "house50", "--data", data, "--out", out, *formats, "--json")
    assert done.returncode == 0, done.stderr
    (out / "told.json").write_text(done.stdout, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def paper(out: Path) -> list[Page]:
    return pages_of(out / "house50-report.pdf")


def test_every_format_states_what_it_is(out: Path, paper: list[Page], issue: Issue) -> None:
    stamp = json.loads((out / "told.json").read_text(encoding="utf-8"))["stamp"]

    page = (out / "house50-report.html").read_text(encoding="utf-8")
    cover = " ".join(word.text for word in paper[0].words)
    contents = CalamineWorkbook.from_path(out / "house50-report.xlsx").get_sheet_by_name("目次")
    sheet = " ".join(str(cell) for row in contents.to_python() for cell in row)
    readme = (out / "csv" / "README.txt").read_text(encoding="utf-8")

    position, when = f"{stamp['position']:,}", "日本時間"
    is_replay = "再現（公表された結果を後から記録したもの）"
    for said in (
        *("第50回衆議院議員総選挙", is_replay, position),
        *(stamp["root"], stamp["digest"], when),
    ):
        for place in (page, cover, sheet, readme):
            assert said in place
    files = {path.stem for path in (out / "csv").glob("*.csv")}
    assert files == {table.id for table in issue.report.tables}


def test_nobody_is_nameless_where_a_font_has_no_character(out: Path, paper: list[Page]) -> None:
    told = json.loads((out / "told.json").read_text(encoding="utf-8"))

    # 17 names are filed with such characters; the record itself tells all but six of them.
    assert [each["text"] for each in told["unreadable"]] == [
        "〓坂誠二", "村岡敏〓", "〓井良和", "〓原佳", "〓沢一郎", "森山〓",
    ]  # fmt: skip
    assert all(each["reading"] for each in told["unreadable"])
    assert told["unprintable"] == []
    words = {word.text for page in paper for word in page.words}
    assert {"〓坂誠二（おおさか誠二）", "辻清人", "佐藤雄一", "𠮷田起代子"} <= words
    assert not any("\ue000" <= character <= "\uf8ff" for word in words for character in word)


def test_nothing_is_clipped_and_no_heading_left_behind(paper: list[Page]) -> None:
    assert len(paper) > 200
    assert clipped(paper) == []
    assert widows(paper[1:]) == []
    assert overlapping(paper) == []


def test_libreoffice_agrees_with_every_cell_and_total(
    out: Path, issue: Issue, tmp_path: Path
) -> None:
    sheets = sheets_of(converted(out / "house50-report.xlsx", tmp_path))

    for table, name in zip(issue.report.tables, list(sheets)[1:], strict=True):
        assert missing_rows(table, sheets[name]) == [], name
        for grid in lay_out(table):
            # 計 of blocks and 合計 of all: only grids without parts of parts sum up in one go.
            if grid.totals == {len(grid.rows) - 1} and "差" not in str(grid.heads):
                assert wrong_totals(grid, sheets[name]) == [], (name, grid.caption)


def test_deposits_are_those_of_the_published_figures(out: Path) -> None:
    """Counted again from the publication: candidates below the line, lists with few winners."""
    lines = {
        (row["prefecture"], row["district_no"]): Decimal(row["deposit_forfeit_point"])
        for row in published("smd_districts")
    }
    below = sum(
        Decimal(row["votes"]) < lines[row["prefecture"], row["district_no"]]
        for row in published("smd_candidates")
    )
    lists: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in published("pr_list_entries"):
        lists.setdefault((row["block"], row["party"]), []).append(row)
    lost = sum(map(_lost_by_list, lists.values()))

    assert _forfeited(out, "deposits_smd") == below * 3_000_000 == 945_000_000
    assert _forfeited(out, "deposits_pr") == lost == 852_000_000


def _lost_by_list(members: list[dict[str, str]]) -> int:
    dual = sum(each["dual_candidacy"] == "true" for each in members)
    districts = sum(each["smd_result"] == "当" for each in members)
    seats = sum(each["elected_pr"] == "true" for each in members)
    deposit = 6_000_000 * (len(members) - dual) + 3_000_000 * dual
    return max(deposit - 3_000_000 * districts - 12_000_000 * seats, 0)


def _forfeited(out: Path, table: str) -> int:
    with (out / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        (total,) = (row for row in csv.DictReader(file) if row["party"] == "__TOTAL__")
    return int(total["forfeited"])


def published(table: str) -> list[dict[str, str]]:
    path = HOUSE50 / "official-tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_report_as_of_an_earlier_moment_and_what_changed_since(
    data: Path, tmp_path: Path
) -> None:
    early = ("report", "house50", "--data", data, "--out", tmp_path, "--format", "csv")
    before = kaihyo(*early, "--format", "html", "--as-of", "12000", "--json")
    assert json.loads(before.stdout)["stamp"]["position"] == 12_000
    assert "記録位置 12,000" in (tmp_path / "house50-report.html").read_text(encoding="utf-8")

    now = kaihyo(*early, "--json")

    assert now.returncode == 0
    with (tmp_path / "csv" / "changes.csv").open(encoding="utf-8", newline="") as file:
        changed = list(csv.DictReader(file))
    assert {"smd_candidates", "winners_by_party"} <= {row["table"] for row in changed}


def test_a_moment_the_log_does_not_have_is_refused(data: Path, tmp_path: Path) -> None:
    done = kaihyo("report", "house50", "--data", data, "--out", tmp_path, "--as-of", "昨日")

    assert done.returncode == 2
    assert "2024-10-28T02:00 の形" in done.stderr


def test_an_unknown_election_is_refused_with_what_there_is(data: Path, tmp_path: Path) -> None:
    done = kaihyo("report", "house99", "--data", data, "--out", tmp_path)

    assert done.returncode == 2
    assert "選挙「house99」の記録が見つかりません" in done.stderr
    assert "このデータベースにある記録: house50（live）" in done.stderr
