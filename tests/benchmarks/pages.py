"""Pages for people beside documents, each beside the same bytes as a constant answer.

`python -m tests.benchmarks.pages [--scale 1]`. Requests come as bytes from a client in a process of
its own, by turns to both servers, so that other work on the machine disturbs both alike; the
processor time of the servers is compared besides, which it changes less. Cold is the first answer
after a posting has changed the page.
"""

import argparse
import multiprocessing
import sys
import tempfile
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import NamedTuple

import httpx
import msgspec

from aggregates.commands.election_commands import Submission
from api.cli.common.options import settings_with
from api.cli.common.server import build_server, open_app_state
from api.http.app_state import AppState
from api.http.limits.rate_limits import RateLimit
from infra.adapters.postgres.schemas import LogName
from infra.bootstrap import open_log
from infra.services.rehearsal import national_night, play
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION
from tests.benchmarks.raw_client import (
    Answers,
    get_request,
    press,
    processor_seconds,
    wait_until_open,
)
from tests.benchmarks.readers import serve_constant
from tests.support.performance_table import Bar, Row, give_row
from tests.support.ports import free_port
from tests.support.posting import body_sha256

RATIO_MIN = 0.7
COLD_SECONDS_MAX = 0.05

PATHS = {
    "national": "/",
    "prefecture": "/prefectures/13",
    "contest": "/contests/house-district/13-01",
    "turnout": "/turnout",
    "search": "/search?q=13101",
    "national, English": "/en/",
    "national.json": f"/v1/elections/{ELECTION}/national.json",
}
_SPAWN = multiprocessing.get_context("spawn")
_CONNECTIONS = 32
_REQUESTS = 30
"""Of one connection in one turn."""
_TURNS = 3
_COLD = 3
_TOGETHER = 500


class Cost(NamedTuple):
    """Requests a second, and processor seconds of the server for each."""

    rate: float
    processor: float


def _serve(data: Path, scale: float, port: int, pipe: Connection) -> None:
    """Half a night behind a server; one posting more whenever told to."""
    with (
        open_log(settings_with(data, port=port), LogName(ELECTION, "rehearsal")) as log,
        open_app_state(log) as opened,
    ):
        services = AppState(log, opened.live, RateLimit(1e9, 10**9))
        everything: list[Submission] = []
        play(national_night(scale=scale), everything.append)
        half = len(everything) // 2
        for start in range(0, half, _TOGETHER):
            chunk = everything[start : min(half, start + _TOGETHER)]
            for future in [log.writer.submit(each, body_sha256(each)) for each in chunk]:
                future.result()
        services.live.wait_for(log.reader.last_position(), 120)
        server = build_server(services, settings_with(data, port=port))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        pipe.send("serving")
        while pipe.recv() == "post":
            posting = everything[half]
            half += 1
            receipt = log.writer.submit(posting, body_sha256(posting)).result()
            services.live.wait_for(receipt.position)
            pipe.send("posted")
        server.should_exit = True
        thread.join()


def _measure(port: int, path: str, pid: int) -> Cost:
    here, there = _SPAWN.Pipe()
    lanes = [[get_request(path)] * _REQUESTS for _ in range(_CONNECTIONS)]
    client = _SPAWN.Process(target=press, args=(port, lanes, 0.0, there), daemon=True)
    client.start()
    here.recv()
    taken = processor_seconds(pid)
    here.send("begin")
    answers: Answers = here.recv()
    taken = processor_seconds(pid) - taken
    client.join()
    if set(answers.statuses) != {200}:
        raise RuntimeError(answers.wrong)
    number = answers.statuses[200]
    return Cost(number / answers.seconds, taken / number)


def _compare(name: str, port: int, path: str, pid: int) -> float:
    """Print a line; the ratio of rates."""
    url = f"http://127.0.0.1:{port}{path}"
    with httpx.stream("GET", url, headers={"accept-encoding": "br"}) as answer:
        body = b"".join(answer.iter_raw())
        headers = [(key.lower(), value) for key, value in answer.headers.raw]
    bare_port = free_port()
    constant = [each for each in headers if each[0] != b"date"]
    bare = _SPAWN.Process(target=serve_constant, args=(constant, body, bare_port), daemon=True)
    bare.start()
    try:
        wait_until_open(bare_port)
        turns = [
            (_measure(port, path, pid), _measure(bare_port, path, bare.pid or 0))
            for _ in range(_TURNS)
        ]
    finally:
        bare.terminate()
        bare.join()
    own, limit = median(one.rate for one, _ in turns), median(other.rate for _, other in turns)
    ratio = median(one.rate / other.rate for one, other in turns)
    processor = median(other.processor / max(one.processor, 1e-9) for one, other in turns)
    print(f"{name:20} {len(body):7,} bytes {own:8,.0f}/s of {limit:8,.0f}/s: {ratio:.2f}; "
          f"by processor time {processor:.2f}", flush=True)  # fmt: skip
    give_row(
        Row(
            f"the page or document {name}, compressed, unchanged",
            "{own:,.0f}/s",
            "{ratio:.2f} × the same bytes constant ({limit:,.0f}/s), {processor:.2f} by processor "
            "time",
            {"own": own, "limit": limit, "ratio": ratio, "processor": processor},
            {"ratio": Bar(RATIO_MIN, is_least=True)},
        )
    )
    return ratio


def _cold_seconds(port: int, path: str, pipe: Connection) -> float:
    """The median of first answers after postings."""
    seconds = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as reader:
        for _ in range(_COLD):
            pipe.send("post")
            pipe.recv()
            started = time.perf_counter()
            reader.get(path, headers={"accept-encoding": "br"}).raise_for_status()
            seconds.append(time.perf_counter() - started)
    return median(seconds)


def main() -> int:
    """Measure, print, and say whether every bar is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the whole nation")
    given = parser.parse_args()
    port = free_port()
    here, there = _SPAWN.Pipe()
    with tempfile.TemporaryDirectory(prefix="kaihyo-bench-") as folder:
        arguments = (Path(folder), given.scale, port, there)
        server = _SPAWN.Process(target=_serve, args=arguments)
        server.start()
        there.close()
        try:
            here.recv()
            wait_until_open(port)
            pid = server.pid or 0
            ratios = {name: _compare(name, port, path, pid) for name, path in PATHS.items()}
            cold = {name: _cold_seconds(port, path, here) for name, path in PATHS.items()}
        finally:
            # It stops its database as well, so it is asked to; it is gone before an error is told.
            with suppress(OSError):
                here.send("stop")
            server.join()
    for name, seconds in cold.items():
        print(f"{name:20} cold {seconds * 1000:6.0f} ms")
        bars = {"seconds": Bar(COLD_SECONDS_MAX, is_least=False)} if name == "national" else {}
        row = Row(
            f"{name} after a posting", "{ms:.0f} ms", "", {"ms": seconds * 1e3, "seconds": seconds}
        )
        give_row(msgspec.structs.replace(row, bars=bars))
    met = [min(ratios.values()) >= RATIO_MIN, cold["national"] <= COLD_SECONDS_MAX]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
