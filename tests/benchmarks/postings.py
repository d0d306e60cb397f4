"""Signed postings over HTTP, each answered with its receipt, beside the signature checks alone.

`python -m tests.benchmarks.postings`. The centres of a rehearsal report turnout; 32 connections are
open at once, and every office keeps its own order, as its chain demands.
"""

import asyncio
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from itertools import islice
from time import perf_counter

import httpx

from infra.adapters.event_log import Log
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from infra.services.rehearsal import national_night
from infra.services.signing.envelope import encode_envelope
from infra.services.signing.simulated_offices import SimulatedOffices
from infra.services.signing.submission_auth import admit_envelope
from tests.acceptance.served import running
from tests.support.ports import free_port

SCALE = 0.2
POSTINGS = 3000
CONNECTIONS = 32
DSSE = {"content-type": "application/vnd.dsse+json"}


def main() -> int:
    """Measure and print."""
    night = national_night(scale=SCALE)
    signed: deque[PendingSubmission] = deque()
    staff = SimulatedOffices(bytes(32), signed.append)
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        with (
            server(folder) as conninfo,
            Log(conninfo, LogName("rehearsal", "rehearsal")) as log,
        ):
            for submission in night.definitions():
                staff.post(submission)
            while signed:
                log.writer.take(signed.popleft()).result()
        for moment in islice(night.timeline(), POSTINGS):
            staff.post(moment.submission)
        address = f"http://127.0.0.1:{port}"
        serving = ("serve", "--no-sequence", "--data", folder, "--port", str(port))
        with running(*serving, url=f"{address}/health"):
            seconds = asyncio.run(_post_all(f"{address}/v1/elections/rehearsal", signed))
    checks = _checks_per_second(signed, staff)
    print(f"signed postings over HTTP, receipts/s              {len(signed) / seconds:10,.0f}")
    print(f"envelopes checked alone, one core, /s              {checks:10,.0f}")
    return 0


async def _post_all(election: str, postings: deque[PendingSubmission]) -> float:
    async with httpx.AsyncClient(base_url=election, timeout=60) as client:
        started = perf_counter()
        await asyncio.gather(*(_post(client, lane) for lane in _lanes(postings)))
        return perf_counter() - started


def _lanes(postings: deque[PendingSubmission]) -> Iterator[list[PendingSubmission]]:
    """The postings of an office stay in one lane, in their order."""
    lanes: list[list[PendingSubmission]] = [[] for _ in range(CONNECTIONS)]
    offices: dict[str, int] = {}
    for posting in postings:
        office = posting.submission.office
        lanes[offices.setdefault(office, len(offices)) % CONNECTIONS].append(posting)
    return iter(lanes)


async def _post(client: httpx.AsyncClient, lane: list[PendingSubmission]) -> None:
    for posting in lane:
        if posting.envelope is None:
            raise ValueError("the staff signs everything")
        body = encode_envelope(posting.envelope)
        answer = await client.post("/submissions", content=body, headers=DSSE)
        answer.raise_for_status()


def _checks_per_second(postings: deque[PendingSubmission], staff: SimulatedOffices) -> float:
    envelopes = [posting.envelope for posting in postings if posting.envelope is not None]
    started = perf_counter()
    for envelope in envelopes:
        admit_envelope(envelope, staff)
    return len(envelopes) / (perf_counter() - started)


if __name__ == "__main__":
    sys.exit(main())
