"""How fast the fold is: a whole rehearsal night from its events, and every document of it.

Run as `python -m tests.benchmarks.fold [--json]`. The night is decided by the aggregates in memory
and stored as bytes first; neither that nor the disk is part of any figure.
"""

import argparse
import gc
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

import msgspec

from aggregates.base import Event
from aggregates.counting.count_events import TallyEvent
from infra.adapters.event_log.event_codec import canonical, decode
from infra.services.rehearsal import national_night, play
from projections.documents.render import digest, render
from projections.election_projection import ElectionProjection
from tests.unit.infra.services.rehearsal.recording import Recording

_REPEATED = 3


@dataclass(frozen=True)
class Figures:
    """What was measured.

    Attributes:
        document_milliseconds: Median per kind when it is due, other sums being warm.
        night_megabytes: What a folded night takes, with the history of its events.
    """

    events: int
    documents: int
    apply_events_per_second: float
    apply_tallies_per_second: float
    decode_and_apply_events_per_second: float
    decode_and_apply_events_per_second_without_gc: float
    all_documents_seconds: float
    document_milliseconds: dict[str, float]
    night_megabytes: float


def stored_night(scale: float) -> list[tuple[str, bytes]]:
    """(topic, bytes) of every event of a night, as a log stores them."""
    recording = Recording()
    play(national_night(scale=scale), recording.submit)
    return [(event.TOPIC, canonical(event)) for event in recording.events]


def decoded(stored: list[tuple[str, bytes]]) -> list[tuple[int, Event]]:
    """Events with their positions."""
    return [(at, decode(topic, state)) for at, (topic, state) in enumerate(stored, start=1)]


def _refolded(stored: list[tuple[str, bytes]]) -> None:
    """Event by event, as a rebuild does it: decode, apply."""
    night = ElectionProjection()
    for at, (topic, state) in enumerate(stored, start=1):
        night.apply(decode(topic, state), at)


def measure(stored: list[tuple[str, bytes]]) -> Figures:
    """Measure everything; the best of a few runs counts, for the machine is not ours alone."""
    without_gc = min(_without_gc(lambda: _refolded(stored)) for _ in range(_REPEATED))
    whole = min(_seconds(lambda: _refolded(stored)) for _ in range(_REPEATED))
    events = decoded(stored)
    gc.collect()
    gc.freeze()
    applied = min(
        _seconds(lambda: ElectionProjection().apply_all(events)) for _ in range(_REPEATED)
    )
    night = ElectionProjection()
    tallies = _tally_rate(night, events)
    return Figures(
        events=len(events),
        documents=len(night.versions),
        apply_events_per_second=round(len(events) / applied),
        apply_tallies_per_second=round(tallies),
        decode_and_apply_events_per_second=round(len(events) / whole),
        decode_and_apply_events_per_second_without_gc=round(len(events) / without_gc),
        all_documents_seconds=round(_seconds(lambda: digest(night)), 3),
        document_milliseconds=_rendered(events),
        night_megabytes=_night_megabytes(stored),
    )


def _tally_rate(night: ElectionProjection, events: list[tuple[int, Event]]) -> float:
    """Tallies per second, over the longest runs of tallies that the night has."""
    number = seconds = 0.0
    run: list[tuple[int, Event]] = []
    for position, event in [*events, (0, events[0][1])]:
        if position and isinstance(event, TallyEvent):
            run.append((position, event))
            continue
        spent = _seconds(lambda run=run: night.apply_all(run))  # type: ignore[misc]
        if len(run) >= _RUN_MIN:
            number, seconds = number + len(run), seconds + spent
        run = []
        if position:
            night.apply(event, position)
    return number / seconds if seconds else 0.0


_RUN_MIN = 50


def _rendered(events: list[tuple[int, Event]]) -> dict[str, float]:
    """Milliseconds of each kind of document when it is due, in the middle of the night."""
    night = ElectionProjection()
    tallies = [at for at, event in events if isinstance(event, TallyEvent)]
    middle, until = tallies[len(tallies) // 2], tallies[len(tallies) // 2 + _SAMPLES]
    night.apply_all(events[: middle - 1])
    for document in night.versions:
        render(night, document)
    spent: dict[str, list[float]] = {}
    for position, event in events[middle - 1 : until]:
        night.apply(event, position)
        for _, document in night.changed_since(position - 1):
            kind = "/".join(document.split("/")[: 2 if document.startswith("contests") else 1])
            seconds = _seconds(lambda document=document: render(night, document))  # type: ignore[misc]
            spent.setdefault(kind, []).append(seconds * 1000)
    for kind in ("coverage", "seats", "turnout", "candidates", "corrections"):
        spent[kind] = [_seconds(lambda kind=kind: render(night, kind)) * 1000 for _ in range(9)]  # type: ignore[misc]
    return {kind: round(median(each), 2) for kind, each in sorted(spent.items())}


_SAMPLES = 300


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _without_gc(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        return _seconds(work)
    finally:
        gc.enable()


def _night_megabytes(stored: list[tuple[str, bytes]]) -> float:
    """Traced, because what a process has at its peak is also what came before."""
    gc.collect()
    tracemalloc.start()
    _refolded(stored)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return round(peak_bytes / 2**20, 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the whole nation")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    arguments = parser.parse_args()
    stored = stored_night(arguments.scale)
    figures = measure(stored)
    kinds = Counter(topic for topic, _ in stored)
    if arguments.json:
        print(msgspec.json.encode({**asdict(figures), "topics": dict(kinds)}).decode())
        return
    for name, value in asdict(figures).items():
        print(f"{name:46} {value}")


if __name__ == "__main__":
    main()
