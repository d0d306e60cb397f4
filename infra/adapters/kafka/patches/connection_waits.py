"""How long clients wait for brokers that say nothing, and before they ask again.

A broker that is frozen, or behind a cut line, takes connections and says nothing. Clients of
kafka-python 3.0.12 wait 10 seconds for it, then 20, then 30, and hand no setting on to the part
that does. One that has just begun asks one broker, picked at random, and waits all of its half
minute for that one (dpkp/kafka-python#2284): with one of three frozen, a service that needs three
clients seldom gets to work. So what that part takes when nothing is said is changed, and it is
made to wait no longer either.

What knows the brokers and topics does not know either how soon it may ask again: every client that
wants to know a topic's partitions stands still for a tenth of a second after it has begun.

Upstream: dpkp/kafka-python#2284; settings for it are handed on by #3129, not in 3.0.12.
Goes with: the first version with #3129.
"""

from functools import wraps

from kafka.cluster import ClusterMetadata
from kafka.net.connection import KafkaConnection
from kafka.net.manager import KafkaConnectionManager

_SETUP = "socket_connection_setup_timeout_ms"
_SETUP_MAX = "socket_connection_setup_timeout_max_ms"
_ASK_AGAIN_MILLISECONDS = 20
_get_connection = KafkaConnectionManager.get_connection


def limit_waits(milliseconds: int) -> None:
    """Wait no longer than this for any broker of this process to set up a connection."""
    KafkaConnectionManager.DEFAULT_CONFIG |= {_SETUP: milliseconds, _SETUP_MAX: milliseconds}
    KafkaConnectionManager.get_connection = _get_limited
    ClusterMetadata.DEFAULT_CONFIG |= {"retry_backoff_ms": _ASK_AGAIN_MILLISECONDS}


@wraps(_get_connection)
def _get_limited(
    manager: KafkaConnectionManager,
    node_id: str | int | None,
    timeout_ms: float | None = None,
    **rest: object,
) -> KafkaConnection:
    most = manager.config[_SETUP]
    wait_ms = most if timeout_ms is None else min(most, timeout_ms)
    return _get_connection(manager, node_id, timeout_ms=wait_ms, **rest)
