"""A worker's place in its group, and whether it still has it.

A client can lose its group without an error: kafka-python 3.0.12 shares one question for the
coordinator among everything that waits for it, and when the answer to that is lost - seen when a
broker went away or was slow at the wrong moment - every later poll comes back empty, for ever. The
place is then given to others after a few seconds, or to nobody. So the signs of life are watched
here, and a worker without them begins anew with a new client.
"""

from collections.abc import Mapping
from typing import NamedTuple, Self

from kafka import ConsumerRebalanceListener, KafkaConsumer
from kafka.structs import MemberState

from infra.adapters.kafka.kafka_settings import KafkaSettings

SESSION_SECONDS = 6.0
"""A worker that is not heard for so long loses its partitions."""
UNSETTLED_SECONDS_MAX = 20.0
"""How long joining, or dividing again, may take."""
HEARTBEAT_SECONDS_MAX = 2 * SESSION_SECONDS
"""How long ago the last heartbeat may have been sent by a settled member."""
POLL_SECONDS_MAX = 60.0
"""A worker that is heard and does not take records for so long loses its partitions."""


class Signs(NamedTuple):
    """Signs of life at one moment.

    Attributes:
        settled: Whether the group has given this member its partitions, be they none.
        heartbeat_seconds: Since the last heartbeat was sent.
    """

    settled: bool
    heartbeat_seconds: float

    @classmethod
    def of(cls, member: KafkaConsumer) -> Self:
        """What the client says."""
        metrics: Mapping[str, Mapping[str, float]] = member.metrics()
        coordination = metrics.get("consumer-coordinator-metrics", {})
        return cls(
            settled=member.group_metadata().state == MemberState.STABLE,
            heartbeat_seconds=coordination.get("last-heartbeat-seconds-ago", 0.0),
        )


class Vigil:
    """Watches the signs of one membership.

    Args:
        now: When it began, by the monotonic clock.
    """

    def __init__(self, now: float) -> None:
        self._settled = False
        self._since = now

    def watch(self, signs: Signs, now: float) -> None:
        """Look at the signs.

        Raises:
            TimeoutError: They have been missing for too long; a new client has to join.
        """
        if signs.settled != self._settled:
            self._settled, self._since = signs.settled, now
        elapsed = now - self._since
        if not signs.settled and elapsed > UNSETTLED_SECONDS_MAX:
            raise TimeoutError("the group does not take this worker")
        if signs.settled and min(elapsed, signs.heartbeat_seconds) > HEARTBEAT_SECONDS_MAX:
            raise TimeoutError("the group is not told any more that this worker lives")


def join_group(settings: KafkaSettings, listener: ConsumerRebalanceListener) -> KafkaConsumer:
    """A client in the group of workers; the listener learns which partitions it gets."""
    member = KafkaConsumer(
        **settings.consuming(),
        group_id=f"{settings.prefix}-project",
        session_timeout_ms=int(SESSION_SECONDS * 1000),
        heartbeat_interval_ms=int(SESSION_SECONDS * 1000 / 4),
        max_poll_interval_ms=int(POLL_SECONDS_MAX * 1000),
    )
    member.subscribe([settings.events], listener=listener)
    return member
