"""The ministry's workbooks of 2024, read as they are: 289 districts in 47 files."""

import csv
from collections import defaultdict
from datetime import date
from typing import NamedTuple

import pytest

from aggregates.reference.name_folding import fold_width
from infra.services.importing.import_faults import Faults
from infra.services.importing.table_source import read_sheets
from infra.services.importing.tallies.office_sheets import as_grid
from projections.office_tables.table_reading import read_table
from projections.office_tables.vocabulary import ContestWords, TableVocabulary
from tests.support.budgets import sample
from tests.support.official import SHARED

HOUSE = SHARED / "house50-2024"
BOOKS = sorted((HOUSE / "official-xlsx").glob("*.xlsx"))
VOTES = HOUSE / "district-votes-by-counting-district.csv"

pytestmark = pytest.mark.skipif(not BOOKS, reason="the workbooks are not beside the project")


class Election(NamedTuple):
    """Words of each prefecture, and votes by contest, unit and candidate in thousandths."""

    words: dict[str, TableVocabulary]
    votes: dict[str, dict[str, dict[str, int]]]


@pytest.fixture(scope="module")
def election() -> Election:
    votes: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    prefectures: dict[str, str] = {}
    parties: set[str] = set()
    with VOTES.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            contest = f"{row['pref']}第{row['district_no']}区"
            prefectures[contest] = row["pref"]
            whole, _, rest = row["votes"].partition(".")
            found = votes[contest][f"{contest}/{row['kaihyoku_label']}"]
            found[row["candidate"]] = int(whole) * 1000 + int(rest.ljust(3, "0"))
            parties.add(fold_width(row["party"]))
    words: dict[str, list[ContestWords]] = defaultdict(list)
    for contest, units in votes.items():
        names = {name for found in units.values() for name in found}
        words[prefectures[contest]].append(
            ContestWords(
                contest,
                contest,
                "小選挙区",
                date(2024, 10, 27),
                {code: code.partition("/")[2] for code in units},
                {name: (name,) for name in names},
            )
        )
    made = {
        name: TableVocabulary(tuple(found), frozenset(parties)) for name, found in words.items()
    }
    return Election(made, votes)


@pytest.mark.parametrize("at", sample(range(len(BOOKS)), step=16))
def test_every_district_of_a_workbook_comes_out(at: int, election: Election) -> None:
    for name, lines in read_sheets(BOOKS[at], Faults(), needs_all=False).items():
        grid = as_grid(name, lines)
        cells = {fold_width(cell) for line in grid.lines[:4] for cell in line.cells}
        (words,) = (
            found
            for prefecture, found in election.words.items()
            if any(cell.startswith(prefecture) for cell in cells)
        )

        table = read_table(grid, words)

        assert (table.doubts, table.row_doubts) == ((), ())
        contest = table.rows[0].contest
        assert election.votes[contest] == {
            row.unit: {
                figure.key.item.name: figure.value
                for figure in row.figures
                if figure.key.item.kind == "votes"
            }
            for row in table.rows
        }
