"""Documents of an election that was recorded in memory, as a server would show them."""

from pathlib import Path
from typing import TypeVar

import msgspec

from aggregates.commands import election_commands as c
from infra.services.importing.definition.definition_check import check
from infra.services.importing.server_documents import Documents
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.outbox.server_connection import NoAnswer
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.rehearsal.recording import Recording

T = TypeVar("T")


class FoldDocuments(Documents):
    """The port `infra.services.importing.server_documents.Documents` over a fold."""

    def __init__(self, *submissions: c.Submission) -> None:
        self._recording = Recording()
        self._night = ElectionProjection()
        self.is_down = False
        for each in submissions:
            self.post(each)

    @property
    def state(self) -> ElectionProjection:
        return self._night

    @property
    def topics(self) -> set[str]:
        return {event.TOPIC for event in self._recording.events}

    def post(self, submission: c.Submission) -> None:
        self._recording.submit(submission)
        news = self._recording.events[self._night.position :]
        self._night.apply_all(enumerate(news, start=self._night.position + 1))

    def find(self, name: str, kind: type[T]) -> T | None:
        if self.is_down:
            raise NoAnswer("the network is unreachable")
        try:
            return msgspec.json.decode(render(self._night, name), type=kind)
        except KeyError:
            return None


def unsigned() -> dict[str, t.Rows]:
    """The small election as a rehearsal that takes postings without a signature."""
    sheets = t.sheets()
    sheets["選挙"].append(["署名なしの投稿", "認める"])
    return sheets


def recorded(folder: Path, sheets: dict[str, t.Rows] | None = None) -> FoldDocuments:
    """The small election on record."""
    found = check(t.write(folder, sheets or unsigned()), {})
    assert found.faults == []
    return FoldDocuments(*found.submissions)


def register(folder: Path, sheets: dict[str, t.Rows] | None = None) -> RecordedRegister:
    """The register of the small election."""
    return RecordedRegister(recorded(folder / "tables", sheets), folder / "copies")
