"""The seats that divide the valid votes: worked examples of POEA 93(1) and 95(1)."""

from datetime import date
from fractions import Fraction

import pytest

from aggregates.election.identifiers import ContestKind
from aggregates.law.thresholds import (
    deposit_line,
    deposit_line_as_printed,
    dividing_seats,
    minimum_as_printed,
    statutory_minimum,
)
from aggregates.rule_package.japan import JAPAN
from tests.support.japan_law import regular_seats, thresholds_for

DAY = date(2026, 11, 29)
VOTE = 1000


@pytest.mark.parametrize(
    ("kind", "seats", "valid", "minimum", "deposit"),
    [
        # T1: by-election of a council of 30, one seat.
        ("municipal-assembly", (30, 1), 10_000, Fraction(10_000, 120), Fraction(10_000, 300)),
        # T2: council of 24, one seat.
        ("municipal-assembly", (24, 1), 1_000, Fraction(1_000, 96), Fraction(1_000, 240)),
        # T3: by-election to the Upper House in Tokyo, six at a regular election.
        ("upper-district", (6, 1), 838_000, Fraction(838_000, 36), Fraction(838_000, 48)),
        # T4: four regular seats and one of a by-election together: more than regularly divide.
        ("upper-district", (4, 5), 4_000_000, Fraction(4_000_000, 30), Fraction(100_000)),
        # T5: a mayor; seats divide nothing.
        ("mayor", (1, 1), 33_000, Fraction(8_250), Fraction(3_300)),
        # An increase or a by-election of an assembly has no "if more" clause.
        ("prefectural-assembly", (3, 1), 9_000, Fraction(750), Fraction(300)),
    ],
)
def test_which_seats_divide(
    kind: ContestKind, seats: tuple[int, int], valid: int, minimum: Fraction, deposit: Fraction
) -> None:
    """`seats`: 議員定数, and those to be filled."""
    rule = thresholds_for(kind, DAY)
    divisor = dividing_seats(*seats, rule)

    assert statutory_minimum(valid * VOTE, divisor, rule) == minimum * VOTE
    assert deposit_line(valid * VOTE, divisor, rule) == deposit * VOTE


def test_lines_are_printed_cut_to_three_decimals() -> None:
    council, tokyo = (
        thresholds_for("municipal-assembly", DAY),
        thresholds_for("upper-district", DAY),
    )

    assert minimum_as_printed(10_000_000, 30, council) == 83_333
    assert deposit_line_as_printed(10_000_000, 30, council) == 33_333
    assert minimum_as_printed(838_000_000, 6, tokyo) == 23_277_777
    assert deposit_line_as_printed(838_000_000, 6, tokyo) == 17_458_333


def test_regular_seats_of_the_upper_house_sum_to_half_the_districts() -> None:
    rows = JAPAN.rule("upper-district", DAY).regular_seats
    table = {row.prefectures: row.seats for row in rows}

    assert sum(table.values()) * 2 == 148
    assert (len(table), table["31", "32"], table["13",]) == (45, 1, 6)


def test_seats_are_unknown_before_the_table_and_elsewhere() -> None:
    assert regular_seats(("13",), DAY) == 6
    assert regular_seats(("13", "14"), DAY) is None
    assert regular_seats(("13",), date(2016, 7, 10)) is None
