"""What a decision costs: a signed national night, decided in memory, beside decoding its events.

`python -m tests.benchmarks.deciding [--scale SHARE]`. Both take turns and are counted in seconds of
the processor, so that neither has the quieter minutes; their ratio can be compared between commits
and machines. Neither signatures nor the database are part of any figure.
"""

import argparse
import gc
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from infra.adapters.event_log.event_codec import canonical, decode
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.services.rehearsal import national_night, play
from infra.services.signing.simulated_offices import SEED_BYTES, SimulatedOffices
from tests.unit.infra.services.rehearsal.recording import Recording

REPEATS = 3
SCALE = 0.15
_MICRO, _SHOWN = 1_000_000, 6


@dataclass(frozen=True)
class Night:
    """A night as it was signed, and as a log stores it."""

    postings: list[PendingSubmission]
    stored: list[tuple[str, bytes]]


def signed_night(scale: float) -> Night:
    """A share of the national night: every prefecture, fewer counting districts."""
    postings: list[PendingSubmission] = []
    recording = Recording()

    def take(posting: PendingSubmission) -> None:
        postings.append(posting)
        recording.take(posting)

    play(national_night(scale=scale), SimulatedOffices(secrets.token_bytes(SEED_BYTES), take).post)
    return Night(postings, [(event.TOPIC, canonical(event)) for event in recording.events])


def _decide_all(night: Night) -> None:
    recording = Recording()
    for posting in night.postings:
        recording.take(posting)


def _decode_all(night: Night) -> None:
    for topic, state in night.stored:
        decode(topic, state)


def _seconds(work: Callable[[Night], None], night: Night) -> float:
    gc.collect()
    begun = process_time()
    work(night)
    return process_time() - begun


def _names(night: Night) -> list[str]:
    return [posting.submission.command.name for posting in night.postings]


def seconds_by_command(night: Night) -> dict[str, float]:
    """What the postings of each command took together, in one more run."""
    recording, found = Recording(), dict.fromkeys(_names(night), 0.0)
    for posting in night.postings:
        begun = process_time()
        recording.take(posting)
        found[posting.submission.command.name] += process_time() - begun
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=SCALE)
    night = signed_night(parser.parse_args().scale)
    runs = [(_seconds(_decide_all, night), _seconds(_decode_all, night)) for _ in range(REPEATS)]
    # Whatever else the machine does makes a run slower, never faster.
    deciding, decoding = (min(each) for each in zip(*runs, strict=True))
    by_command = seconds_by_command(night)
    counts = Counter(_names(night))
    print(f"postings                                 {len(night.postings):10,}")
    print(f"events                                   {len(night.stored):10,}")
    print(
        f"deciding a posting, microseconds         {deciding * _MICRO / len(night.postings):10.1f}"
    )
    print(f"decoding an event, microseconds          {decoding * _MICRO / len(night.stored):10.1f}")
    for name, _ in counts.most_common(_SHOWN):
        seconds = by_command[name]
        print(f"  {name:38} {seconds * _MICRO / counts[name]:10.1f} of {counts[name]:,}")
    print(f"deciding / decoding the same night: {deciding / decoding:.2f}")


if __name__ == "__main__":
    main()
