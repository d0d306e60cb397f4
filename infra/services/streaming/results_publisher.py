"""Keeping `kaihyo.results` up with a night, wherever that night comes from."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

import structlog
from kafka.errors import KafkaError

from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.postgres.schemas import LogName
from infra.services.queries.live_read_model import Rendered
from infra.services.streaming.results_topic import Document, ResultsTopic
from projections.election_projection import ElectionProjection

TAnswer = TypeVar("TAnswer")

_WAIT_SECONDS = 1.0
_BACKOFF_SECONDS = 1.0
_log = structlog.get_logger(__name__)


class PublishedState(Protocol):
    """A state that is kept up with the log, and answers with documents."""

    @property
    def position(self) -> int:
        """Position up to which it is known."""

    @property
    def name(self) -> LogName | None:
        """Which election and environment; None before the first record."""

    def read(self, question: Callable[[ElectionProjection], TAnswer]) -> TAnswer:
        """Ask the state a question at one position."""

    def document(self, key: str) -> Rendered:
        """The latest bytes of a document."""

    def wait_for(self, position: int, seconds_max: float = ...) -> bool:
        """Wait until a position is known."""


class ResultsPublisher:
    """Publishes what changes until it is stopped.

    Args:
        night: Whose documents.
        settings: The brokers.

    Attributes:
        published: Position up to which everything is on the topic.
    """

    def __init__(self, state: PublishedState, settings: KafkaSettings) -> None:
        self._night = state
        self._settings = settings
        self._stopped = threading.Event()
        self.published = 0

    def run(self) -> None:
        """Publish until `stop`; what fails is started again, with a look at what is there."""
        while not self._stopped.is_set():
            name = self._night.name
            if name is None or not self._night.wait_for(1, _WAIT_SECONDS):
                self._stopped.wait(_WAIT_SECONDS / 10)
                continue
            try:
                self._publish(name)
            except (KafkaError, TimeoutError, OSError) as error:
                _log.warning("kafka.results.anew", error=repr(error), published=self.published)
                self._stopped.wait(_BACKOFF_SECONDS)

    def stop(self) -> None:
        """End after the transaction under way."""
        self._stopped.set()

    def _publish(self, name: LogName) -> None:
        topic = ResultsTopic(self._settings, name)
        after = 0
        try:
            while not self._stopped.is_set():
                if not self._night.wait_for(after + 1, _WAIT_SECONDS):
                    continue
                position = self._night.position
                topic.publish(self._find_changes(after))
                self.published = after = position
        finally:
            topic.close()

    def _find_changes(self, after: int) -> list[Document]:
        changed = self._night.read(lambda state: state.changed_since(after))
        return [Document(key, self._night.document(key)) for _, key in changed]
