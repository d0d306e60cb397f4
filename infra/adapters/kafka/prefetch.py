"""Reading ahead: the next pages are fetched while the last ones are still being sent."""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from queue import Full, Queue
from typing import TypeVar

TItem = TypeVar("TItem")

_LOOK_SECONDS = 0.2


@contextmanager
def read_ahead(items: Iterator[TItem], most: int = 1) -> Generator[Iterator[TItem]]:
    """Let a thread of its own iterate over items while the block takes them.

    Args:
        items: Anyone who made them has to end them before the block ends early, so that the thread
            does not go on waiting for the next one.
        most: Items taken from there and not yet from here, at most.

    Raises:
        Exception: What the items raise, in place of the item.
    """
    fetched: Queue[tuple[TItem] | Exception | None] = Queue(maxsize=most)
    left = threading.Event()

    def fetch() -> None:
        end: Exception | None = None
        try:
            for item in items:
                _put(fetched, (item,), left)
                if left.is_set():
                    break
        except Exception as error:  # noqa: BLE001 - raised again where the items are taken
            end = error
        _put(fetched, end, left)

    thread = threading.Thread(target=fetch, name="read-ahead", daemon=True)
    thread.start()
    try:
        yield _take(fetched)
    finally:
        left.set()
        thread.join()


def _put(queue: "Queue[TItem]", item: TItem, left: threading.Event) -> None:
    """Put, unless nobody takes any more."""
    while not left.is_set():
        try:
            queue.put(item, timeout=_LOOK_SECONDS)
        except Full:
            continue
        return


def _take(fetched: "Queue[tuple[TItem] | Exception | None]") -> Iterator[TItem]:
    while (found := fetched.get()) is not None:
        if isinstance(found, Exception):
            raise found
        yield found[0]
