"""Signed postings over HTTP, each answered with its receipt, beside the limits of the same run.

`python -m tests.benchmarks.postings [--scale 0.1] [--postings 3000] [--burst 1000]`. The counting
of a rehearsal is half done; what follows (tallies, turnout, confirmations) comes as bytes from a
client in a process of its own, and every centre keeps its own order, as its chain demands. First
come all kinds of postings, those of prefectures as well, over one connection for each prefecture:
what a prefecture confirms has been reported. Printed
beside it: the signature checks alone, a constant answer to the same requests, a bare insert with
its commit, and the processor time that the server took, which other work on the machine changes
less than rates.
"""

import argparse
import multiprocessing
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from statistics import median
from time import perf_counter, process_time

import psycopg

from aggregates.reference.office_ids import CENTRE_PREFIX
from infra.adapters.event_log import Log
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from infra.services.rehearsal import national_night
from infra.services.signing.envelope import encode_envelope
from infra.services.signing.simulated_offices import SimulatedOffices
from infra.services.signing.submission_auth import admit_signed
from tests.acceptance.served import started, wait_for
from tests.benchmarks.raw_client import (
    Answers,
    post_request,
    press,
    processor_seconds,
    wait_until_open,
)
from tests.benchmarks.readers import serve_constant
from tests.support.performance_table import Bar, Row, give_row
from tests.support.ports import free_port

CHECKS_RATIO_MIN = 0.5
COMMIT_RATIO_MAX = 2.5
BURST_SECONDS_MAX = 2.5

CONNECTIONS = 256
REFUSED_MAX = 0.01
"""Prefectures post at first only: what follows a later posting of theirs is refused."""
ALONE = 200
"""Postings over a single connection."""
MIXED = 800
"""Postings of centres and prefectures."""
BEFORE = 0.47
"""So much of the night is recorded before: counting is open."""
DSSE = "application/vnd.dsse+json"
_DOOR = "/v1/elections/rehearsal/submissions"
_SPAWN = multiprocessing.get_context("spawn")
_COMMITS = 200


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1, help="1 is the whole nation")
    parser.add_argument("--postings", type=int, default=3000)
    parser.add_argument("--burst", type=int, default=1000, help="offered within a second")
    given = parser.parse_args()
    signed: deque[PendingSubmission] = deque()
    staff = SimulatedOffices(bytes(32), signed.append)
    with tempfile.TemporaryDirectory() as folder:
        most = MIXED + ALONE + given.postings + given.burst
        commit = _prepare(folder, given.scale, staff, signed, most)
        posted = [(posting.submission.office, _body(posting)) for posting in signed]
        bodies = [each for each in posted[MIXED:] if each[0].startswith(CENTRE_PREFIX)]
        kinds = [(office.split("-")[1], body) for office, body in posted[:MIXED] if "-" in office]
        checks = [_checks_per_second(bodies, staff) for _ in range(3)]
        port = free_port()
        serving = ("serve", "--no-sequence", "--data", folder, "--port", str(port))
        with _serving(*serving, url=f"http://127.0.0.1:{port}/health") as pid:
            begun = processor_seconds(pid)
            mixed = _press(port, kinds, CONNECTIONS)
            mixed_each = (processor_seconds(pid) - begun) / len(kinds)
            alone = _press(port, bodies[:ALONE], 1)
            taken = processor_seconds(pid)
            many = _press(port, bodies[ALONE : ALONE + given.postings], CONNECTIONS)
            taken = processor_seconds(pid) - taken
            burst = _press(port, bodies[ALONE + given.postings :], CONNECTIONS, spread_seconds=1.0)
        with _constant() as bare_port:
            bare = _press(bare_port, bodies[ALONE : ALONE + given.postings], CONNECTIONS)
    check = median(checks)
    rate, bare_rate = given.postings / many.seconds, given.postings / bare.seconds
    each = taken / given.postings
    print(f"signature checks alone, one thread        {check:8,.0f}/s")
    print(f"constant answer, {CONNECTIONS} connections          {bare_rate:8,.0f}/s")
    print(f"signed postings, {CONNECTIONS} connections          {rate:8,.0f}/s: "
          f"{rate / check:.2f} of the checks, {rate / bare_rate:.2f} of the constant answer; "
          f"p50 {many.at(0.5) * 1000:.0f} ms, p99 {many.at(0.99) * 1000:.0f} ms")  # fmt: skip
    print(f"processor time of the server, a posting   {each * 1e6:8,.0f} us: "
          f"{1 / each / check:.2f} of the checks")  # fmt: skip
    print(f"postings of all kinds, a prefecture each  {len(kinds) / mixed.seconds:8,.0f}/s, "
          f"{mixed_each * 1e6:,.0f} us of the processor")  # fmt: skip
    print(f"one connection, p50                       {alone.at(0.5) * 1000:8.1f} ms: "
          f"{alone.at(0.5) / commit:.1f} of an insert with its commit")  # fmt: skip
    print(f"burst of {given.burst:,} offered in 1 s, last receipt {burst.seconds:8.1f} s")
    figures = {
        "check": check, "bare": bare_rate, "rate": rate, "micro": each * 1e6,
        "checks": rate / check, "processor": 1 / each / check, "constant": rate / bare_rate,
        "mixed": len(kinds) / mixed.seconds, "mixed_micro": mixed_each * 1e6,
        "mixed_processor": 1 / mixed_each / check,
        "alone": alone.at(0.5) * 1000, "commits": alone.at(0.5) / commit, "burst": burst.seconds,
    }  # fmt: skip
    rows = _rows(given.burst, figures)
    for row in rows:
        give_row(row)
    met = [bar.is_met(figures[name]) for row in rows for name, bar in row.bars.items()]
    return 0 if all(met) else 1


