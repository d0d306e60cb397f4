"""Waiting for what comes about by itself, and no longer than a test may last."""

import time
from collections.abc import Callable

SECONDS_MAX = 180.0
"""Five times and more what it takes on a machine that does nothing else."""


def wait_until(question: Callable[[], bool], seconds_max: float = SECONDS_MAX) -> None:
    """Wait until something is the case."""
    deadline = time.monotonic() + seconds_max
    while not question():
        assert time.monotonic() < deadline, f"still not so after {seconds_max} s"
        time.sleep(0.05)
