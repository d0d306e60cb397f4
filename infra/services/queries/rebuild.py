"""Reading the whole history again: the same state, and the same documents to the byte."""

from time import perf_counter

import msgspec

from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.log_reader import LogReader
from infra.runtime.gc_tuning import no_collection
from infra.services.queries.shutdown_digest import left_digest
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.documents.render import digest, render
from projections.election_projection import ElectionProjection


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """A rebuild from zero.

    Attributes:
        election: Id of the election.
        environment: `live` or `rehearsal`.
        events: Events read.
        seconds: Reading, decoding, folding, and the sums of every view.
        events_per_second: Events by seconds.
        documents: Public documents.
        documents_seconds: Rendering every one of them, after that.
        digest: SHA-256 over the address and bytes of every document.
        format: Version of the format of these documents: what the digest can be compared with.
        live_position: Position at which a live process last left its digest; 0 when none did.
        live_digest: That digest.
        live_format: Version of the format of the documents it was taken of; 0 when none was left.
        equal: Whether the rebuild at that position has the same; None when none was left, or when
            it was taken of documents in another format: such bytes are not compared.
    """

    election: str
    environment: str
    events: int
    seconds: float
    events_per_second: float
    documents: int
    documents_seconds: float
    digest: str
    format: int
    live_position: int
    live_digest: str
    live_format: int
    equal: bool | None


def catch_up(state: ElectionProjection, reader: LogReader) -> None:
    """Bring a fold up to the present end of the log."""
    with no_collection():
        state.apply_all(reader.events(after=state.position))


def settle(state: ElectionProjection) -> None:
    """Add up every view, so that the next document costs its rendering only."""
    for contest in state.contests.values():
        contest.sums()
        contest.turnout()
    if "national" in state.versions:
        render(state, "national")


def rebuild(log: Log) -> Rebuilt:
    """Read a log from zero and compare with what the live process left."""
    started = perf_counter()
    state = ElectionProjection()
    catch_up(state, log.reader)
    settle(state)
    folded = perf_counter()
    own = digest(state)
    rendered = perf_counter()
    left = left_digest(log)
    seconds = folded - started
    return Rebuilt(
        election=log.name.election,
        environment=log.name.environment,
        events=state.position,
        seconds=round(seconds, 4),
        events_per_second=round(state.position / seconds, 1),
        documents=len(state.versions),
        documents_seconds=round(rendered - folded, 4),
        digest=own,
        format=DOCUMENT_FORMAT,
        live_position=left.position if left is not None else 0,
        live_digest=left.digest if left is not None else "",
        live_format=left.format if left is not None else 0,
        equal=None
        if left is None or left.format != DOCUMENT_FORMAT
        else _at(log, state, left.position, own) == left.digest,
    )


def _at(log: Log, state: ElectionProjection, position: int, own: str) -> str:
    """Digest of the rebuild at an earlier position."""
    if position == state.position:
        return own
    earlier = ElectionProjection()
    with no_collection():
        for at, event in log.reader.events():
            if at > position:
                break
            earlier.apply(event, at)
    return digest(earlier)