def _rows(burst: int, figures: dict[str, float]) -> list[Row]:
    """What README says of this run."""
    return [
        Row(
            f"signed postings over HTTP, {CONNECTIONS} connections",
            "{rate:,.0f}/s; {micro:,.0f} µs of the server's processor time each",
            "{checks:.2f} × the signature checks alone ({check:,.0f}/s), {processor:.2f} by "
            "processor time, {constant:.2f} × the constant answer ({bare:,.0f}/s)",
            figures,
            {"checks": Bar(CHECKS_RATIO_MIN, is_least=True)},
        ),
        Row(
            "signed postings of all kinds after a start, a connection for each prefecture",
            "{mixed:,.0f}/s; {mixed_micro:,.0f} µs of the server's processor time each",
            "{mixed_processor:.2f} × the signature checks alone, by processor time",
            figures,
        ),
        Row(
            "signed postings over one connection",
            "p50 {alone:.1f} ms",
            "{commits:.1f} × a bare insert with its commit",
            figures,
            {"commits": Bar(COMMIT_RATIO_MAX, is_least=False)},
        ),
        Row(
            f"signed postings, {burst:,} offered in one second",
            "last receipt after {burst:.1f} s",
            "constant: 1.0 s",
            figures,
            {"burst": Bar(BURST_SECONDS_MAX, is_least=False)},
        ),
    ]


def _prepare(
    folder: str, scale: float, staff: SimulatedOffices, signed: deque[PendingSubmission], most: int
) -> float:
    """Record the beginning of a night, sign what follows; the seconds of a bare commit."""
    night = national_night(scale=scale)
    timeline = list(night.timeline())
    begun = int(len(timeline) * BEFORE)
    with server(folder) as conninfo, Log(conninfo, LogName("rehearsal", "rehearsal")) as log:
        for submission in night.definitions():
            staff.post(submission)
            _record(log, signed)
        for moment in islice(timeline, begun):
            staff.post(moment.submission)
            if len(signed) >= CONNECTIONS:
                _record(log, signed)
        _record(log, signed)
        commit = _commit_seconds(conninfo)
    for moment in islice(timeline, begun, begun + most):
        staff.post(moment.submission)
    return commit


def _record(log: Log, signed: deque[PendingSubmission]) -> None:
    futures = [log.writer.take(posting) for posting in signed]
    signed.clear()
    for future in futures:
        future.result()


def _commit_seconds(conninfo: str) -> float:
    """The median of a row inserted and committed over one connection."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("CREATE TABLE public.bare (body text)")
        seconds = []
        for _ in range(_COMMITS):
            started = perf_counter()
            connection.execute("INSERT INTO public.bare VALUES (%s)", ["x" * 1000])
            seconds.append(perf_counter() - started)
    return median(seconds)


def _press(
    port: int, bodies: list[tuple[str, bytes]], connections: int, spread_seconds: float = 0.0
) -> Answers:
    """Send everything; each answer must be a receipt, or what the bare server says."""
    here, there = _SPAWN.Pipe()
    arguments = (port, _lanes(bodies, connections), spread_seconds, there)
    client = _SPAWN.Process(target=press, args=arguments, daemon=True)
    client.start()
    here.recv()
    here.send("begin")
    answers: Answers = here.recv()
    client.join()
    refused = sum(number for status, number in answers.statuses.items() if status not in {200, 201})
    if refused > len(bodies) * REFUSED_MAX:
        raise RuntimeError(f"{dict(answers.statuses)}: {answers.wrong!r}")
    return answers


def _lanes(bodies: list[tuple[str, bytes]], connections: int) -> list[list[bytes]]:
    """The postings of an office stay in one lane, in their order."""
    lanes: list[list[bytes]] = [[] for _ in range(connections)]
    offices: dict[str, int] = {}
    for office, body in bodies:
        lane = lanes[offices.setdefault(office, len(offices)) % connections]
        lane.append(post_request(_DOOR, body, DSSE))
    return [lane for lane in lanes if lane]


def _body(posting: PendingSubmission) -> bytes:
    if posting.envelope is None:
        raise ValueError("the staff signs everything")
    return encode_envelope(posting.envelope)


def _checks_per_second(bodies: list[tuple[str, bytes]], staff: SimulatedOffices) -> float:
    """By the time of the processor, so that other work on the machine does not lower the bar."""
    started = process_time()
    for _, body in bodies:
        admit_signed(body, staff)
    return len(bodies) / (process_time() - started)


@contextmanager
def _serving(*arguments: str, url: str) -> Iterator[int]:
    """A server, as people start it; gives its process."""
    process = started(*arguments)
    try:
        wait_for(url, process)
        yield process.pid
    finally:
        process.terminate()
        process.communicate(timeout=120)


@contextmanager
def _constant() -> Iterator[int]:
    """A server that answers every request with the same bytes."""
    port = free_port()
    headers = [(b"content-length", b"2")]
    process = _SPAWN.Process(target=serve_constant, args=(headers, b"{}", port), daemon=True)
    process.start()
    try:
        wait_until_open(port)
        yield port
    finally:
        process.terminate()
        process.join()


if __name__ == "__main__":
    sys.exit(main())
