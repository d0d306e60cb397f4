"""When missing seats call for another election: the least numbers of POEA 110(1) and 113(1)."""

import pytest

from aggregates.election.identifiers import ContestKind
from tests.support.japan_law import re_election_follows


@pytest.mark.parametrize(
    ("kind", "full_seats", "least"),
    [
        ("house-block", 8, 3),
        ("house-block", 19, 5),
        ("house-block", 28, 8),
        ("upper-list", 50, 13),
        ("municipal-assembly", 12, 3),
        ("municipal-assembly", 18, 4),
        ("municipal-assembly", 24, 5),
        ("municipal-assembly", 30, 6),
        ("municipal-assembly", 40, 7),
        ("prefectural-assembly", 1, 1),
        ("prefectural-assembly", 3, 2),
        ("house-district", 1, 1),
        ("upper-district", 6, 1),
        ("mayor", 1, 1),
        ("governor", 1, 1),
    ],
)
def test_the_least_number_that_calls_for_one(
    kind: ContestKind, full_seats: int, least: int
) -> None:
    assert re_election_follows(kind, least, full_seats)
    assert not re_election_follows(kind, least - 1, full_seats)
