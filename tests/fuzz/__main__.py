"""100,000 generated requests against every address: `python -m tests.fuzz [SEED] [NUMBER]`.

Prints what was answered; ends with 1 when anything was answered as it must not be.
"""

import logging
import sys
import tempfile
import time
from pathlib import Path

import structlog

from api.cli.common.server import open_app_state
from infra.adapters.event_log import Log
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from tests import builders as b
from tests.fuzz.fuzz_server import FuzzOutcome, fuzz
from tests.support.posting import empty, record

_PART = 2_000
"""Requests to one log; then a new one is begun, in which more can still happen."""


def main(seed: int, number: int) -> int:
    """Ask, print, and say whether every answer was one that may be."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    start = time.monotonic()
    whole = FuzzOutcome()
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as conninfo:
        for part, first in enumerate(range(0, number, _PART)):
            empty(conninfo)
            with Log(conninfo, LogName("house50", "rehearsal")) as log:
                if part % 2:
                    record(log, *b.DISTRICT)
                with open_app_state(log) as services:
                    found = fuzz(services, seed + part, min(_PART, number - first))
            whole.statuses += found.statuses
            whole.faults += found.faults
            for fault in found.faults:
                print(fault, flush=True)
    seconds = time.monotonic() - start
    print(f"seed {seed}, {number:,} requests in {seconds:.0f} s, {len(whole.faults)} faults")
    print(", ".join(f"{status}: {times:,}" for status, times in sorted(whole.statuses.items())))
    return 1 if whole.faults else 0


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*(given + [14, 100_000][len(given) :])))
