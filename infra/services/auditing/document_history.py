"""Time travel: any document at any position or time, from the log alone, and what lies between."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from aggregates.base import Event
from aggregates.reference.japan_time import JAPAN_TIME
from infra.adapters.filesystem.tile_files import CHECKPOINT
from infra.protocols.signed_note.note import split
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.protocols.tlog.tiles import ENTRIES, TILE_WIDTH, Tile, decode_bundle
from infra.runtime.gc_tuning import no_collection
from infra.services.auditing.history_replay import decode_entries
from infra.services.auditing.log_entries import split_entries
from infra.services.auditing.sources.audit_source import Source
from projections.documents.render import render
from projections.election_projection import ElectionProjection

Moment = int | datetime | None
"""A position, a time, or the end."""


class NoSuchMoment(LookupError):  # noqa: N818 - it says what is the case
    """The log does not reach so far, had nothing yet, or what was named is no moment."""


class LogHistory(Protocol):
    """Where the events of a log come from."""

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """Every event following a position, with its position."""


class SourceHistory:
    """The entries of a bundle, a mirror or a server, not verified.

    Args:
        source: Where to read.
    """

    def __init__(self, source: Source) -> None:
        self._source = source

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """Every event following a position, up to the checkpoint."""
        text, _ = split(self._source.read(CHECKPOINT))
        size = Checkpoint.parse(text).size
        for first in range(after - after % TILE_WIDTH, size, TILE_WIDTH):
            width = min(TILE_WIDTH, size - first)
            path = Tile(ENTRIES, first // TILE_WIDTH, width).path
            entries = split_entries(decode_bundle(self._source.read(path), width), first + 1)
            for entry, event in zip(entries, decode_entries(entries), strict=True):
                if entry.position > after:
                    yield entry.position, event


def parse_moment(text: str) -> Moment:
    """A position or a time (ISO 8601).

    Raises:
        NoSuchMoment: Neither.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        said = f"「{text}」は位置（番号）でも時刻（例 2026-02-08T22:15:00+09:00）でもありません"
        raise NoSuchMoment(said) from None
    return time if time.tzinfo is not None else time.replace(tzinfo=JAPAN_TIME)


def state_at(
    history: LogHistory, moment: Moment, state: ElectionProjection | None = None
) -> ElectionProjection:
    """The fold as it was at a moment: with everything that was recorded up to it.

    Args:
        history: The log.
        moment: When.
        state: An earlier fold of the same log, to go on with.

    Raises:
        NoSuchMoment: The log ends before the position.
    """
    found = ElectionProjection() if state is None else state
    with no_collection():
        for position, event in history.events(found.position):
            if isinstance(moment, int) and position > moment:
                break
            if isinstance(moment, datetime) and event.timestamp > moment:
                break
            found.apply(event, position)
    if isinstance(moment, int) and found.position != moment:
        raise NoSuchMoment(f"位置 {moment} はありません。最後の位置は {found.position} です")
    return found


def render_at(state: ElectionProjection, document: str) -> bytes:
    """The bytes of a document.

    Raises:
        NoSuchMoment: It did not exist then.
    """
    try:
        return render(state, document)
    except KeyError:
        said = f"位置 {state.position} に「{document}」という文書はありません"
        plain = document.removesuffix(".json")
        hint = f"。形式は付けずに {plain} と書きます" if plain != document else ""
        raise NoSuchMoment(f"{said}{hint}") from None
