"""The pointer and the changes: where the log stands, and which document has which version."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

import msgspec

from projections.documents import document_parts
from projections.documents.document_format import DOCUMENT_FORMAT, FIRST_FORMAT
from projections.documents.models import Progress
from projections.election_projection import ElectionProjection
from projections.feeds.layout import HEAD, head_address
from projections.state.records import ContestRecord
from projections.state.sums import add_up

_ENCODER = msgspec.json.Encoder(order="sorted")


class Pointer(msgspec.Struct, frozen=True, kw_only=True):
    """Where the log stands. It never goes back.

    Attributes:
        election: Id of the election.
        election_name: Its name.
        environment: `live`, or `rehearsal` for figures that are not real.
        warning: Says so in words in a rehearsal; empty for a live election.
        position: Position of the last entry that is read here.
        size: Entries in the transparency tree, which is the same number.
        root: Root of that tree (RFC 6962), hex; null where entries are not hashed.
        as_of: When the entry at the position was recorded.
        progress: Per kind of contest, from the register.
        documents: Document -> its latest version. `districts/…` are in `districts-head.json`,
            parts of long documents in `parts-head.json`.
        format: Version of the format in which this release writes documents; a pointer that names
            none is of version 1. A folder may still hold older ones: each names its own.
    """

    election: str
    election_name: str
    environment: str
    warning: str
    position: int
    size: int
    root: str | None
    as_of: datetime
    progress: dict[str, Progress]
    documents: dict[str, int]
    format: int = FIRST_FORMAT


class DocumentChange(NamedTuple):
    """A document and the version it has now."""

    position: int
    document: str


class ChangeRow(msgspec.Struct, frozen=True):
    """A document that changed, and the version it has now."""

    position: int
    document: str


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that changed after a position, the oldest change first, each in its latest version.

    Attributes:
        election: Id of the election.
        environment: `live`, or `rehearsal` for figures that are not real.
        warning: Says so in words in a rehearsal; empty for a live election.
        after: The position that was asked for.
        position: Position of the last entry that is read here.
        root: Root of the tree of that size, hex; null where entries are not hashed.
        changes: The changes.
        next: Ask for the changes after this position to go on; nothing is left out between.
        is_truncated: Whether there is more already.
    """

    election: str
    environment: str
    warning: str
    after: int
    position: int
    root: str | None
    changes: list[ChangeRow]
    next: int
    is_truncated: bool


def pointer(state: ElectionProjection, root: str | None, name: str = HEAD) -> bytes:
    """One of the pointers: `head.json`, that of counting districts, or that of parts.

    Several, because 1,925 counting districts alone take 9 KB compressed and few readers want them.
    """
    facts = state.register().facts
    body = Pointer(
        election=facts.id,
        election_name=facts.name,
        environment=facts.environment,
        warning=warning(state),
        position=state.position,
        size=state.position,
        root=root,
        as_of=state.times[-1],
        progress=_progress(state) if name == HEAD else {},
        documents={
            document: version
            for document, version in state.versions.items()
            if head_address(document) == name
        },
        format=DOCUMENT_FORMAT,
    )
    return _ENCODER.encode(body)


def warning(state: ElectionProjection) -> str:
    """The words that every rehearsal publication carries."""
    rehearsal = state.register().facts.environment == "rehearsal"
    return document_parts.REHEARSAL_WARNING if rehearsal else ""


def _progress(state: ElectionProjection) -> dict[str, Progress]:
    kinds: dict[str, list[ContestRecord]] = {}
    for contest in state.contests.values():
        kinds.setdefault(contest.facts.kind, []).append(contest)
    return {
        kind: document_parts.progress(add_up(contest.sums() for contest in found))
        for kind, found in kinds.items()
    }


def changes(state: ElectionProjection, after: int, limit: int, root: str | None) -> bytes:
    """One page of changes.

    A page ends where a position ends: the documents of one position are never divided, so `next`
    leaves nothing out. A page is longer than `limit` only when one position alone changed more.
    """
    found = [DocumentChange(*each) for each in state.changed_since(after)]
    page = list(_page(found, limit))
    is_truncated = len(page) < len(found)
    facts = state.register().facts
    body = Changes(
        election=facts.id,
        environment=facts.environment,
        warning=warning(state),
        after=after,
        position=state.position,
        root=root,
        changes=[ChangeRow(*change) for change in page],
        next=page[-1].position if is_truncated else max(after, state.position),
        is_truncated=is_truncated,
    )
    return msgspec.json.encode(body)


def _page(found: list[DocumentChange], limit: int) -> Iterator[DocumentChange]:
    taken = 0
    for _, together in groupby(found, key=lambda change: change.position):
        group = list(together)
        if taken and taken + len(group) > limit:
            return
        taken += len(group)
        yield from group


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the stream: what changed from one position to another.

    Attributes:
        election: Id of the election.
        environment: `live`, or `rehearsal` for figures that are not real.
        warning: Says so in words in a rehearsal; empty for a live election.
        after: Position of the event before: the reader's last one, or something is missing.
        position: Position that is reached; the id of the event.
        root: Root of the tree of that size, hex; null where entries are not hashed.
        documents: Document -> its latest version; the oldest change first.
    """

    election: str
    environment: str
    warning: str
    after: int
    position: int
    root: str | None
    documents: dict[str, int]


def batch(state: ElectionProjection, after: int, root: str | None) -> bytes:
    """One event of the stream, ready to be sent (WHATWG HTML, 9.2: server-sent events)."""
    facts = state.register().facts
    body = Batch(
        election=facts.id,
        environment=facts.environment,
        warning=warning(state),
        after=after,
        position=state.position,
        root=root,
        documents={document: version for version, document in state.changed_since(after)},
    )
    data = msgspec.json.encode(body)
    return b"id: %d\nevent: changes\ndata: %b\n\n" % (state.position, data)
