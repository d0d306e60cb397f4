"""Made-up tables, filled with other figures in their own layout and read again.

`python -m tests.support.layout_fillings 10000` tries so many clear ones; exit 1 where what is read
is not what was to be written.
"""

import sys
from collections import Counter
from datetime import timedelta
from random import Random

from projections.office_tables.figure_names import FigureItem
from projections.office_tables.filling.table_filling import (
    FilledTable,
    TableFilling,
    UnitFilling,
    fill_table,
)
from projections.office_tables.table_entries import ROW_SUM, FigureKey
from projections.office_tables.table_reading import read_table
from tests.support.layout_readings import outcome
from tests.support.made_layouts import POLLING_DAY, SHEET, MadeTable
from tests.support.made_sheets import make

VOTE = 1000


def other_figures(made: MadeTable, seed: int) -> tuple[dict[str, dict[str, int]], str]:
    """New figures of every unit, and whether they are final: unlike the sample's."""
    random = Random(seed)
    options = made.vocabulary.contest(made.contest).options
    figures = {}
    for unit in made.figures:
        votes = {option: random.randrange(9_000) * VOTE for option in options}
        invalid = random.randrange(200) * VOTE
        valid = sum(votes.values())
        sheet = {"valid": valid, "invalid": invalid, "ballots": valid + invalid}
        figures[unit] = votes | {name: sheet[name] for name in SHEET}
    return figures, random.choice(("確定", "中間"))


def fill(made: MadeTable, seed: int) -> tuple[FilledTable, MadeTable]:
    """The table with other figures, and what it then has to mean."""
    figures, state = other_figures(made, seed)
    as_of = made.as_of + timedelta(minutes=1 + seed % 50)
    options = made.vocabulary.contest(made.contest).options
    units = {}
    for unit, own in figures.items():
        values = {
            FigureKey(FigureItem("figure" if name in SHEET else "votes", name)): value
            for name, value in own.items()
        }
        values[ROW_SUM] = sum(own[option] for option in options)
        units[made.contest, unit] = UnitFilling(state, values)
    sample = read_table(made.grid, made.vocabulary)
    given = TableFilling(units, as_of, POLLING_DAY)
    filled = fill_table(made.grid, sample, made.vocabulary, given)
    meant = MadeTable(filled.grid, made.vocabulary, made.contest, as_of, state, figures, "")
    return filled, meant


def count_fillings(seeds: range) -> tuple[Counter[str], list[str]]:
    """What came of each clear table, and what should not have come."""
    counts: Counter[str] = Counter()
    unwanted: list[str] = []
    for seed in seeds:
        made = make(seed)
        if made.spoilt:
            continue
        filled, meant = fill(made, seed)
        came = (
            "refused" if filled.doubts else outcome(meant, read_table(filled.grid, made.vocabulary))
        )
        counts[came] += 1
        if came != "right":
            told = [each.sentence for each in filled.doubts[:2]]
            unwanted.append(f"seed {seed}: {came} {made.traits} {told}")
    return counts, unwanted


if __name__ == "__main__":
    found, wrong = count_fillings(range(int(sys.argv[1])))
    print("\n".join(wrong[:8]), found, sep="\n")
    sys.exit(1 if set(found) - {"right", "refused"} else 0)
