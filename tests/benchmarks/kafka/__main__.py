"""Kafka in one run: relay, lag and catching up; each beside what it is compared with.

`python -m tests.benchmarks.kafka`; exit 1 when a bar is missed. One broker, the database and every
client share this machine, so absolute figures are those of this machine; the ratios are not.
"""

import os
import sys
import tempfile
from pathlib import Path

from infra.adapters.event_log import Log
from infra.adapters.postgres.embedded import server
from tests.benchmarks.kafka.producing import compare_relay
from tests.benchmarks.kafka.reading import PACED_PER_SECOND, compare_catch_up, show_lag
from tests.benchmarks.kafka.setting import NAME, postings, record
from tests.kafka.broker import Cluster, missing

PACED_SECONDS = 6


def main() -> int:
    """Measure and print."""
    if missing():
        print(missing())
        return 0
    print(f"Kafka; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    submissions = postings()
    paced = PACED_PER_SECOND * PACED_SECONDS
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder) / "postgres") as conninfo,
        Log(conninfo, NAME) as log,
    ):
        cluster = Cluster(Path(folder) / "kafka")
        try:
            cluster.start()
            record(log, submissions[:-paced])
            last = log.reader.last_position()
            settings, fast = compare_relay(log, cluster.bootstrap, last)
            near = compare_catch_up(log, settings, last)
            show_lag(log, settings, submissions[-paced:])
        finally:
            cluster.stop()
    return 0 if fast and near else 1


if __name__ == "__main__":
    sys.exit(main())
