"""Made-up tables, read: what came of clear ones and of spoilt ones.

`python -m tests.support.layout_readings 10000` makes so many and prints what came out; the second
number is the first seed. Exit 1 where one is read wrongly or left out without a word.
"""

import sys
import time
from collections import Counter

from projections.office_tables.table_reading import OfficeTable, read_table
from tests.support.made_layouts import SHEET, MadeTable
from tests.support.made_sheets import make

_SHOWN = 5
"""Tables of each outcome that are named."""


def outcome(made: MadeTable, read: OfficeTable) -> str:
    """What came of a table.

    `right`: every unit; `fewer`: right, but rows are missing in the table; `in part`: right, and
    other rows are refused by name; `refused`: the whole sheet, by name; `wrong`: a figure, a unit,
    a moment or a state is not what is meant; `silent`: something is left out without a word.
    """
    if not all(_is_right(made, read, at) for at in range(len(read.rows))):
        return "wrong"
    doubts = [*read.doubts, *read.row_doubts]
    if read.rows and not doubts:
        return "right" if len(read.rows) == len(made.figures) else "fewer"
    if not doubts or not all(each.sentence for each in doubts):
        return "silent"
    return "in part" if read.rows else "refused"


def _is_right(made: MadeTable, read: OfficeTable, at: int) -> bool:
    row = read.rows[at]
    known = set(made.vocabulary.contest(made.contest).options) | set(SHEET)
    values = {f.key.item.name: f.value for f in row.figures if f.key.item.name in known}
    meant = made.figures[row.unit]
    return (
        row.contest == made.contest
        and all(meant[name] == value for name, value in values.items())
        and set(meant) - set(SHEET) <= set(values)
        and (row.state, read.as_of) == (made.state, made.as_of)
    )


def count_outcomes(seeds: range) -> tuple[Counter[tuple[str, str]], list[str]]:
    """What came of each seed by how it was spoilt, and what should not have come."""
    counts: Counter[tuple[str, str]] = Counter()
    unwanted: list[str] = []
    for seed in seeds:
        made = make(seed)
        read = read_table(made.grid, made.vocabulary)
        came = outcome(made, read)
        counts[made.spoilt or "clear", came] += 1
        is_missing = came == "fewer" and made.spoilt != "missing row"
        if came in {"wrong", "silent"} or is_missing or (not made.spoilt and came != "right"):
            told = [*read.doubts, *read.row_doubts][:2]
            unwanted.append(f"seed {seed}: {came} {made.spoilt} {made.traits} {told}")
    return counts, unwanted


def main(many: int, first: int = 0) -> int:
    """Make and read so many; how many came out as they must not."""
    begun = time.process_time()
    counts, unwanted = count_outcomes(range(first, first + many))
    print("\n".join(unwanted[:_SHOWN]))
    for (kind, came), count in sorted(counts.items()):
        print(f"{kind:20} {came:8} {count}")
    clear = sum(count for (kind, _), count in counts.items() if kind == "clear")
    print(f"clear and right: {counts['clear', 'right'] / clear:.2%}")
    print(f"{time.process_time() - begun:.1f} s")
    return sum(count for (_, came), count in counts.items() if came in {"wrong", "silent"})


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
