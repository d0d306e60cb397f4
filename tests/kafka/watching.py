"""What readers were shown while things went wrong, held against the fold at that position."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from infra.adapters.event_log import Log
from infra.adapters.event_log.event_codec import decode
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION
from infra.services.streaming.results_publisher import PublishedState
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from tests.kafka.processes import Service

Shown = tuple[int, bytes]
Source = Callable[[], Shown | None]
LOOK_SECONDS = 0.1


class Samples:
    """Asks for the national document, again and again.

    Args:
        sources: Where to ask.

    Attributes:
        shown: Version -> bytes; a version that comes with other bytes fails the test.
        went_back: Versions that followed a later one at the same place.
        answers: How often each source answered.
    """

    def __init__(self, *sources: Source) -> None:
        self.shown: dict[int, bytes] = {}
        self.went_back: list[tuple[int, int]] = []
        self.answers = [0] * len(sources)
        self._sources = sources
        self._stopped = threading.Event()

    def run(self) -> None:
        """Ask every source until `stop`; one that is slow holds up none of the others."""
        with ThreadPoolExecutor(len(self._sources)) as together:
            for asking in [together.submit(self._ask, each) for each in range(len(self._sources))]:
                asking.result()

    def stop(self) -> None:
        """Ask no more."""
        self._stopped.set()

    def require_true(self, log: Log) -> None:
        """Every version that was shown is the fold at its position, to the byte."""
        night = ElectionProjection()
        for row in log.reader.rows():
            night.apply(decode(row.topic, row.state), row.position)
            if row.position in self.shown:
                assert self.shown[row.position] == render(night, "national")

    def _ask(self, which: int) -> None:
        before, source = 0, self._sources[which]
        while not self._stopped.wait(LOOK_SECONDS):
            if (found := source()) is None:
                continue
            version, body = found
            self.answers[which] += 1
            assert self.shown.setdefault(version, body) == body
            if version < before:
                self.went_back.append((before, version))
            before = version


def shown_by(night: PublishedState) -> Source:
    """What a night in this process shows."""

    def ask() -> Shown | None:
        try:
            body, version = night.document("national")
        except KeyError:
            return None
        return version, body

    return ask


def served_by(service: Service) -> Source:
    """What a process of its own serves; nothing while it is down."""

    def ask() -> Shown | None:
        answer = service.get(f"/v1/elections/{ELECTION}/national.json")
        if answer is None or answer.status_code != 200:
            return None
        return int(answer.json()["head"]["position"]), answer.content

    return ask
