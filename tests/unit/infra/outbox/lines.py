"""A line to a real log that breaks when it is told to."""

import hashlib

import msgspec

from aggregates.chain import Link
from aggregates.errors import Refusal
from api.problems import problem_of
from infra.log import Log
from infra.outbox.line import Answer, LineDown
from infra.signing.door import admit_signed, admit_unsigned, decode_submission
from tests.unit.infra.signing.signed_log import SignedLog

REQUEST_LOST = "request"
REPLY_LOST = "reply"
NOTHING_LOST = ""


class BreakingLine:
    """The port `infra.outbox.line.Line` with a log at its other end.

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

    def post(self, election: str, body: bytes, media_type: str) -> Answer:
        assert election == "house50"
        loss = self.losses.pop(0) if self.losses else NOTHING_LOST
        if loss == REQUEST_LOST:
            raise LineDown("the network is unreachable")
        self.came.append(hashlib.sha256(body).hexdigest())
        answer = self._answered(body, media_type)
        if loss == REPLY_LOST:
            raise LineDown("the connection was reset")
        return answer

    def chain(self, election: str, office: str) -> Link:
        assert election == "house50"
        return self.log.reader.chain(office)

    def _answered(self, body: bytes, media_type: str) -> Answer:
        try:
            if media_type == "application/json":
                posting = admit_unsigned(decode_submission(body))
            else:
                posting = admit_signed(body, self._signed)
            receipt = self.log.writer.take(posting).result()
        except Refusal as refusal:
            problem = problem_of(refusal)
            return Answer(problem.status, msgspec.json.encode(problem))
        return Answer(201, msgspec.json.encode(receipt))
