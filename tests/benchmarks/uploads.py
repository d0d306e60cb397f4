"""Signed postings while strangers send workbooks: `python -m tests.benchmarks.uploads`.

120 workbooks of about 115 KB come at once, from as many addresses, and again and again. Rounds with
and without them alternate, so that whatever else the machine does slows both; strangers are a
process of their own, which takes no time from the one that is measured. The bar: p99 of the
postings is at most twice that of the rounds without uploads.
"""

import io
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from typing import Final

import httpx
import xlsxwriter

from infra.adapters.event_log import Log
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from infra.services.rehearsal import national_night
from infra.services.signing.envelope import encode_envelope
from infra.services.signing.simulated_offices import SimulatedOffices
from tests.acceptance.served import running
from tests.support.ports import free_port

ROUNDS: Final = 4
POSTINGS: Final = 100
"""Of one round."""
UPLOADS: Final = 120
TIMES_MAX: Final = 2.0
_PAUSE_SECONDS: Final = 0.02
_SCALE: Final = 0.02
_LEAST_URGENT: Final = 19
DOOR: Final = "/v1/elections/rehearsal/submissions"
_DSSE: Final = {"content-type": "application/vnd.dsse+json"}


def workbook() -> bytes:
    """A workbook of about 115 KB: figures that do not repeat."""
    figures = random.Random(14)
    packed = io.BytesIO()
    made = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = made.add_worksheet()
    for row in range(410):
        sheet.write_row(row, 0, [figures.randrange(10**6) for _ in range(40)])
    made.close()
    return packed.getvalue()


def found_election(folder: str) -> deque[PendingSubmission]:
    """Define a signed election in a folder; the postings of its night, signed."""
    night = national_night(scale=_SCALE)
    signed: deque[PendingSubmission] = deque()
    staff = SimulatedOffices(bytes(32), signed.append)
    with server(folder) as conninfo, Log(conninfo, LogName("rehearsal", "rehearsal")) as log:
        for submission in night.definitions():
            staff.post(submission)
        while signed:
            log.writer.take(signed.popleft()).result()
    for moment in islice(night.timeline(), (2 * ROUNDS + 1) * POSTINGS):
        staff.post(moment.submission)
    return signed


def post_round(client: httpx.Client, signed: deque[PendingSubmission]) -> list[float]:
    """Seconds of each posting of a round until its receipt."""
    seconds = []
    for _ in range(POSTINGS):
        posting = signed.popleft()
        if posting.envelope is None:
            raise ValueError("the staff signs everything")
        content = encode_envelope(posting.envelope)
        start = time.perf_counter()
        client.post(DOOR, content=content, headers=_DSSE).raise_for_status()
        seconds.append(time.perf_counter() - start)
        time.sleep(_PAUSE_SECONDS)
    return seconds


def upload_all(
    address: str, content: bytes, turn: Event, ended: Event, answered: "Queue[Counter[int]]"
) -> None:
    """Strangers, who send as long as it is their turn."""
    # Elsewhere they would have cores of their own: here they are a session of its own, which shares
    # nothing of what is due to the server.
    os.setsid()
    os.setpriority(os.PRIO_PROCESS, 0, _LEAST_URGENT)
    found: Counter[int] = Counter()
    trusted = httpx.create_ssl_context()
    parent = multiprocessing.parent_process()

    def upload(number: int) -> None:
        sender = {"x-forwarded-for": f"198.51.{number // 250}.{number % 250}"}
        with httpx.Client(base_url=address, timeout=120, verify=trusted) as stranger:
            while not ended.is_set() and parent is not None and parent.is_alive():
                if not turn.wait(0.5):
                    continue
                answer = stranger.post("/centre/data/rows", content=content, headers=sender)
                found[answer.status_code] += 1
                if answer.status_code != httpx.codes.OK:
                    ended.wait(float(answer.headers["retry-after"]))

    with ThreadPoolExecutor(UPLOADS) as strangers:
        done = [strangers.submit(upload, number) for number in range(UPLOADS)]
    answered.put(found)
    for each in done:
        each.result()


def measure(
    address: str, signed: deque[PendingSubmission]
) -> tuple[list[float], list[float], Counter[int]]:
    """Postings without uploads, the same with them, and what the uploads were answered."""
    content = workbook()
    print(
        f"{UPLOADS} uploads of {len(content) / 1000:.0f} KB at once, "
        f"{ROUNDS} times {POSTINGS} signed postings"
    )
    context = multiprocessing.get_context("spawn")
    turn, ended, answered = context.Event(), context.Event(), context.Queue()
    strangers = context.Process(target=upload_all, args=(address, content, turn, ended, answered))
    strangers.start()
    alone, beside = [], []
    try:
        with httpx.Client(base_url=address, timeout=120) as office:
            post_round(office, signed)
            for _ in range(ROUNDS):
                alone += post_round(office, signed)
                turn.set()
                beside += post_round(office, signed)
                turn.clear()
    finally:
        ended.set()
    found = answered.get(timeout=120)
    strangers.join()
    return alone, beside, found


def main() -> int:
    """Measure, print, and say whether the bar is met."""
    with tempfile.TemporaryDirectory() as folder:
        signed = found_election(folder)
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        serving = ("serve", "--no-sequence", "--data", folder, "--port", str(port))
        with running(*serving, url=f"{address}/health"):
            alone, beside, answered = measure(address, signed)
    for name, seconds in (("without uploads", alone), ("with uploads", beside)):
        print(
            f"{name}: median {statistics.median(seconds) * 1000:.1f} ms, "
            f"p99 {_p99(seconds) * 1000:.1f} ms, worst {max(seconds) * 1000:.1f} ms"
        )
    print("uploads answered:", dict(sorted(answered.items())))
    times = _p99(beside) / _p99(alone)
    print(f"p99 {times:.2f} times, at most {TIMES_MAX}")
    return 0 if times <= TIMES_MAX else 1


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]


if __name__ == "__main__":
    sys.exit(main())
