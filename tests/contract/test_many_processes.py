"""Eight processes write one log at the same time while a follower reads it."""

import os
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from aggregates.counting.count_events import TallyFinalised
from infra.adapters.event_log import Log
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.log_reader import LogRow
from tests import builders as b
from tests.contract.writing import ROUNDS
from tests.support.posting import record

WRITERS = 8
UNITS = [f"13{number:03d}" for number in range(101, 121)]


class Followed:
    """Everything a follower yields until it is stopped."""

    def __init__(self, log: Log) -> None:
        self.rows: list[LogRow] = []
        self._follower = log.follower()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._news = threading.Condition()

    def end_at(self, position: int) -> list[LogRow]:
        with self._news:
            self._news.wait_for(lambda: bool(self.rows) and self.rows[-1].position >= position, 120)
        self._follower.stop()
        self._thread.join()
        return self.rows

    def _run(self) -> None:
        for batch in self._follower.rows(limit=7):
            with self._news:
                self.rows += batch
                self._news.notify_all()


def _writers(conninfo: str) -> Iterator[str]:
    """Run the writers together; give the lines that they print."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "tests.contract.writing", conninfo, ",".join(UNITS)]
    running = [
        subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, text=True, env=environment)
        for n in range(WRITERS)
    ]
    for writer in running:
        printed, _ = writer.communicate(timeout=1200)
        assert writer.returncode == 0
        yield from printed.splitlines()


@pytest.fixture
def counting(log: Log) -> Log:
    record(
        log,
        *b.REGISTER[:2],
        *(b.unit(unit) for unit in UNITS),
        b.contest(b.DISTRICT_1, UNITS),
        b.candidates(b.DISTRICT_1, b.A, b.B),
        b.OPEN,
    )
    return log


@pytest.mark.long
def test_eight_writers_and_a_follower_agree_on_one_order(conninfo: str, counting: Log) -> None:
    followed = Followed(counting)
    said = dict(line.split() for line in _writers(conninfo))
    last = counting.reader.last_position()
    rows = followed.end_at(last)

    # Every position once and in order, as the log has it.
    assert [row.position for row in rows] == list(range(1, last + 1))
    assert rows == list(counting.reader.rows())

    # Every stream has its versions without a gap.
    versions: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        versions[row.stream].append(row.version)
    assert all(found == list(range(1, len(found) + 1)) for found in versions.values())

    # Every posting was answered, and what was acknowledged stands at its position.
    assert len(said) == WRITERS * ROUNDS * len(UNITS)
    events = {row.position: decode(row.topic, row.state) for row in rows}
    acknowledged = {name: int(told) for name, told in said.items() if told.isdigit()}
    assert all(events[p].provenance.submission == name for name, p in acknowledged.items())
    posted = [event for event in events.values() if event.originator_id.startswith("count/")]
    assert len(acknowledged) == len(posted) - len(UNITS)

    # Decided on the true state: each count was finalised once, and totals never fell.
    finals = Counter(e.unit for e in events.values() if isinstance(e, TallyFinalised))
    assert finals == dict.fromkeys(UNITS, 1)
    refused = Counter(told for told in said.values() if not told.isdigit())
    assert set(refused) <= {"count-already-final", "count-went-backwards"}
    assert refused["count-already-final"] >= (WRITERS - 1) * len(UNITS)
