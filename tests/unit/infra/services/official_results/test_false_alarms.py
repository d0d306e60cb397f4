"""How often official figures, in which nothing is wrong, are warned of; docs/limits.md says it.

Each counting district of 2024 is compared with the ones near it as if all were final, then with
one of them alone, and once more after two of its candidates were exchanged.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from aggregates.counting.turnout import BySex
from aggregates.counting.vote_shares import compare_shares, neighbours
from aggregates.election.tally import Tally
from infra.services.official_results.table_files import read_folder
from projections.official.tables.results_folder import ResultsFolder
from tests.support.official import HOUSE50

pytestmark = pytest.mark.official

Sheets = dict[str, Tally]


@pytest.fixture(scope="module")
def folder() -> ResultsFolder:
    return read_folder(HOUSE50)


@pytest.fixture(scope="module")
def contests(folder: ResultsFolder) -> list[Sheets]:
    """The sheets of each district, in the order of its counting districts."""
    votes: dict[tuple[str, int], dict[str, dict[str, int]]] = {}
    for row in folder.district_units:
        units = votes.setdefault((row.prefecture, row.district), {})
        units.setdefault(f"{row.jis5} {row.label}", {})[row.candidate] = row.votes
    return [{unit: _sheet(own) for unit, own in units.items()} for units in votes.values()]


def _sheet(votes: dict[str, int]) -> Tally:
    valid = sum(votes.values()) // 1000
    return Tally(votes=votes, valid=valid, invalid=0, ballots=valid, voters=valid)


def _with_neighbours(
    contests: list[Sheets], *, only: Random | None = None
) -> Iterator[tuple[Tally, list[Tally]]]:
    for sheets in contests:
        units = list(sheets)
        for unit in units:
            nearby = neighbours(units, unit)
            if only is not None:
                nearby = nearby and [only.choice(nearby)]
            if nearby:
                yield sheets[unit], [sheets[each] for each in nearby]


def _warned(pairs: Iterator[tuple[Tally, list[Tally]]]) -> tuple[int, Counter[str]]:
    compared, found = 0, Counter[str]()
    for tally, others in pairs:
        compared += 1
        found.update({notice.code for notice in compare_shares(tally, others, "")})
    return compared, found


def test_a_sheet_like_any_other_is_hardly_ever_warned_of(contests: list[Sheets]) -> None:
    compared, found = _warned(_with_neighbours(contests))

    assert compared == 1_896
    assert found == {"options-exchanged": 8}


def test_with_one_neighbour_alone_it_is_no_more_often(contests: list[Sheets]) -> None:
    compared, found = _warned(_with_neighbours(contests, only=Random(1)))

    assert compared == 1_896
    assert found == {"options-exchanged": 8}


def test_most_exchanges_of_unlike_candidates_are_found(contests: list[Sheets]) -> None:
    random = Random(1)
    tried = found = 0
    for tally, others in _with_neighbours(contests):
        one, other = random.sample(list(tally.votes), 2)
        apart = abs(tally.votes[one] - tally.votes[other]) / sum(tally.votes.values())
        if apart < 0.2:
            continue
        exchanged = tally.votes | {one: tally.votes[other], other: tally.votes[one]}
        tried += 1
        found += any(compare_shares(_sheet(exchanged), others, ""))

    assert (tried, found) == (1_141, 1_058)


def test_no_prefecture_comes_near_the_limits_of_turnout(folder: ResultsFolder) -> None:
    """Rates of men and women; electors of districts and of lists."""
    gaps, unlike = [], []
    for area, own in folder.electorate.items():
        if area.scope != "all":
            continue
        gaps.append(
            abs(
                _rate(own.voters.male, own.electors.male)
                - _rate(own.voters.female, own.electors.female)
            )
        )
        other = folder.electorate.get(area._replace(tier="pr"))
        if other is not None:
            unlike.append(_unlike(own.electors, other.electors))

    assert max(gaps) < 400
    assert max(unlike) < 0.005


def _rate(voters: int, electors: int) -> int:
    return voters * 10_000 // electors


def _unlike(one: BySex, other: BySex) -> float:
    return abs(one.total - other.total) / max(one.total, other.total)
