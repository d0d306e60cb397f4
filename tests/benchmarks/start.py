"""How long `serve` needs before it answers, and how much memory, as a log grows.

`python -m tests.benchmarks.start [--scale 0.25] [--growth 1 2 4]`; exit 1 when a bar is missed.
Each start is a process of its own on the log of a rehearsal whose interim reports were repeated
`growth` times, in envelopes as large as signed ones. Beside it, in the same run: reading and
decoding the same entries, and nothing else. Times are of the processor, where others compute too.
"""

import argparse
import base64
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import psycopg
from psycopg.sql import SQL, Identifier

from aggregates.base import Envelope, Event, Signature
from aggregates.counting.count_events import TallyCorrected, TallyPosted
from aggregates.counting.turnout import TurnoutCorrected, TurnoutReported
from infra.adapters.event_log import Log
from infra.adapters.event_log.event_codec import canonical, decode
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from infra.runtime.gc_tuning import no_collection
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.queries.snapshot_keeper import SnapshotKeeper
from infra.services.rehearsal import national_night, play
from tests.unit.infra.services.rehearsal.recording import Recording

NAME = LogName("rehearsal", "rehearsal")
SNAPSHOT_SECONDS_BAR, LOG_SECONDS_BAR = 3.0, 20.0
"""For a million events: from a snapshot, and from the log."""
BYTES_BAR = 2**30
GROWTH_BAR = 1.2
"""Memory per event of the longest log, by that of the shortest."""
_SIGNATURE = base64.b64encode(bytes(64)).decode()
_PROVEN_SECONDS_MAX = 600


class Started(msgspec.Struct):
    """One start.

    Attributes:
        events: Entries of the log.
        seconds: Processor time until it answers.
        wall_seconds: By the clock.
        resident: Bytes in memory when it answers.
        resident_past: Bytes in memory when the past is prepared and everything proven.
        past_seconds: Processor time from then on until that.
    """

    events: int
    seconds: float
    wall_seconds: float
    resident: int
    resident_past: int = 0
    past_seconds: float = 0.0


def repeat_reports(events: Iterable[Event], growth: int) -> Iterator[Event]:
    """The same events with every interim report `growth` times, renumbered, in envelopes."""
    versions: dict[str, int] = {}
    new: dict[tuple[str, int], int] = {}
    for event in events:
        times = growth if isinstance(event, TallyPosted | TurnoutReported) else 1
        for _ in range(times):
            stream = event.originator_id
            versions[stream] = versions.get(stream, 0) + 1
            changes: dict[str, object] = {"originator_version": versions[stream]}
            if isinstance(event, TallyCorrected | TurnoutCorrected):
                changes["supersedes"] = new[stream, event.supersedes]
            yield _enclose(msgspec.structs.replace(event, **changes))
        new[stream, event.originator_version] = versions[stream]


def _enclose(event: Event) -> Event:
    """As large as a signed event, which has the sender's bytes beside what was made of them."""
    payload = base64.b64encode(canonical(event)).decode()
    envelope = Envelope(payload, "application/json", (Signature("0" * 64, _SIGNATURE),))
    provenance = msgspec.structs.replace(event.provenance, envelope=envelope)
    return msgspec.structs.replace(event, provenance=provenance)


def record_events(log: Log, events: Iterable[Event]) -> None:
    """Write events as they are, without deciding on them."""
    statement = SQL(
        "COPY {} (originator_id, originator_version, topic, state, notification_id) FROM STDIN"
    ).format(Identifier(log.name.schema, "stored_events"))
    with psycopg.connect(log.conninfo) as connection, connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for position, event in enumerate(events, start=1):
                row = (event.originator_id, event.originator_version, event.TOPIC)
                copy.write_row((*row, canonical(event), position))
        cursor.execute(SQL("ANALYZE {}").format(Identifier(log.name.schema, "stored_events")))


def start_once(conninfo: str, folder: Path) -> Started:
    """Start a read model as `serve` does, and wait for its past."""
    with Log(conninfo, NAME) as log:
        keeper = SnapshotKeeper(log, folder)
        live = LiveReadModel(log, keeper)
        cpu, wall = time.process_time(), time.perf_counter()
        live.start()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        found = Started(live.position, cpu, wall, _resident())
        begun, end = time.process_time(), time.monotonic() + _PROVEN_SECONDS_MAX
        while keeper.unproven and live.failure is None and time.monotonic() < end:
            time.sleep(0.05)
        if live.failure is not None or keeper.unproven:
            raise SystemExit(f"not proven: {live.failure}")
        found.past_seconds = time.process_time() - begun
        found.resident_past = _resident()
        live.stop()
    return found


