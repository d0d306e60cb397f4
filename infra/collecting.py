"""Reading a history makes many lasting objects and no cycles: collecting in between only costs."""

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
