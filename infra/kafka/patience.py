"""How long a connection to a broker may take to be set up."""

from kafka.net.manager import KafkaConnectionManager


def limit_setup(milliseconds: int) -> None:
    """Wait no longer for any broker of this process.

    A broker that is frozen, or behind a cut line, takes connections and says nothing. Clients of
    kafka-python 3.0.12 wait 10 seconds for it, then 20, then 30, and hand no setting on to the part
    that does; so what that part takes when nothing is said is changed.
    """
    KafkaConnectionManager.DEFAULT_CONFIG |= {
        "socket_connection_setup_timeout_ms": milliseconds,
        "socket_connection_setup_timeout_max_ms": milliseconds,
    }