def read_only(conninfo: str) -> float:
    """Processor time of reading and decoding every entry."""
    with Log(conninfo, NAME) as log, no_collection():
        begun = time.process_time()
        for row in log.reader.rows():
            decode(row.topic, row.state)
        return time.process_time() - begun


def _resident() -> int:
    fields = Path("/proc/self/statm").read_text("ascii").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def _in_process(*arguments: str) -> bytes:
    command = [sys.executable, "-m", "tests.benchmarks.start", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def measure(events: list[Event], growth: int) -> tuple[float, Started, Started]:
    """Reading alone, the start from the log, and the start from the snapshot it left."""
    with tempfile.TemporaryDirectory() as folder, server(folder) as conninfo:
        with Log(conninfo, NAME) as log:
            record_events(log, repeat_reports(events, growth))
        once = ("--start", conninfo, str(Path(folder, "snapshots")))
        reading = float(_in_process("--read", conninfo))
        first, second = (msgspec.json.decode(_in_process(*once), type=Started) for _ in range(2))
    return reading, first, second


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.25, help="1 is the whole nation")
    parser.add_argument("--growth", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--start", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--read", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.start:
        print(
            msgspec.json.encode(start_once(arguments.start[0], Path(arguments.start[1]))).decode()
        )
        return 0
    if arguments.read:
        print(read_only(arguments.read))
        return 0
    recording = Recording()
    play(national_night(scale=arguments.scale), recording.submit)
    return report([measure(recording.events, growth) for growth in arguments.growth])


def report(measured: list[tuple[float, Started, Started]]) -> int:
    """Print each start and what a million events would take; 1 for a miss.

    What a nation costs however long its log is, is not multiplied: shortest and longest log tell
    what an event costs. With one log alone everything is taken to be of its events.
    """
    for reading, log, snapshot in measured:
        print(
            f"{log.events:9,} events  read and decode {reading:6.2f} s\n"
            f"  from the log      {log.seconds:6.2f} s ({log.seconds / reading:4.2f} x),"
            f" by the clock {log.wall_seconds:6.2f} s, {log.resident_past / 2**20:6.0f} MiB\n"
            f"  from a snapshot   {snapshot.seconds:6.2f} s ({snapshot.seconds / reading:4.2f} x),"
            f" by the clock {snapshot.wall_seconds:6.2f} s, {snapshot.resident / 2**20:6.0f} MiB;"
            f" proven after {snapshot.past_seconds:.2f} s more,"
            f" {snapshot.resident_past / 2**20:6.0f} MiB"
        )
    (_, first, _), (_, last, snapshot) = measured[0], measured[-1]
    log_million = _at_million((first.events, first.seconds), (last.events, last.seconds))
    begun = measured[0][2]
    million = _at_million((begun.events, begun.seconds), (snapshot.events, snapshot.seconds))
    per_event = (last.resident_past / last.events) / (first.resident_past / first.events)
    bars = [
        (
            "start from a snapshot, s for 1,000,000",
            million,
            SNAPSHOT_SECONDS_BAR,
        ),
        ("start from the log, s for 1,000,000", log_million, LOG_SECONDS_BAR),
        ("memory, MiB", last.resident_past / 2**20, BYTES_BAR / 2**20),
        ("memory per event, longest by shortest", per_event, GROWTH_BAR),
    ]
    for name, value, bar in bars:
        print(f"{name:42} {value:8.2f} (wanted: at most {bar:g})")
    return int(any(value > bar for _, value, bar in bars))


def _at_million(shortest: tuple[int, float], longest: tuple[int, float]) -> float:
    (few, few_seconds), (many, many_seconds) = shortest, longest
    if few == many:
        return many_seconds * 1_000_000 / many
    return many_seconds + (many_seconds - few_seconds) / (many - few) * (1_000_000 - many)


if __name__ == "__main__":
    sys.exit(main())
