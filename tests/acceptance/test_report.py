"""The report after the general election of 2024, as people make it, against the publication."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.acceptance.kaihyo import kaihyo
from tests.official import HOUSE50, needs_house50

pytestmark = [needs_house50, pytest.mark.official]

CELLS = 78_705
PAGES = 7_510
"""Cells of the column `source_page`, which is no result of an election."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("official")
    done = kaihyo("replay-official", HOUSE50, "--data", folder, "--json")
    assert done.returncode == 0, done.stderr
    return folder


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
def test_one_changed_cell_is_found(data: Path, tmp_path: Path, table: str, column: str) -> None:
    tables = tmp_path / "official-tables"
    shutil.copytree(HOUSE50 / "official-tables", tables)
    path = tables / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = rows[0].index(column)
    changed = next(row for row in rows[1:] if row[place])
    changed[place] = f"{changed[place]}1"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)

    done = kaihyo("report", "house50", "--data", data, "--compare", tmp_path, "--json")

    assert done.returncode == 1
    (found,) = json.loads(done.stdout)["mismatches"]
    assert (found["table"], found["column"], found["official"]) == (table, column, changed[place])


def test_every_format_states_what_it_is(data: Path, tmp_path: Path) -> None:
    formats = [word for each in ("csv", "xlsx", "html", "pdf") for word in ("--format", each)]
    done = kaihyo("report", "house50", "--data", data, "--out", tmp_path, *formats, "--json")

    assert done.returncode == 0, done.stderr
    stamp = json.loads(done.stdout)["stamp"]
    page = (tmp_path / "house50-report.html").read_text(encoding="utf-8")
    for said in (stamp["digest"], f"{stamp['position']:,}", "第50回衆議院議員総選挙", "本番"):
        assert said in page
    assert (tmp_path / "house50-report.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "house50-report.xlsx").stat().st_size > 300_000
    assert len(list((tmp_path / "csv").glob("*.csv"))) == 25


def test_a_report_as_of_an_earlier_moment_and_what_changed_since(
    data: Path, tmp_path: Path
) -> None:
    early = ("report", "house50", "--data", data, "--out", tmp_path, "--format", "csv")
    before = kaihyo(*early, "--as-of", "12000", "--json")
    assert json.loads(before.stdout)["stamp"]["position"] == 12_000

    now = kaihyo(*early, "--json")

    assert now.returncode == 0
    with (tmp_path / "csv" / "changes.csv").open(encoding="utf-8", newline="") as file:
        changed = list(csv.DictReader(file))
    assert {"smd_candidates", "winners_by_party"} <= {row["table"] for row in changed}


def test_a_moment_the_log_does_not_have_is_refused(data: Path, tmp_path: Path) -> None:
    done = kaihyo("report", "house50", "--data", data, "--out", tmp_path, "--as-of", "昨日")

    assert done.returncode == 1
    assert "2024-10-28T02:00 の形" in done.stderr
