"""A log of the tests with its place, and a real witness on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from api.cli.services.serve_witness import witness_app
from infra.adapters.event_log import Log
from infra.protocols.signed_note.keys import PrivateKey
from infra.protocols.signed_note.note import COSIGNATURE, Signer, Verifier
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint
from infra.runtime.clock import SystemClock
from infra.runtime.settings import Settings
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.witness import FolderWitnessStore, Witness


def place_of(log: Log, data: Path) -> LogPlace:
    return LogPlace.of(Settings(data=data), log.name)


def key_of(place: LogPlace) -> Verifier:
    return Verifier.parse((place.public / "key").read_text().strip())


def published(place: LogPlace) -> Checkpoint:
    return open_checkpoint((place.public / "checkpoint").read_bytes(), key_of(place))[0]


def witness_signer(number: int) -> Signer:
    return Signer(f"witness.example/{number}", PrivateKey(bytes([number]) * 32), COSIGNATURE)


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
