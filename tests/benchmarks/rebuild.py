"""Reading a whole signed night again, beside reading and decoding it, and the command.

`python -m tests.benchmarks.rebuild [--scale 1]`; exit 1 when a bar is missed. Rebuild and reading
take turns and are counted in processor time, which other work on the machine changes less; the
database, which has a process of its own, is in neither.
"""

import argparse
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from statistics import median
from time import perf_counter, process_time

import msgspec

from infra.adapters.event_log import Log, Receipt
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from infra.runtime.gc_tuning import no_collection
from infra.services.queries.rebuild import Rebuilt, catch_up, settle
from infra.services.rehearsal import national_night, play
from infra.services.signing.simulated_offices import SimulatedOffices
from projections.election_projection import ElectionProjection
from tests.acceptance.kaihyo import kaihyo
from tests.benchmarks.log.night import runner_per_second
from tests.support.performance_table import Bar, Row, give_row

REPEATS = 5
READING_RATIO_MAX = 1.25
COMMAND_RATIO_MIN = 0.8
RUNNER_RATIO_MIN = 20.0
_AHEAD = 500


def record_night(log: Log, scale: float) -> float:
    """Play a signed night into a log; postings per second, receipts waited for."""
    waiting: deque[Future[Receipt]] = deque()

    def take(posting: PendingSubmission) -> None:
        waiting.append(log.writer.take(posting))
        if len(waiting) >= _AHEAD:
            waiting.popleft().result()

    started = perf_counter()
    played = play(national_night(scale=scale), SimulatedOffices(bytes(32), take).post)
    while waiting:
        waiting.popleft().result()
    return (played.definitions + played.postings) / (perf_counter() - started)


def _rebuild(log: Log) -> None:
    state = ElectionProjection()
    catch_up(state, log.reader)
    settle(state)


def _read(log: Log) -> None:
    with no_collection():
        deque(log.reader.events(), maxlen=0)


def _cost(work: Callable[[Log], None], log: Log) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    clock, processor = perf_counter(), process_time()
    work(log)
    return perf_counter() - clock, process_time() - processor


def _command_per_second(folder: str) -> float:
    """Events a second as `kaihyo rebuild` says them; the middle of three."""
    said = []
    for _ in range(3):
        done = kaihyo("rebuild", "--json", "--data", folder)
        said.append(msgspec.json.decode(done.stdout, type=Rebuilt).events_per_second)
    return median(said)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the whole nation")
    scale = parser.parse_args().scale
    with tempfile.TemporaryDirectory() as folder:
        with server(folder) as conninfo, Log(conninfo, LogName("rehearsal", "rehearsal")) as log:
            posted = record_night(log, scale)
            turns = [(_cost(_rebuild, log), _cost(_read, log)) for _ in range(REPEATS)]
            runner = runner_per_second(conninfo, log)
            events = log.reader.last_position()
        command = _command_per_second(folder)
    speed = events / median(clock for (clock, _), _ in turns)
    figures = {
        "speed": speed,
        "reading": median(own / bare for (_, own), (_, bare) in turns),
        "command": command,
        "part": command / speed,
        "runner": speed / runner,
    }
    print(f"postings decided and recorded/s           {posted:10,.0f}")
    print(f"rebuild with all views, events/s          {speed:10,.0f} of {events:,}")
    row = Row(
        "rebuild of a signed national night, every view",
        "{speed:,.0f} events/s; `kaihyo rebuild` {command:,.0f}",
        "{reading:.2f} × reading and decoding by processor time; the command {part:.2f} × the "
        "rebuild in process; {runner:.0f} × the library's projection runner",
        figures,
        {
            "reading": Bar(READING_RATIO_MAX, is_least=False),
            "part": Bar(COMMAND_RATIO_MIN, is_least=True),
            "runner": Bar(RUNNER_RATIO_MIN, is_least=True),
        },
    )
    give_row(row)
    for name, bar in row.bars.items():
        print(f"{name:10} {figures[name]:10.2f} ({bar.describe(figures[name])})")
    return 0 if all(bar.is_met(figures[name]) for name, bar in row.bars.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
