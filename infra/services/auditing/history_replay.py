"""The history replayed, and every published document held against what comes out."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from aggregates.base import Event
from infra.adapters.event_log.event_codec import canonical, decode
from infra.adapters.event_log.log_errors import EventUnreadable
from infra.runtime.gc_tuning import no_collection
from infra.services.auditing.log_entries import AuditEntry, require_canonical
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import (
    STAGE_DOCUMENTS,
    STAGE_REPLAY,
    Progress,
    Source,
)
from projections.documents.document_format import DOCUMENT_FORMAT, stated_format
from projections.documents.render import render
from projections.election_projection import ElectionProjection

_EVERY = 1024
_SHOWN_BYTES = 60


def decode_entries(entries: Sequence[AuditEntry]) -> list[Event]:
    """The events of entries.

    Raises:
        AuditDifference: One cannot be read, or is not canonical JSON.
    """
    with no_collection():
        return [decode_entry(entry) for entry in entries]


def fold_history(events: Sequence[Event], progress: Progress) -> ElectionProjection:
    """Fold a history.

    Raises:
        AuditDifference: An event does not fit what was before it.
    """
    state = ElectionProjection()
    with no_collection():
        for position, event in enumerate(events, start=1):
            _apply(state, event, position)
            if not position % _EVERY:
                progress(STAGE_REPLAY, position, len(events))
    progress(STAGE_REPLAY, len(events), len(events))
    return state


class ComparedDocuments(NamedTuple):
    """How many published documents are the same to the byte, and how many are not comparable."""

    same: int = 0
    not_compared: int = 0


def compare_documents(
    source: Source, state: ElectionProjection, progress: Progress
) -> ComparedDocuments:
    """Hold every published document against the fold, to the byte.

    This release renders documents in one version of their format. What a source says is in another
    is not compared, neither as the same nor as different.

    Raises:
        AuditDifference: One differs or is not there.
    """
    if not source.has_documents:
        return ComparedDocuments()
    stated = source.document_format()
    documents = sorted(state.versions.items())
    if stated not in (None, DOCUMENT_FORMAT):
        return ComparedDocuments(not_compared=len(documents))
    same = 0
    for done, (document, version) in enumerate(documents, start=1):
        expected, found = render(state, document), source.document(document, version)
        if expected == found:
            same += 1
        elif stated is not None or not _is_of_another_format(found):
            raise _differs(f"{document}@{version}", expected, found)
        progress(STAGE_DOCUMENTS, done, len(documents))
    return ComparedDocuments(same, len(documents) - same)


def _is_of_another_format(document: bytes) -> bool:
    """Whether a document that an earlier release published says so."""
    try:
        return stated_format(document) != DOCUMENT_FORMAT
    except msgspec.MsgspecError:
        return False


def decode_entry(entry: AuditEntry) -> Event:
    """The event of an entry.

    Raises:
        AuditDifference: It cannot be read, or is not canonical JSON.
    """
    try:
        event = decode(entry.topic, entry.state)
    except EventUnreadable as error:
        where = f"entry {entry.position}"
        raise AuditDifference("event", where, expected=entry.topic, found=str(error)) from None
    if canonical(event) != entry.state:
        # Canonical all the same, perhaps: written before a field was added.
        require_canonical(entry)
    return event


def _apply(state: ElectionProjection, event: Event, position: int) -> None:
    try:
        state.apply(event, position)
    except Exception as error:  # whatever a forged history makes the fold do is a finding
        where, found = f"entry {position}", f"{type(error).__name__}: {error}"
        raise AuditDifference("replay", where, expected=event.TOPIC, found=found) from error


def _differs(document: str, expected: bytes, found: bytes) -> AuditDifference:
    """Name the first byte that differs, with what surrounds it."""
    pairs = zip(expected, found, strict=False)
    shorter = min(len(expected), len(found))
    at = next((number for number, (a, b) in enumerate(pairs) if a != b), shorter)
    begin = max(0, at - _SHOWN_BYTES // 2)
    return AuditDifference(
        "document",
        f"{document}, byte {at}",
        expected=expected[begin : begin + _SHOWN_BYTES].decode(errors="replace"),
        found=found[begin : begin + _SHOWN_BYTES].decode(errors="replace"),
    )
