"""A log of the tests with its place, and a real witness on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from api.commands.witness import witness_app
from infra.clock import SystemClock
from infra.log import Log
from infra.sequencing.place import LogPlace
from infra.settings import Settings
from infra.transparency.checkpoint import Checkpoint, open_checkpoint
from infra.transparency.keys import PrivateKey
from infra.transparency.note import COSIGNATURE, Signer, Verifier
from infra.transparency.witness import FolderWitnessStore, Witness


def place_of(log: Log, data: Path) -> LogPlace:
    return LogPlace.of(Settings(data=data), log.name)


def key_of(place: LogPlace) -> Verifier:
    return Verifier.parse((place.public / "key").read_text().strip())


def published(place: LogPlace) -> Checkpoint:
    return open_checkpoint((place.public / "checkpoint").read_bytes(), key_of(place))[0]


def witness_signer(number: int) -> Signer:
    return Signer(f"witness.example/{number}", PrivateKey(bytes([number]) * 32), COSIGNATURE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def witnessing(number: int, log: Verifier, state: Path, port: int) -> Iterator[str]:
    """A witness at work; gives its URL."""
    core = Witness(witness_signer(number), (log,), FolderWitnessStore(state), SystemClock())
    config = uvicorn.Config(
        witness_app(core), host="127.0.0.1", port=port, log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        threading.Event().wait(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
