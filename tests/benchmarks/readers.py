"""Thousands of readers of a stream in one process, and the barest server they could have."""

import asyncio
import re
import resource
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import cast

import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send

Headers = list[tuple[bytes, bytes]]

_ID = re.compile(rb"id: (\d+)\n")
_FILES = 20_000


@dataclass
class Heard:
    """What one reader heard.

    Attributes:
        times: When, on the clock that all processes share.
        positions: Up to where it was told then.
        broken: Events that did not follow the one before.
    """

    times: list[float] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    broken: int = 0


class _Ear(asyncio.Protocol):
    def __init__(self, port: int, path: str) -> None:
        self.heard = Heard()
        self.greeted = asyncio.Event()
        self._request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        ids = _ID.findall(data)
        if ids:
            self.greeted.set()
            self.heard.times.append(time.monotonic())
            self.heard.positions.append(int(ids[-1]))
            positions = self.heard.positions
            self.heard.broken += len(positions) > 1 and positions[-1] <= positions[-2]


def _many_files() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(_FILES, hard), hard))


def listen(port: int, path: str, readers: int, greeted: bool, pipe: Connection) -> None:
    """Connect so many readers, send the seconds that took, and at "stop" send what they heard.

    Args:
        port: Where.
        path: What.
        readers: How many.
        greeted: Whether each is told something when it comes; then it is waited for.
        pipe: To whoever measures.
    """
    _many_files()
    uvloop.run(_listen(port, path, readers, greeted, pipe))


async def _listen(port: int, path: str, readers: int, greeted: bool, pipe: Connection) -> None:
    loop = asyncio.get_running_loop()
    begun = time.monotonic()
    ears = []
    for _ in range(readers):
        _, ear = await loop.create_connection(lambda: _Ear(port, path), "127.0.0.1", port)
        ears.append(ear)
    if greeted:
        for ear in ears:
            await ear.greeted.wait()
    joined = time.monotonic() - begun
    await asyncio.sleep(2)
    pipe.send(joined)
    await loop.run_in_executor(None, pipe.recv)
    pipe.send([ear.heard for ear in ears])


class _Mouth(asyncio.Protocol):
    def __init__(
        self, transports: list[asyncio.Transport], readers: int, everybody: asyncio.Event
    ) -> None:
        self._transports = transports
        self._readers = readers
        self._everybody = everybody

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transports.append(cast("asyncio.Transport", transport))
        if len(self._transports) == self._readers:
            self._everybody.set()


def broadcast_bare(
    port: int, readers: int, events: list[tuple[float, bytes]], pipe: Connection
) -> None:
    """Write the same bytes at the same distances to as many readers, and nothing else."""
    _many_files()
    uvloop.run(_broadcast(port, readers, events, pipe))


async def _broadcast(
    port: int, readers: int, events: list[tuple[float, bytes]], pipe: Connection
) -> None:
    transports: list[asyncio.Transport] = []
    loop = asyncio.get_running_loop()
    everybody = asyncio.Event()
    await loop.create_server(lambda: _Mouth(transports, readers, everybody), "127.0.0.1", port)
    await everybody.wait()
    await asyncio.sleep(3)
    begun, first = time.monotonic(), events[0][0]
    sent = []
    for moment, event in events:
        wait = begun + (moment - first) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        found = _ID.match(event)
        assert found is not None
        sent.append((begun + (moment - first), int(found.group(1))))
        for transport in transports:
            transport.write(event)
    await asyncio.sleep(3)
    pipe.send(sent)
    await asyncio.sleep(60)


async def _constant(headers: Headers, body: bytes, port: int) -> None:
    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    config = uvicorn.Config(
        app, port=port, log_level="error", access_log=False, server_header=False, lifespan="off"
    )
    await uvicorn.Server(config).serve()


def serve_constant(headers: Headers, body: bytes, port: int) -> None:
    """Answer every request with the same bytes."""
    uvloop.run(_constant(headers, body, port))
