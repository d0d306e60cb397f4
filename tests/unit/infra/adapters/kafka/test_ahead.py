"""Reading ahead: everything in order, what goes wrong where it is taken, no thread left behind."""

import threading
from collections.abc import Iterator

import pytest

from infra.adapters.kafka.prefetch import read_ahead


def names() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


def test_everything_comes_in_order() -> None:
    with read_ahead(iter(range(50))) as items:
        assert list(items) == list(range(50))
    assert "read-ahead" not in names()


def test_the_next_item_is_fetched_while_the_last_one_is_used() -> None:
    fetched = threading.Semaphore(0)

    def items() -> Iterator[int]:
        for number in range(3):
            fetched.release()
            yield number

    with read_ahead(items()) as taken:
        assert next(taken) == 0
        # given that nobody asks for another, the next one is fetched nevertheless
        assert fetched.acquire(timeout=60)
        assert fetched.acquire(timeout=60)
        assert list(taken) == [1, 2]


def test_what_goes_wrong_is_raised_where_items_are_taken() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ConnectionError("gone")

    with read_ahead(items()) as taken:
        assert next(taken) == 1
        with pytest.raises(ConnectionError, match="gone"):
            next(taken)


def first_of(items: Iterator[int]) -> int:
    with read_ahead(items) as taken:
        return next(taken)


def test_who_leaves_early_leaves_no_thread_behind() -> None:
    assert first_of(iter(range(1000))) == 0
    assert "read-ahead" not in names()
