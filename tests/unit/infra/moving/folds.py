"""Documents of an election that was recorded in memory, as a server would show them."""

from pathlib import Path
from typing import TypeVar

import msgspec

from aggregates import commands as c
from infra.moving.checking import check
from infra.moving.reader import Documents
from infra.moving.register import Register
from infra.outbox.line import LineDown
from projections.documents.render import render
from projections.night import Night
from tests.unit.infra.moving import tables as t
from tests.unit.infra.rehearsal.recording import Recording

T = TypeVar("T")


class FoldDocuments(Documents):
    """The port `infra.moving.reader.Documents` over a fold."""

    def __init__(self, *submissions: c.Submission) -> None:
        self._recording = Recording()
        self._night = Night()
        self.is_down = False
        for each in submissions:
            self.post(each)

    def post(self, submission: c.Submission) -> None:
        self._recording.submit(submission)
        news = self._recording.events[self._night.position :]
        self._night.apply_all(enumerate(news, start=self._night.position + 1))

    def find(self, name: str, kind: type[T]) -> T | None:
        if self.is_down:
            raise LineDown("the network is unreachable")
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


def register(folder: Path, sheets: dict[str, t.Rows] | None = None) -> Register:
    """The register of the small election."""
    return Register(recorded(folder / "tables", sheets), folder / "copies")
