"""A broker that takes connections and says nothing holds up no client for long."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from kafka import KafkaConsumer

from infra.adapters.kafka.kafka_settings import KafkaSettings

REQUEST_SECONDS = 1.0
CLIENTS_MAX = 60
"""Each begins with one of the brokers, picked at random: of so many, one has met the silent one."""


class Silence:
    """A broker that is frozen: its machine takes connections, nobody answers.

    Attributes:
        address: Where it listens.
        met: How many connections it took.
    """

    def __init__(self, listener: socket.socket) -> None:
        host, port = listener.getsockname()
        self.address = f"{host}:{port}"
        self.met = 0
        self._listener = listener
        self._taken: list[socket.socket] = []

    def run(self) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                taken, _ = self._listener.accept()
                self._taken.append(taken)
                self.met += 1


@contextmanager
def silent() -> Iterator[Silence]:
    """A silent broker while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        silence = Silence(listener)
        thread = threading.Thread(target=silence.run, daemon=True)
        thread.start()
        yield silence
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_a_client_that_begins_at_a_silent_broker_turns_to_another(settings: KafkaSettings) -> None:
    with silent() as silence:
        # given one broker of the list that is silent
        both = settings.model_copy(
            update={
                "brokers": f"{silence.address},{settings.brokers}",
                "timeout_seconds": REQUEST_SECONDS,
            }
        )
        # when clients begin until one of them has met it
        for _ in range(CLIENTS_MAX):
            began = time.monotonic()
            client = KafkaConsumer(**both.consuming())
            seconds = time.monotonic() - began
            # then each of them is at work without having spent its whole half minute there
            assert client.partitions_for_topic(settings.events)
            client.close()
            assert seconds < 15 * REQUEST_SECONDS
            if silence.met:
                break
        assert silence.met
