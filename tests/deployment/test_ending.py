"""A writer that is told to end amid a burst: what it answered is recorded, its digest is left."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue

import httpx
import msgspec
import pytest

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log import Log, Receipt
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from infra.services.queries.rebuild import rebuild
from infra.services.queries.shutdown_digest import leave_digest, left_digest
from projections.election_projection import ElectionProjection
from tests.deployment.processes import wait_until
from tests.kafka.nights import NAME, Script, script
from tests.kafka.processes import Service

DOOR = f"/v1/elections/{NAME.election}/submissions"
CLIENTS = 8
DEFINITIONS = 144


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    with server(tmp_path_factory.mktemp("ending")) as conninfo, Log(conninfo, NAME) as opened:
        yield opened


@pytest.fixture(scope="module")
def night(log: Log) -> Script:
    found = script()
    found.post(log, 0, DEFINITIONS)
    return found


class Burst:
    """Offices that post at the same time, until nobody answers."""

    def __init__(self, port: int, submissions: tuple[Submission, ...]) -> None:
        self._address = f"http://127.0.0.1:{port}"
        self._waiting: SimpleQueue[Submission] = SimpleQueue()
        for submission in submissions:
            self._waiting.put(submission)
        self.receipts: dict[str, Receipt] = {}
        self._threads = [threading.Thread(target=self._post, daemon=True) for _ in range(CLIENTS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(120)
            assert not thread.is_alive()

    def _post(self) -> None:
        with httpx.Client(base_url=self._address, timeout=60) as client:
            while True:
                try:
                    submission = self._waiting.get_nowait()
                    answer = client.post(
                        DOOR,
                        content=msgspec.json.encode(submission),
                        headers={"content-type": "application/json"},
                    )
                except (Empty, httpx.HTTPError):
                    return
                if answer.status_code == 201:
                    receipt = msgspec.json.decode(answer.content, type=Receipt)
                    self.receipts[submission.submission_id] = receipt


def test_what_was_answered_is_recorded_and_the_digest_is_left(
    log: Log, night: Script, tmp_path: Path
) -> None:
    environment = {
        "DATABASE_URL": log.conninfo,
        "KAIHYO_ELECTION": NAME.election,
        "KAIHYO_ENVIRONMENT": NAME.environment,
        "KAIHYO_DATA": str(tmp_path),
    }
    command = ["serve", "--no-sequence", "--port", "{port}"]
    service = Service(command, environment, tmp_path / "serve.log").start()
    wait_until(service.healthy, "the writer is well")
    burst = Burst(service.port, night.submissions[DEFINITIONS:])
    burst.start()
    wait_until(lambda: len(burst.receipts) > 100, "postings are answered")
    assert service.stop() == 0
    burst.join()
    for submission_id, receipt in burst.receipts.items():
        recorded = log.reader.row(receipt.position)
        assert submission_id.encode() in recorded.state
    found = rebuild(log)
    assert found.events >= max(receipt.position for receipt in burst.receipts.values())
    assert found.equal is True


def test_writers_that_end_together_all_leave_their_digest(log: Log) -> None:
    together = threading.Barrier(CLIENTS)

    def leave(opened: Log) -> None:
        together.wait()
        leave_digest(opened, ElectionProjection())

    with Log(log.conninfo, LogName("other", NAME.environment)) as other:
        with ThreadPoolExecutor(CLIENTS) as writers:
            for ending in [writers.submit(leave, other) for _ in range(CLIENTS)]:
                ending.result()
        left = left_digest(other)
    assert left is not None
    assert left.position == 0
