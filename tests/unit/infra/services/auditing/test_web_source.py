"""Reading a server that idles, is cut off, starts again, or is not the one that was meant."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.open_source import NothingToVerify, open_source
from infra.services.auditing.sources.web_source import Unreachable, WebSource

AT_ONCE = (0.0, 0.0, 0.0)
BODY = b"the file"

Answer = Callable[[socket.socket], None]


def whole(connection: socket.socket) -> None:
    """A whole answer, on a connection that goes on."""
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n".encode()
    connection.sendall(head + BODY)


def cut(connection: socket.socket) -> None:
    """Half of an answer."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nha")
    connection.close()


def hung_up(connection: socket.socket) -> None:
    """Nothing: the connection had idled too long."""
    connection.close()


def status(code: int, body: bytes = b"") -> Answer:
    def answered(connection: socket.socket) -> None:
        head = f"HTTP/1.1 {code} x\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        connection.sendall(head + body)

    return answered


@contextmanager
def serving(*answers: Answer) -> Iterator[str]:
    """A server that gives these answers, one for each request, on as many connections."""
    listener = socket.create_server(("127.0.0.1", 0))
    left = list(answers)

    def serve() -> None:
        while left:
            connection, _ = listener.accept()
            with connection:
                while left and connection.fileno() >= 0 and connection.recv(4096):
                    left.pop(0)(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1/elections/house50"
    finally:
        listener.close()


@pytest.mark.parametrize("fault", [cut, hung_up, status(503), status(502)])
def test_what_was_cut_off_is_asked_for_again(fault: Answer) -> None:
    with serving(whole, fault, fault, whole) as url:
        source = WebSource(url, AT_ONCE)
        assert source.read("key") == BODY
        assert source.read("checkpoints") == BODY
        source.close()


def test_a_server_that_stays_away_is_unreachable_in_the_end() -> None:
    with serving(whole, *[hung_up] * 4) as url:
        source = WebSource(url, AT_ONCE)
        source.read("key")
        with pytest.raises(Unreachable):
            source.read("checkpoints")


def test_who_does_not_answer_at_first_is_not_waited_for() -> None:
    with serving(hung_up) as url, pytest.raises(Unreachable):
        WebSource(url, (60.0,)).read("key")


@pytest.mark.parametrize("answer", [status(404), status(301), status(200, b"<!doctype html>")])
def test_another_address_than_that_of_an_election_is_no_difference(answer: Answer) -> None:
    with serving(answer) as url, pytest.raises(Unreachable):
        WebSource(url, AT_ONCE).read("key")


def test_a_file_that_is_gone_from_a_log_is_a_difference() -> None:
    with serving(whole, status(404)) as url:
        source = WebSource(url, AT_ONCE)
        source.read("key")
        with pytest.raises(AuditDifference):
            source.read("checkpoints")


@pytest.mark.parametrize("url", ["http://", "http://host:99999/x", "https://:443/x"])
def test_a_malformed_address_is_unreachable(url: str) -> None:
    with pytest.raises(Unreachable), open_source(url):
        pass


def test_another_scheme_is_nothing_to_verify() -> None:
    with pytest.raises(NothingToVerify), open_source("htp://host/x"):
        pass
