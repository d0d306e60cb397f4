"""What the log carries, beside what the library and PostgreSQL alone carry in the same minutes.

`python -m tests.benchmarks.log`; exit 1 when a bar is missed. Each figure is the median of three,
taken in turns, because a machine has better and worse minutes.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from statistics import median

from infra.adapters.postgres.embedded import server
from tests.benchmarks.log import night, store

REPEATS = 3
GROUPED = "grouped commits, events/s"
LIBRARY = "library, one event per commit, events/s"
SINGLE = "PostgreSQL, 32 clients of pgbench, rows/s"
COMMANDS = "commands decided and recorded/s"
READ = "events read and decoded/s"
RUNNER = "library's ProjectionRunner, events/s"

BARS = ((GROUPED, LIBRARY, 20.0), (GROUPED, SINGLE, 1.0), (READ, RUNNER, 20.0))
"""(ours, theirs, least ratio)"""


def measure(conninfo: str) -> dict[str, list[float]]:
    """Every figure, once per repeat."""
    taken: dict[str, list[float]] = {}
    for number in range(REPEATS):
        for name, figure in _figures(conninfo):
            taken.setdefault(name, []).append(figure)
            print(f"  {number + 1}/{REPEATS} {name:45} {figure:10,.0f}", file=sys.stderr)
    return taken


def _figures(conninfo: str) -> Iterator[tuple[str, float]]:
    yield LIBRARY, store.library_per_second(conninfo)
    yield GROUPED, store.grouped_per_second(conninfo)
    yield SINGLE, store.single_inserts_per_second(conninfo)
    with night.fresh_log(conninfo) as log:
        yield COMMANDS, night.commands_per_second(log)
        yield READ, night.read_per_second(log)
        yield RUNNER, night.runner_per_second(conninfo, log)


def report(taken: dict[str, list[float]], say: Callable[[str], object] = print) -> bool:
    """Say every figure and ratio; whether every bar is met.

    A ratio compares figures of the same repeat, which had the same minutes of the machine.
    """
    for name, figures in taken.items():
        say(f"{name:50} {median(figures):10,.0f}")
    met = True
    for ours, theirs, bar in BARS:
        ratio = median(a / b for a, b in zip(taken[ours], taken[theirs], strict=True))
        met = met and ratio >= bar
        verdict = "met" if ratio >= bar else "MISSED"
        say(f"{ours} / {theirs}: {ratio:.2f} (bar {bar:.2f}, {verdict})")
    return met


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, server(folder) as address:
        sys.exit(0 if report(measure(address)) else 1)
