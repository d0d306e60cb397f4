"""One order out of many: whatever way items come, they leave by position, each once."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.adapters.kafka.reorder import LogForked, Reorder


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[int, list[list[int]]]:
    """Positions 1 to n in batches: shuffled, with repeats."""
    last = draw(st.integers(0, 60))
    repeats = draw(st.lists(st.integers(1, max(last, 1)), max_size=30)) if last else []
    positions = [*range(1, last + 1), *repeats]
    random.Random(draw(st.integers(0, 10**6))).shuffle(positions)
    size = draw(st.integers(1, 20))
    return last, [positions[start : start + size] for start in range(0, len(positions), size)]


@given(deliveries())
def test_everything_leaves_once_and_in_order(delivery: tuple[int, list[list[int]]]) -> None:
    last, batches = delivery
    reorder: Reorder[str] = Reorder()
    given_out: list[str] = []
    for batch in batches:
        repeats = reorder.put_all([(position, f"entry {position}") for position in batch])
        # then what was given before comes back to be compared, and nothing else
        assert {position for position, _ in repeats} == {
            position for position in batch if position <= len(given_out)
        }
        given_out += reorder.take()
        # then what left so far has no gap
        assert len(given_out) == reorder.given
    assert given_out == [f"entry {position}" for position in range(1, last + 1)]
    assert reorder.held == 0
    assert reorder.missing is None


@given(deliveries(), st.integers(1, 60))
def test_nothing_passes_a_gap(delivery: tuple[int, list[list[int]]], gap: int) -> None:
    # given a position that never comes
    last, batches = delivery
    reorder: Reorder[int] = Reorder()
    for batch in batches:
        reorder.put_all([(position, position) for position in batch if position != gap])
    # then what follows it is held back
    taken = reorder.take()
    assert taken == list(range(1, min(gap, last + 1)))
    if gap < last:
        assert reorder.missing == gap
        # and when it comes, everything follows
        reorder.put(gap, gap)
        assert reorder.take() == list(range(gap, last + 1))


def test_a_repeat_is_told_apart() -> None:
    reorder: Reorder[str] = Reorder(after=10)
    assert not reorder.put(10, "old")
    assert reorder.put(11, "next")
    assert reorder.take() == ["next"]


def test_one_position_with_two_contents_is_refused() -> None:
    reorder: Reorder[str] = Reorder()
    reorder.put(3, "one")
    reorder.put(3, "one")
    with pytest.raises(LogForked) as refused:
        reorder.put(3, "other")
    assert refused.value.position == 3


def test_two_contents_in_one_delivery_are_refused() -> None:
    reorder: Reorder[str] = Reorder()
    with pytest.raises(LogForked):
        reorder.put_all([(3, "one"), (4, "next"), (3, "other")])
