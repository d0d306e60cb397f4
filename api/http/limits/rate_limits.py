"""What readers may take: a bucket of tokens per client, refilled steadily; a number of streams."""

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CLIENTS_MAX = 100_000
"""Clients remembered; the one seen least recently is forgotten first."""


class RateLimit:
    """Tells who has to wait.

    Args:
        per_second: Requests a client may make indefinitely; 0 for no limit.
        burst: Requests it may make at once.
        clock: Seconds that only grow.
    """

    def __init__(
        self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    @property
    def is_on(self) -> bool:
        """Whether anybody ever has to wait."""
        return self._per_second > 0

    def seconds_to_wait(self, client: str, cost: float = 1.0) -> int:
        """Take tokens; 0 when there were enough, else the seconds until there are."""
        if not self._per_second:
            return 0
        now = self._clock()
        tokens, since = self._buckets.get(client, (self._burst, now))
        tokens = min(self._burst, tokens + (now - since) * self._per_second)
        if tokens < cost:
            return math.ceil((cost - tokens) / self._per_second)
        self._buckets[client] = tokens - cost, now
        self._buckets.move_to_end(client)
        if len(self._buckets) > CLIENTS_MAX:
            self._buckets.popitem(last=False)
        return 0


class OpenStreams:
    """Counts the streams that are open; used from the event loop alone.

    Args:
        at_once: How many may be open; 0 for no limit.
        per_client: How many one client may have; 0 for no limit.

    Attributes:
        refused: Streams that found no room.
    """

    def __init__(self, at_once: int = 0, per_client: int = 0) -> None:
        self._at_once = at_once
        self._per_client = per_client
        self._clients: Counter[str] = Counter()
        self.refused = 0

    def has_room(self) -> bool:
        """Whether anybody may open another one."""
        return not self._at_once or self._clients.total() < self._at_once

    def has_room_for(self, client: str) -> bool:
        """Whether this client may open another one."""
        return not self._per_client or self._clients[client] < self._per_client

    @contextmanager
    def track(self, client: str) -> Iterator[None]:
        """Count a stream while it lasts."""
        with count_client(self._clients, client):
            yield


@contextmanager
def count_client(clients: Counter[str], client: str) -> Iterator[None]:
    """Count a client up meanwhile; who has a count of zero is forgotten."""
    clients[client] += 1
    try:
        yield
    finally:
        clients[client] -= 1
        if not clients[client]:
            del clients[client]
