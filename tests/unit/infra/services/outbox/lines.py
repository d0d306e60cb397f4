"""A line to a real log that breaks when it is told to; somebody who answers instead of a log."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import msgspec

from aggregates.decisions.office_chain import Link
from aggregates.errors import Refusal
from api.http.problems import build_problem
from infra.adapters.event_log import Log
from infra.services.outbox.server_connection import NoAnswer, ServerAnswer
from infra.services.signing.submission_auth import admit_signed, admit_unsigned, decode_submission
from tests.unit.infra.services.signing.signed_log import SignedLog

REQUEST_LOST = "request"
REPLY_LOST = "reply"
NOTHING_LOST = ""


class BreakingLine:
    """The port `infra.services.outbox.server_connection.Line` with a log at its other end.

    Attributes:
        losses: What gets lost next, in order; afterwards nothing does.
        came: Digests of the bodies that reached the log.
    """

    def __init__(self, signed: SignedLog) -> None:
        self._signed = signed
        self.losses: list[str] = []
        self.came: list[str] = []

    @property
    def log(self) -> Log:
        return self._signed.log

    def post(self, election: str, body: bytes, media_type: str) -> ServerAnswer:
        assert election == "house50"
        loss = self.losses.pop(0) if self.losses else NOTHING_LOST
        if loss == REQUEST_LOST:
            raise NoAnswer("the network is unreachable")
        self.came.append(hashlib.sha256(body).hexdigest())
        answer = self._answered(body, media_type)
        if loss == REPLY_LOST:
            raise NoAnswer("the connection was reset")
        return answer

    def chain(self, election: str, office: str) -> Link:
        assert election == "house50"
        return self.log.reader.chain(office)

    def _answered(self, body: bytes, media_type: str) -> ServerAnswer:
        try:
            if media_type == "application/json":
                posting = admit_unsigned(decode_submission(body))
            else:
                posting = admit_signed(body, self._signed)
            receipt = self.log.writer.take(posting).result()
        except Refusal as refusal:
            problem = build_problem(refusal)
            return ServerAnswer(problem.status, msgspec.json.encode(problem))
        return ServerAnswer(201, msgspec.json.encode(receipt))


@contextmanager
def answering(status: int, body: bytes, length: int | None = None) -> Iterator[str]:
    """A server on loopback that answers every request alike; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
