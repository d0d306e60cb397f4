"""An event loop for a test, in a thread of its own.

A browser that other tests opened keeps a loop in the main thread, where a second one cannot run.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

TResult = TypeVar("TResult")


def run(work: Coroutine[Any, Any, TResult]) -> TResult:
    """Run to its end what a test awaits."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, work).result()
