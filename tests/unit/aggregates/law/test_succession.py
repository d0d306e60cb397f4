"""繰上補充: among whom, until when, and who is next (POEA 97, 97-2, 112)."""

from datetime import date

import pytest

from aggregates.election.identifiers import ContestKind
from aggregates.law.lots import DrawLots
from aggregates.law.succession import (
    Stage,
    next_on_list,
    next_person,
)
from tests.support.japan_law import all_with_minimum_succeed

POLL = date(2027, 4, 11)


@pytest.mark.parametrize(
    ("kind", "stage", "day", "everybody"),
    [
        # POEA 97(1): without a limit of time.
        ("municipal-assembly", "before-office", date(2028, 1, 1), True),
        ("upper-district", "before-office", date(2028, 1, 1), True),
        # POEA 97(2), 112(5): within three months from polling, the last day included.
        ("municipal-assembly", "in-term", date(2027, 7, 11), True),
        ("municipal-assembly", "in-term", date(2027, 7, 12), False),
        ("upper-district", "election-crime", date(2027, 7, 12), False),
        # POEA 97(1), (3), 112(1), (6): losers of a lot only.
        ("mayor", "before-office", date(2027, 4, 20), False),
        ("governor", "in-term", date(2027, 4, 20), False),
        ("house-district", "election-crime", date(2027, 4, 20), False),
    ],
)
def test_among_whom(kind: ContestKind, stage: Stage, day: date, everybody: bool) -> None:
    assert all_with_minimum_succeed(kind, stage, day, POLL) is everybody


def test_three_months_end_with_a_short_month() -> None:
    polled = date(2026, 11, 30)

    assert all_with_minimum_succeed("municipal-assembly", "in-term", date(2027, 2, 28), polled)
    assert not all_with_minimum_succeed("municipal-assembly", "in-term", date(2027, 3, 1), polled)


def test_the_most_votes_are_next_and_equals_draw() -> None:
    assert next_person({"a": 5, "b": 7}, (), ()) == "b"
    assert next_person({}, (), ()) is None
    with pytest.raises(DrawLots):
        next_person({"a": 5, "b": 5}, (), ())
    assert next_person({"a": 5, "b": 5}, (), (("x", "b", "a"),)) == "b"


def test_only_losers_of_a_lot_where_only_they_may() -> None:
    assert next_person({"a": 7, "b": 5}, ("b",), ()) == "b"
    assert next_person({"a": 7}, ("b",), ()) is None


def test_a_list_follows_its_order() -> None:
    assert next_on_list(("a", "b", "c"), {"a", "b"}) == "c"
    assert next_on_list(("a",), {"a"}) is None
