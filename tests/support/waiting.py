"""Waiting for what comes about by itself, and no longer than a test may last."""

import time
from collections.abc import Callable


def wait_until(question: Callable[[], bool], seconds_max: float = 60) -> None:
    """Wait until something is the case."""
    deadline = time.monotonic() + seconds_max
    while not question():
        assert time.monotonic() < deadline, f"still not so after {seconds_max} s"
        time.sleep(0.05)
