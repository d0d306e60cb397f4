"""A read node: the live read model, fed by Kafka instead of the database.

It has no database and no way to one. Everything it shows is folded by the same code from the same
bytes as on the main server.
"""

from typing import cast

from typing_extensions import override

from infra.adapters.event_log.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.postgres.schemas import LogName
from infra.runtime.gc_tuning import no_collection
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.streaming.consumer import Intake, IntakeState
from infra.services.streaming.received_log import ReceivedLog
from projections.feeds.public_entry import entry_bytes

FIRST_SECONDS_MAX = 60.0
"""How long a node waits for its first full reading before it begins to serve as behind."""


class NodeBehind(Exception):  # noqa: N818 - it says what is the case
    """This node does not know the present figures; readers should ask another."""


class KafkaReadModel(LiveReadModel):
    """The live read model of a read node.

    Args:
        settings: The brokers.
        expected: The log that has to come; None for whichever comes first.
    """

    def __init__(self, settings: KafkaSettings, expected: LogName | None = None) -> None:
        self.received = ReceivedLog()
        # A received log is read and followed like the log itself; it is only never written.
        super().__init__(cast("Log", self.received))
        self._intake = Intake(settings, self.received, expected, self._fold_first)
        self._following = False

    @override
    def start(self) -> None:
        """Receive and fold what is there, then follow."""
        with no_collection(lasting=True):
            self._intake.start()
            self._intake.wait_settled(FIRST_SECONDS_MAX)
            super().start()

    @override
    def _replay(self) -> None:
        self._fold_received()
        self._following = True

    def _fold_first(self) -> None:
        """Fold what has come, while nobody follows yet, in the thread that receives.

        Two threads would share one interpreter and spend a quarter of their time on handing it to
        each other; so one folds while the brokers prepare the next answer.
        """
        with self._lock:
            if not self._following:
                self._fold_received()

    def _fold_received(self) -> None:
        while page := self.received.reader.entries(self._state.position):
            self._fold(
                ((entry.position, entry.decode_event()) for entry in page),
                (entry_bytes(entry.position, entry.topic, entry.event) for entry in page),
            )

    @override
    def stop(self) -> None:
        """Stop following. A read node leaves nothing behind."""
        self._intake.stop()
        self._follower.stop()
        self._thread.join()

    @property
    def log(self) -> Log:
        """The received log, for readers of entries; its writer refuses."""
        return self._log

    @property
    def name(self) -> LogName | None:
        """Which election and environment; None before the first record."""
        return self.received.name

    def state(self) -> IntakeState:
        """How far the node is, and what it waits for."""
        return self._intake.state()

    @property
    @override
    def recorded(self) -> int:
        """Last position that anything on the topic named."""
        return self.state().known

    @override
    def fault(self) -> Exception | None:
        """Why readers should go elsewhere; None when they need not."""
        if self.failure is not None or self._intake.failure is not None:
            return self.failure or self._intake.failure
        state = self.state()
        if sentence := state.fault():
            return NodeBehind(sentence)
        if self.position < state.position and not self.wait_for(state.position, 0.5):
            return NodeBehind(f"folded up to {self.position} of {state.position}")
        return None
