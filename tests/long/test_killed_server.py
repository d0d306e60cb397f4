"""`serve` is killed again and again while offices send: what has a receipt is recorded, once."""

import http.client
import os
import random
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event, Lock

import msgspec
import pytest

from aggregates.reference.office_ids import CENTRE_PREFIX
from infra.adapters.event_log import Log
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.event_log.submission_receipt import Receipt
from infra.adapters.postgres.schemas import LogName
from infra.services.rehearsal import national_night
from infra.services.signing.envelope import encode_envelope
from infra.services.signing.simulated_offices import SimulatedOffices
from tests.acceptance.served import started, wait_for
from tests.support.ports import free_port

KILLS = int(os.environ.get("KAIHYO_KILLS", "50"))
SCALE = max(0.02, KILLS / 800)
"""Of the nation, so that the postings last for all kills."""
LANES = 16
TOGETHER = 256
RECEIPTS_MAX = 60
"""A server lives until so many receipts at most have come from it."""
_DOOR = "/v1/elections/rehearsal/submissions"
_HEADERS = {"Content-Type": "application/vnd.dsse+json"}


class Senders:
    """Offices that send in their own order, and again whatever was not answered.

    Attributes:
        receipts: By body; the second receipt for a body has to be the first.
        changed: Bodies with two receipts that differ.
        refused: What was answered otherwise.
    """

    def __init__(self, bodies: dict[str, list[bytes]]) -> None:
        self.lanes: list[deque[bytes]] = [deque() for _ in range(LANES)]
        for number, sent in enumerate(bodies.values()):
            self.lanes[number % LANES].extend(sent)
        self.receipts: dict[bytes, Receipt] = {}
        self.changed: list[bytes] = []
        self.refused: list[tuple[int, bytes]] = []
        self._keeping = Lock()

    def send(self, port: int, least: int, enough: Event) -> None:
        """Until the server is gone, or everything is answered."""
        goal = len(self.receipts) + least
        with ThreadPoolExecutor(LANES) as pool:
            for done in [pool.submit(self._send, lane, port, goal, enough) for lane in self.lanes]:
                done.result()
        enough.set()

    def _send(self, lane: deque[bytes], port: int, goal: int, enough: Event) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
            while lane:
                try:
                    line.request("POST", _DOOR, lane[0], _HEADERS)
                    answer = line.getresponse()
                    body = answer.read()
                except (OSError, http.client.HTTPException):
                    return
                if answer.status not in {200, 201}:
                    self.refused.append((answer.status, body))
                    return
                self._keep(lane.popleft(), msgspec.json.decode(body, type=Receipt))
                if len(self.receipts) >= goal:
                    enough.set()

    def _keep(self, body: bytes, receipt: Receipt) -> None:
        with self._keeping:
            first = self.receipts.setdefault(body, receipt)
        if (first.position, first.body_sha256) != (receipt.position, receipt.body_sha256):
            self.changed.append(body)


def signed_night(log: Log, scale: float) -> dict[str, list[bytes]]:
    """Record the first half of a night; what each centre sends after it, signed."""
    signed: deque[PendingSubmission] = deque()
    staff = SimulatedOffices(bytes(32), signed.append)
    night = national_night(scale=scale)
    for submission in night.definitions():
        staff.post(submission)
        record_all(log, signed)
    moments = [moment.submission for moment in night.timeline()]
    for submission in moments[: len(moments) // 2]:
        staff.post(submission)
        if len(signed) >= TOGETHER:
            record_all(log, signed)
    record_all(log, signed)
    for submission in moments[len(moments) // 2 :]:
        if submission.office.startswith(CENTRE_PREFIX):
            staff.post(submission)
    bodies: dict[str, list[bytes]] = {}
    for posting in signed:
        if posting.envelope is None:
            raise ValueError("the staff signs everything")
        bodies.setdefault(posting.submission.office, []).append(encode_envelope(posting.envelope))
    return bodies


def record_all(log: Log, signed: deque[PendingSubmission]) -> None:
    for future in [log.writer.take(posting) for posting in signed]:
        future.result()
    signed.clear()


@pytest.fixture
def national_log(conninfo: str, log_name: LogName) -> Iterator[Log]:
    """An empty log beside which the database holds no other."""
    assert log_name.election != "rehearsal"
    with Log(conninfo, LogName("rehearsal", "rehearsal")) as opened:
        yield opened


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(4))
def test_what_has_a_receipt_survives_every_kill(
    national_log: Log, conninfo: str, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    senders = Senders(signed_night(national_log, SCALE))
    begun = national_log.reader.last_position()
    for _ in range(KILLS):
        serve_until_killed(senders, conninfo, tmp_path, chance.randint(1, RECEIPTS_MAX))
    assert senders.refused == []
    assert senders.changed == []
    answered = dict(senders.receipts)
    assert len(answered) >= KILLS
    assert any(senders.lanes), "the last kill still interrupted somebody"

    for number, body in enumerate(answered):
        senders.lanes[number % LANES].append(body)
    serve_until_killed(senders, conninfo, tmp_path, sum(map(len, senders.lanes)) + 1)

    assert senders.changed == []
    assert senders.refused == []
    ranges = sorted((each.first_position, each.position) for each in senders.receipts.values())
    ends = [begun, *(last for _, last in ranges)]
    assert [first for first, _ in ranges] == [last + 1 for last in ends[:-1]]
    assert ends[-1] == national_log.reader.last_position()


def serve_until_killed(senders: Senders, conninfo: str, data: Path, least: int) -> None:
    """Start a server, send, and kill it once so many receipts came, or everything has one."""
    port, enough = free_port(), Event()
    arguments = ("serve", "--no-sequence", "--data", data, "--port", str(port))
    process = started(*arguments, DATABASE_URL=conninfo)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process)
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(senders.send, port, least, enough)
            enough.wait(600)
            process.kill()
            sending.result()
    finally:
        process.kill()
        process.communicate()
