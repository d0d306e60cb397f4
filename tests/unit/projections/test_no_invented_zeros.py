"""No 0 stands in a night half told that is not a 0 that was reported.

Every office reports figures above 0, in some order. Whatever is 0 before and more at the end was
then not reported: it has to be null, an empty cell, a blank. Only how many have reported, how many
are decided and how far the counting is may begin with 0: nobody reports those.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, Final

import msgspec
import pytest

from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import TABLES, every_row
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

_ACTS: Final = re.compile(
    r"progress/[a-z/-]*(counted_percent|final|reporting)$|poll/(final|reporting)$"
    r"|national/(final|reporting)$|prefectures/\d+/(final|reporting)$"
    r"|coverage(/\d+)?/counts/final$|complete$|projected_seats$"
    r"|(units_final|units_reporting|turnout_final|counted_percent|district_won)$"
)
"""Units that have reported, contests that are decided, seats that would be won: counted here."""

TURNOUT: Final = b.figures((900, 800), (700, 600))
_LINES: Final = {
    b.DISTRICT_1: ("d1-ao", "d1-aka"),
    b.DISTRICT_2: ("d2-ao", "d2-aka"),
    b.BLOCK: ("ao", "aka"),
    b.UPPER: ("ao", "ao-1", "ao-2", "aka", "aka-1", "aka-2"),
}
_HOUSE: Final = (
    (b.DISTRICT_1, b.CHIYODA),
    (b.DISTRICT_2, b.CHUO),
    *((each, unit) for each in (b.BLOCK, b.JUSTICES) for unit in (b.CHIYODA, b.CHUO)),
)
_UPPER: Final = ((b.UPPER, b.CHIYODA), (b.UPPER, b.CHUO))
ELECTIONS: Final = {"house": (b.HOUSE, _HOUSE), "upper": (b.UPPER_LIST, _UPPER)}


def _reports(contest: str, unit: str) -> list[Command]:
    """What a unit reports of a contest, in its order."""
    final = _sheet(contest)
    interim = {**final, "voters": None}
    if contest == b.BLOCK:
        interim = b.votes_alone(final)
    if contest == b.UPPER:
        interim = {**b.votes_alone(b.sheet({"ao": 600, "aka": 600})), "list_totals": True}
    return [
        b.turnout(TURNOUT, contest, unit, final=False),
        b.turnout(TURNOUT, contest, unit, as_of=b.AT_23),
        b.tally(interim, contest, unit, final=False),
        b.tally(final, contest, unit, as_of=b.AT_23),
    ]


def _sheet(contest: str) -> dict[str, object]:
    if contest != b.JUSTICES:
        lines = _LINES[contest]
        return b.sheet(dict.fromkeys(lines, 1200 // len(lines)), invalid=100)
    answers = b.review_sheet({"j1": (300, 900), "j2": (200, 1000)}, 1200)
    return answers | {"invalid": 100, "ballots": 1300, "voters": 1300}


def _shuffle(queues: Iterable[Sequence[Command]], source: Random) -> Iterator[Command]:
    """Every unit in its own order, all of them mixed."""
    waiting = [list(queue) for queue in queues]
    while waiting := [queue for queue in waiting if queue]:
        yield source.choice(waiting).pop(0)


def _figures(night: ElectionProjection) -> Iterator[tuple[str, object]]:
    """Every cell that leaves, by its place."""
    for document in night.versions:
        told = msgspec.json.decode(write(night, document, FORMAT[".json"]))
        yield from _leaves(told, f"json {document}")
        text = write(night, document, FORMAT[".csv"]).decode("utf-8-sig")
        yield from _cells(f"csv {document}", csv.DictReader(io.StringIO(text)))
    for table in TABLES:
        names = [column.name for column in table.all_columns]
        rows = (dict(zip(names, row, strict=True)) for row in every_row(table, night))
        yield from _cells(f"sql {table.name}", rows)
    for printed in build_report(night).tables:
        yield from _cells(f"report {printed.id}", printed.records())


def _leaves(value: Any, path: str) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}/{_name(inner, number)}")
    else:
        yield path, value


def _name(row: Any, number: int) -> str:  # noqa: ANN401 - any JSON
    """What a member of a list is of: lists are ordered by votes."""
    names = ("id", "contest", "unit", "kind", "party", "prefecture", "option")
    keys = (str(row[each]) for each in names if isinstance(row, dict) and each in row)
    return next(keys, str(number))


def _cells(place: str, rows: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, object]]:
    seen = Counter[str]()
    for row in rows:
        words = [
            str(cell) for cell in row.values() if isinstance(cell, str) and not _is_figure(cell)
        ]
        key = " ".join(words) if "csv" not in place else " ".join(w for w in words if ":" in w)
        seen[key] += 1
        for column, cell in row.items():
            yield f"{place} {key} {seen[key]} {column}", cell


def _is_figure(cell: object) -> bool:
    if isinstance(cell, str):
        return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


@pytest.mark.parametrize("election", ELECTIONS)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_nobody_has_reported_is_nowhere_0(election: str, seed: int) -> None:
    defined, places = ELECTIONS[election]
    office = Office(*defined, b.OPEN)
    told = [list(_figures(office.night))]
    for number, command in enumerate(_shuffle((_reports(*each) for each in places), Random(seed))):
        office.post(command)
        if number % 3 == seed % 3:
            told.append(list(_figures(office.night)))
    end = {place: float(str(cell)) for place, cell in _figures(office.night) if _is_figure(cell)}

    wrong = {
        place
        for moment in told
        for place, cell in moment
        if _is_figure(cell) and float(str(cell)) == 0 and end.get(place, 0) != 0
    }
    assert sorted(each for each in wrong if not _ACTS.search(each)) == []
    assert len(end) > 300
    assert wrong, "what is counted begins with 0"
