"""Nights for tests: commands decided by the aggregates in memory, then folded."""

from collections.abc import Iterable
from typing import Any

import msgspec

from aggregates.base import Event
from aggregates.errors import Refusal
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from tests import builders as b
from tests.support.gwt import Command, Log
from tests.unit.infra.services.rehearsal.recording import Recording

Document = dict[str, Any]

YOKOHAMA = "14101"


class Office:
    """Posts commands one after the other and keeps a night up to date with what they cause."""

    def __init__(self, *commands: Command, environment: str = "rehearsal") -> None:
        self._sender = Log(environment=environment)
        self._recording = Recording()
        self.night = ElectionProjection()
        self.post(*commands)

    @property
    def events(self) -> list[Event]:
        """Everything that was recorded, in order."""
        return self._recording.events

    def post(self, *commands: Command, **circumstances: object) -> list[str]:
        """Post; return the documents that changed, sorted."""
        before = self.night.position
        for command in commands:
            self._recording.submit(self._sender.submission(command, **circumstances))
            known = self.night.position
            self.night.apply_all(enumerate(self.events[known:], start=known + 1))
        return sorted(document for _, document in self.night.changed_since(before))

    def tries(self, command: Command) -> bool:
        """Post what may be refused; tell whether it was taken."""
        try:
            self.post(command)
        except Refusal:
            return False
        return True

    def document(self, key: str) -> Document:
        """A document as readers see it."""
        return shown(self.night, key)

    def option(self, contest: str, option: str) -> Document:
        """One option's row of its contest."""
        return row(self.document(f"contests/{contest}")["options"], option)

    def version(self, key: str) -> int:
        """Position at which a document changed last."""
        return self.night.versions[key]


def shown(night: ElectionProjection, key: str) -> Document:
    """A document as readers see it."""
    found: Document = msgspec.json.decode(render(night, key))
    return found


def row(rows: Iterable[Document], wanted: str, key: str = "id") -> Document:
    """The row with this id."""
    return next(each for each in rows if each[key] == wanted)


def folded(events: Iterable[Event]) -> ElectionProjection:
    """A night built from events alone."""
    night = ElectionProjection()
    night.apply_all(enumerate(events, start=1))
    return night


def rendered(night: ElectionProjection) -> dict[str, bytes]:
    """Every document's bytes."""
    return {document: render(night, document) for document in night.versions}


TWO_PREFECTURES: tuple[Command, ...] = (
    *b.REGISTER,
    b.unit("12101", "12"),
    b.unit(YOKOHAMA, "14"),
    b.unit("p14", "14", "prefecture"),
    b.contest("house-district/12-01", ["12101"], prefectures=["12"]),
    b.candidates("house-district/12-01", "c1", "c2", party="ao"),
    b.contest(
        "house-block/minami-kanto",
        ["12101", "p14"],
        seats=2,
        prefectures=["12", "14"],
        block="minami-kanto",
    ),
    b.party_list(
        "house-block/minami-kanto",
        "m-ao",
        b.member("m-ao-1", 1, dual=("house-district/12-01", "c1")),
        b.member("m-ao-2", 2),
        party="ao",
    ),
    b.party_list("house-block/minami-kanto", "m-aka", b.member("m-aka-1", 1), party="aka"),
)
"""A block over two prefectures, one of which posts as a single unit; a district in the other."""
