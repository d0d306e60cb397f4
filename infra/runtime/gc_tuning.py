"""Control of the cyclic garbage collector: a full collection pauses the event loop (ADR 0016).

A night is made of millions of objects that last and have no cycles. Looking through all of them
takes most of a second on a small machine, and finds nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection(*, lasting: bool = False) -> Iterator[None]:
    """Collect nothing for a while.

    Args:
        lasting: What is made meanwhile stays until the process ends, so later collections, which
            stop every reader, need not look at it either.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if lasting:
            gc.freeze()
        if enabled:
            gc.enable()


_YOUNG_MAX = 20_000


def collect_rarely() -> None:
    """Let more come together before it is looked through; for a process with thousands of readers.

    Each of them has some waiting object, so that the usual seven hundred are new at every event.
    """
    gc.set_threshold(_YOUNG_MAX, *gc.get_threshold()[1:])


def keep_what_lasts() -> None:
    """Never look again through what is there now.

    What is new is looked through first. Of what is in use at this moment and ends later, the
    little that ends in a cycle stays in memory.
    """
    gc.collect(1)
    gc.freeze()
