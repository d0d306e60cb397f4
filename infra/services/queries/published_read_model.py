"""A read model of what is published, over the state that its publisher folds.

So it never runs ahead of the documents that readers have.
"""

from typing_extensions import override

from infra.adapters.event_log.event_log import Log
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.queries.merkle_roots import Roots
from projections.election_projection import ElectionProjection


class PublishedReadModel(LiveReadModel):
    """Answers from a state that somebody else keeps, and follows nothing.

    Args:
        log: The log of that state.
        state: The state; it must not move while a question is answered.
        roots: Roots of its tree.
    """

    def __init__(self, log: Log, state: ElectionProjection, roots: Roots) -> None:
        super().__init__(log)
        self._state = state
        self._roots = roots

    @override
    def start(self) -> None:
        """Nothing is to be read: the state is there."""

    @override
    def stop(self) -> None:
        """Let go of the log."""
        self._follower.stop()
        self._entries.close()

    @property
    @override
    def recorded(self) -> int:
        """What is published is all there is."""
        return self.position
