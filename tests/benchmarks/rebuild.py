"""Reading a whole national night again, beside the library's own projection runner.

`python -m tests.benchmarks.rebuild`; exit 1 when a bar is missed.
"""

import sys
import tempfile
from collections import deque
from concurrent.futures import Future
from statistics import median
from time import perf_counter

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log import Log, Receipt
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from infra.services.queries.rebuild import rebuild
from infra.services.rehearsal import national_night, play
from tests.benchmarks.log.night import runner_per_second
from tests.support.posting import body_sha256

REPEATS = 5
EVENTS_PER_SECOND_BAR = 80_000
RUNNER_BAR = 20.0
_AHEAD = 500


def record_night(log: Log) -> float:
    """Play the whole nation into a log; postings per second, receipts waited for."""
    waiting: deque[Future[Receipt]] = deque()

    def submit(submission: Submission) -> None:
        waiting.append(log.writer.submit(submission, body_sha256(submission)))
        if len(waiting) >= _AHEAD:
            waiting.popleft().result()

    started = perf_counter()
    played = play(national_night(), submit)
    while waiting:
        waiting.popleft().result()
    return (played.definitions + played.postings) / (perf_counter() - started)


def main() -> int:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        server(folder) as conninfo,
        Log(conninfo, LogName("rehearsal", "rehearsal")) as log,
    ):
        posted = record_night(log)
        found = [rebuild(log) for _ in range(REPEATS)]
        runner = runner_per_second(conninfo, log)
    speed = median(each.events_per_second for each in found)
    ratio = speed / runner
    print(f"postings decided and recorded/s                    {posted:10,.0f}")
    print(f"rebuild with all views, events/s                   {speed:10,.0f}")
    print(f"every document rendered after it, seconds          {found[-1].documents_seconds:10.2f}")
    print(f"library's ProjectionRunner, events/s               {runner:10,.0f}")
    print(f"rebuild / library: {ratio:.1f} (bar {RUNNER_BAR})")
    print(f"rebuild: {speed:,.0f} (bar {EVENTS_PER_SECOND_BAR:,})")
    return 0 if speed >= EVENTS_PER_SECOND_BAR and ratio >= RUNNER_BAR else 1


if __name__ == "__main__":
    sys.exit(main())
