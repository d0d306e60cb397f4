"""The rate limit of readers: a bucket of tokens per client, refilled steadily."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

CLIENTS_MAX = 100_000
"""Clients remembered; who was not seen for longest is forgotten first."""


class RateLimit:
    """Tells who has to wait.

    Args:
        per_second: Requests a client may make for ever; 0 for no limit.
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
