"""Real witnesses on loopback: k of n cosign, or everybody sees that they do not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.adapters.event_log import Log
from infra.protocols.signed_note.note import Opened
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from infra.protocols.tlog.merkle import EMPTY_ROOT
from infra.protocols.tlog.policy import Policy
from infra.services.sequencing import witness_client
from infra.services.sequencing.log_key import load_key
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from infra.services.sequencing.sequencing_status import read_status
from infra.services.sequencing.witness_client import HttpWitness, Witnesses
from tests import builders as b
from tests.support.ports import free_port
from tests.support.posting import record
from tests.unit.infra.services.sequencing.logs import (
    key_of,
    place_of,
    witness_signer,
    witnessing,
)

ASK_SECONDS_MAX = 30.0
DROP_SECONDS = 0.1


def policy(place: LogPlace, *ports: int, threshold: int = 2) -> Policy:
    """So many of three witnesses."""
    lines = [f"log {key_of(place)}"]
    for number, port in enumerate(ports, start=1):
        vkey = witness_signer(number).verifier
        lines.append(f"witness w{number} {vkey} http://127.0.0.1:{port}")
    members = " ".join(f"w{number}" for number in range(1, len(ports) + 1))
    return Policy.parse("\n".join([*lines, f"group all {threshold} {members}", "quorum all", ""]))


def opened(place: LogPlace, by: Policy) -> Opened:
    note = (place.public / "checkpoint").read_bytes()
    return open_checkpoint(note, key_of(place), by.witnesses.values())[1]


def quorum(place: LogPlace) -> tuple[str, bool, set[str]]:
    found = read_status(place.public)
    assert found is not None
    return found.quorum.state, found.degraded, set(found.quorum.missing)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Witnesses of tests are waited for as long as a busy machine takes."""
    monkeypatch.setattr(witness_client, "ASK_SECONDS_MAX", ASK_SECONDS_MAX)


@pytest.fixture
def place(log: Log, tmp_path: Path) -> LogPlace:
    """A log that has begun."""
    found = place_of(log, tmp_path)
    Sequencing(log, found).close()
    record(log, *b.DISTRICT)
    return found


def test_two_of_three_witnesses_vouch_and_the_third_is_named(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    ports = [free_port() for _ in range(3)]
    by = policy(place, *ports)
    with (
        witnessing(1, key_of(place), tmp_path / "w1", ports[0]),
        witnessing(2, key_of(place), tmp_path / "w2", ports[1]),
    ):
        sequencing = Sequencing(log, place, policy=by)
        sequencing.catch_up()
        by.demand(opened(place, by))
        assert quorum(place) == ("reached", False, {"w3"})
        sequencing.close()


def test_without_a_quorum_the_log_goes_on_and_everybody_sees_it(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    ports = [free_port() for _ in range(2)]
    by = policy(place, *ports)
    with witnessing(1, key_of(place), tmp_path / "w1", ports[0]):
        sequencing = Sequencing(log, place, policy=by)
        assert sequencing.catch_up().size == log.reader.last_position()
        assert not by.satisfied_by(opened(place, by))
        assert quorum(place) == ("missing", True, {"w2"})
        sequencing.close()


def test_a_witness_that_comes_back_vouches_again(
    log: Log, place: LogPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(witness_client, "REST_SECONDS", 0.0)
    port = free_port()
    by = policy(place, port, threshold=1)
    sequencing = Sequencing(log, place, policy=by)
    assert quorum(place)[0] == "missing"
    with witnessing(1, key_of(place), tmp_path / "w1", port):
        sequencing.catch_up()
        assert quorum(place) == ("reached", False, set())
    record(log, b.turnout(b.figures((500, 500), (300, 300))))
    sequencing.catch_up()
    assert quorum(place)[0] == "missing"
    with witnessing(1, key_of(place), tmp_path / "w1", port):
        record(log, b.tally(b.sheet({b.A: 1, b.B: 1}), final=False))
        sequencing.catch_up()
        assert quorum(place)[0] == "reached"
    sequencing.close()


@contextmanager
def dripping() -> Iterator[int]:
    """A witness that answers a byte at a time and never comes to the end; gives its port."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip(line: socket.socket) -> None:
            with line:
                while not over.wait(DROP_SECONDS):
                    line.send(b"x")

        def serve() -> None:
            while not over.is_set():
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                line.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                threading.Thread(target=drip, args=(line,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            over.set()


def test_a_witness_that_answers_for_ever_holds_nobody_up(
    log: Log, place: LogPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(witness_client, "ASK_SECONDS_MAX", 20 * DROP_SECONDS)
    port = free_port()
    with dripping() as slow, witnessing(1, key_of(place), tmp_path / "w1", port):
        # That this comes to an end is what is shown: the slow one would go on for ever.
        sequencing = Sequencing(log, place, policy=policy(place, port, slow, threshold=1))
        assert sequencing.catch_up().size == log.reader.last_position()
        assert quorum(place) == ("reached", False, {"w2"})
        sequencing.close()


def test_a_witness_never_vouches_for_a_fork(log: Log, place: LogPlace, tmp_path: Path) -> None:
    """Its state outlives it: after a restart it still knows what it has seen."""
    port = free_port()
    by = policy(place, port, threshold=1)
    state = tmp_path / "w1"
    with witnessing(1, key_of(place), state, port):
        sequencing = Sequencing(log, place, policy=by)
        sequencing.catch_up()
        sequencing.close()
    signer = load_key(place.secret, place.origin)
    fork = Checkpoint(place.origin, published_size(place), bytes(32))
    with witnessing(1, key_of(place), state, port):
        witnesses = Witnesses(by, signer.verifier, _NoTiles())
        note = sign_checkpoint(fork, signer)
        assert witnesses(fork, note) == note
        assert witnesses.quorum.state == "missing"
        back = Checkpoint(place.origin, 0, EMPTY_ROOT)
        note = sign_checkpoint(back, signer)
        assert witnesses(back, note) == note


def published_size(place: LogPlace) -> int:
    return open_checkpoint((place.public / "checkpoint").read_bytes(), key_of(place))[0].size


class _NoTiles:
    def read(self, path: str) -> bytes:
        raise LookupError(path)


def test_where_a_witness_is_must_be_said(place: LogPlace) -> None:
    signer = witness_signer(1).verifier
    nowhere = Policy.parse(f"witness w {signer}\nquorum w\n")
    with pytest.raises(ValueError, match="no URL for w"):
        Witnesses(nowhere, key_of(place), _NoTiles())
    with pytest.raises(ValueError, match="http"):
        HttpWitness("ftp://witness.example")


def test_a_request_that_is_cut_off_is_no_failure_of_a_witness(
    place: LogPlace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    with witnessing(1, key_of(place), tmp_path / "w1", port):
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(
                b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nold"
            )
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert line.recv(4096).startswith(b"HTTP/1.1 4")

    assert "Traceback" not in capfd.readouterr().err
