"""What a sheet is asked about beside the other sheets of its contest."""

import math

import pytest

from projections.plausibility.expected_shares import REACH, expected_shares, log_shares
from projections.plausibility.sheet_slips import find_slip
from projections.plausibility.unlike_turnout import unlike_turnout

USUAL = (6000.0, 2500.0, 1000.0, 400.0)
OTHERS = [
    (1, (5800.0, 2700.0, 1100.0, 380.0)),
    (2, (3100.0, 1200.0, 480.0, 230.0)),
    (3, (12500.0, 4700.0, 1900.0, 900.0)),
    (4, (610.0, 240.0, 105.0, 38.0)),
]


def ask(votes: tuple[float, ...]) -> tuple[str, tuple[int, ...]] | None:
    slip = find_slip(votes, expected_shares(0, sum(votes), OTHERS))
    return None if slip is None else (slip.kind, slip.lines)


@pytest.mark.parametrize(
    ("votes", "asked"),
    [
        (USUAL, None),
        ((2500.0, 6000.0, 1000.0, 400.0), ("exchange", (0, 1))),
        ((6000.0, 2500.0, 400.0, 1000.0), ("exchange", (2, 3))),
        ((400.0, 6000.0, 2500.0, 1000.0), ("shift", (0, 3))),
        ((6000.0, 400.0, 2500.0, 1000.0), ("shift", (1, 3))),
        ((6000.0, 2500.0, 1000.0, 0.0), ("zero", (3,))),
        ((6000.0, 250.0, 1000.0, 400.0), ("digit", (1,))),
        ((6000.0, 2500.0, 10000.0, 400.0), ("digit", (2,))),
        ((0.0, 0.0, 0.0, 0.0), None),
    ],
)
def test_a_slip_is_named(
    votes: tuple[float, ...], asked: tuple[str, tuple[int, ...]] | None
) -> None:
    assert ask(votes) == asked


def test_what_the_others_let_expect_is_said() -> None:
    votes = (6000.0, 2500.0, 1000.0, 0.0)
    slip = find_slip(votes, expected_shares(0, sum(votes), OTHERS))

    assert slip is not None
    assert 300 < slip.expected < 500


def test_nothing_is_asked_without_other_units() -> None:
    assert expected_shares(0, 100, []) == []
    assert find_slip((1.0, 99.0), []) is None


def test_a_sheet_of_few_votes_is_left_to_chance() -> None:
    assert ask((2.0, 4.0, 1.0, 0.0)) is None


def test_the_nearest_units_are_looked_at() -> None:
    near = [(at, (3.0, 1.0)) for at in range(1, 2 * REACH + 1)]
    far = [(at, (1.0, 300.0)) for at in range(100, 200)]

    assert expected_shares(0, 400, [*far, *near]) == expected_shares(0, 400, near)


def test_one_unit_alone_is_less_sure_than_several() -> None:
    one = expected_shares(0, 9900, OTHERS[:1])
    all_four = expected_shares(0, 9900, OTHERS)

    assert all(few.deviation > many.deviation for few, many in zip(one, all_four, strict=True))


def test_shares_sum_to_the_whole() -> None:
    assert math.isclose(sum(map(math.exp, log_shares((5.0, 0.0, 95.0)))), 1.0)


@pytest.mark.parametrize(
    ("voters", "electors", "others", "middle"),
    [
        (5_000, 10_000, [5_100, 5_300, 4_900, 5_000], None),
        (8_000, 10_000, [5_100, 5_300, 4_900, 5_000], 5_050),
        (1_000, 10_000, [5_100, 5_300, 4_900, 5_000], 5_050),
        (8_000, 10_000, [5_100, 5_300, 4_900], None),
        (80, 100, [5_100, 5_300, 4_900, 5_000], None),
        (8_000, 10_000, [5_000, 7_000, 4_000, 6_500, 5_500], None),
    ],
)
def test_turnout_is_held_against_the_middle_of_the_others(
    voters: int, electors: int, others: list[int], middle: int | None
) -> None:
    assert unlike_turnout(voters, electors, others) == middle
