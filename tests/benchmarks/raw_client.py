"""A client of bytes, in a process of its own: it makes nothing, parses nothing it need not, and so
measures the server and not itself."""

import asyncio
import os
import re
import socket
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

import uvloop

_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass
class Answers:
    """What came back.

    Attributes:
        seconds: From the first request to the last answer.
        delays: Seconds from the moment each request was due to its answer.
        statuses: How many answers had which HTTP status.
        wrong: The first answer that was no success.
    """

    seconds: float = 0.0
    delays: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: bytes = b""

    def at(self, share: float) -> float:
        """The delay that this share of the answers does not exceed, in seconds."""
        ordered = sorted(self.delays)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class _Lane(asyncio.Protocol):
    """One connection: sends its requests one after the other, each when the last is answered."""

    def __init__(self, requests: list[bytes], due: float, answers: Answers) -> None:
        self._requests = requests
        self._due = due
        self._answers = answers
        self._next = 0
        self._received = b""
        self._since = 0.0
        self.finished = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def begin(self, start: float) -> None:
        """Send the first request when it is due, counted from the start."""
        loop = asyncio.get_running_loop()
        loop.call_at(loop.time() + start + self._due - time.monotonic(), self._send)

    def _send(self) -> None:
        self._since = time.monotonic()
        self._transport.write(self._requests[self._next])

    def data_received(self, data: bytes) -> None:
        received = self._received = self._received + data if self._received else data
        end = received.find(_HEAD_END)
        if end < 0:
            return
        found = _LENGTH.search(received, 0, end)
        if len(received) < end + len(_HEAD_END) + (int(found[1]) if found else 0):
            return
        self._received = b""
        status = int(received[9:12])
        answers = self._answers
        answers.delays.append(time.monotonic() - self._since)
        answers.statuses[status] += 1
        if status >= 300 and not answers.wrong:
            answers.wrong = received
        self._next += 1
        if self._next < len(self._requests):
            self._send()
        else:
            self.finished.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.finished.done():
            self.finished.set_exception(error or ConnectionError("closed by the server"))


def press(port: int, lanes: list[list[bytes]], spread_seconds: float, pipe: Connection) -> None:
    """Connect one lane per list, say so, begin when told to, and send the answers.

    Args:
        port: Where.
        lanes: The requests of each connection, in their order.
        spread_seconds: Over how long the first requests of the lanes are spread.
        pipe: To whoever measures.
    """
    uvloop.run(_press(port, lanes, spread_seconds, pipe))


async def _press(
    port: int, lanes: list[list[bytes]], spread_seconds: float, pipe: Connection
) -> None:
    loop = asyncio.get_running_loop()
    answers = Answers()
    opened = []
    for number, requests in enumerate(lanes):
        due = spread_seconds * number / len(lanes)
        _, lane = await loop.create_connection(
            lambda requests=requests, due=due: _Lane(requests, due, answers),  # type: ignore[misc]
            "127.0.0.1",
            port,
        )
        opened.append(lane)
    pipe.send("connected")
    await loop.run_in_executor(None, pipe.recv)
    start = time.monotonic()
    for lane in opened:
        lane.begin(start)
    await asyncio.gather(*(lane.finished for lane in opened))
    answers.seconds = time.monotonic() - start
    pipe.send(answers)


def get_request(path: str, coding: str = "br") -> bytes:
    """The bytes of a GET."""
    return (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {coding}\r\n\r\n").encode()


def post_request(path: str, body: bytes, media_type: str) -> bytes:
    """The bytes of a POST."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def wait_until_open(port: int, seconds_max: float = 60.0) -> None:
    """Wait until somebody listens.

    Raises:
        TimeoutError: Nobody does.
    """
    end = time.monotonic() + seconds_max
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > end:
                raise TimeoutError(f"nobody listens at {port}") from None
            time.sleep(0.05)
        else:
            return


def processor_seconds(pid: int) -> float:
    """User and system time of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
