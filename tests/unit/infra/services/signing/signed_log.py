"""What offices send to a signed log: envelopes with their place in the office's chain."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import cast

import pytest

from aggregates.base import Envelope
from aggregates.decisions.office_chain import Link
from aggregates.errors import Refusal
from infra.adapters.event_log import Log, Receipt
from infra.adapters.event_log.event_codec import canonical
from infra.protocols.signed_note.keys import PublicKey
from infra.services.signing.chain_builder import link_submission, sign_submission
from infra.services.signing.envelope import encode_envelope, payload_type, sign_envelope
from infra.services.signing.submission_auth import admit_signed
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.support.gwt import Command

NAMES = ("nation-a", "nation-b", "second-a", "centre-a", "centre-b")
"""Keys that may sign, if the log says so."""
SHEET = b.sheet({b.A: 60, b.B: 40})
FINAL = b.tally(SHEET)


class SignedLog:
    """A log that is written through the door, as offices write it.

    Attributes:
        log: The log.
        links: The last posting of each office.
    """

    def __init__(self, log: Log) -> None:
        self.log = log
        self.links: dict[str, Link] = {}
        self._sent = 0

    # --- the port `door.KeyBook` ----------------------------------------------------------------

    def keys(self, keyids: Iterable[str]) -> Mapping[str, PublicKey]:
        known = {keys.keyid(name): keys.key(name).public for name in NAMES}
        return {keyid: known[keyid] for keyid in keyids if keyid in known}

    # --- sending --------------------------------------------------------------------------------

    def envelope(
        self, command: Command, office: str, names: Sequence[str], **circumstances: object
    ) -> tuple[Envelope, Link]:
        """The next posting of an office, signed by the keys of these names."""
        self._sent += 1
        usual = {"submission_id": f"signed-{self._sent:06d}"}
        submission = keys.submission(command, office=office, **{**usual, **circumstances})
        if submission.sequence is None:
            submission = link_submission(submission, self.links.get(office, Link()))
        return sign_submission(submission, [keys.key(name) for name in names])

    def send(self, data: bytes) -> Receipt:
        """What the door does with bytes."""
        return self.log.writer.take(admit_signed(data, self)).result()

    def post(self, command: Command, office: str, *names: str, **circumstances: object) -> Receipt:
        """Post as the next link of the office's chain."""
        return self.begin(command, office, *names, **circumstances).result()

    def begin(
        self, command: Command, office: str, *names: str, **circumstances: object
    ) -> Future[Receipt]:
        """Post, and do not wait for the receipt: it is expected to be taken."""
        envelope, link = self.envelope(command, office, names, **circumstances)
        self.links[office] = link
        return self.log.writer.take(admit_signed(encode_envelope(envelope), self))

    def refuses(self, refusal: type[Refusal], data: bytes) -> Refusal:
        """Send bytes that are refused; check that nothing was recorded."""
        before = self.log.reader.last_position()
        with pytest.raises(refusal) as caught:
            self.send(data)
        assert self.log.reader.last_position() == before, "a refusal recorded something"
        return caught.value


def body(submission_id: str = "signed-999999", **changes: object) -> bytes:
    """The canonical body of the centre's next posting: its final tally."""
    usual: dict[str, object] = {
        "office": o.CENTRE,
        "submission_id": submission_id,
        "sequence": 1,
        "command": with_ballot(FINAL),
    }
    sent = {**usual, **changes}
    command = cast("Command", sent.pop("command"))
    return canonical(keys.submission(command, **sent))


def sealed(payload: bytes, *names: str, kind: str = "post-tally") -> bytes:
    """An envelope around any bytes."""
    made = sign_envelope(payload_type(kind), payload, [keys.key(name) for name in names])
    return encode_envelope(made)


def with_ballot(command: Command) -> Command:
    """The tally names the ballot it was filled in against."""
    return {**command, "ballot_sha256": ballot()}


def ballot() -> str:
    """Digest of the ballot of the district, from its definition: ids, sorted, below its name."""
    return hashlib.sha256(f"{b.DISTRICT_1}\n{b.A}\n{b.B}".encode()).hexdigest()


def defined(log: Log, *, nation_signs: int = 1) -> SignedLog:
    """The election and its founders."""
    made = SignedLog(log)
    founders = [
        keys.founder(o.NATION, "nation-a", "nation-b", signatures_required=nation_signs),
        keys.founder(o.SECOND, "second-a"),
    ]
    command = {**b.election(unsigned=False), "founders": founders}
    made.post(command, o.NATION, *("nation-a", "nation-b")[:nation_signs])
    return made


def prepared(log: Log) -> SignedLog:
    """The whole way to an open counting, with a centre that may post."""
    made = defined(log)
    nation = ("nation-a",)
    waiting = [
        *(made.begin(each, o.NATION, *nation) for each in (*b.REGISTER[1:], *o.OFFICES)),
        made.begin(keys.enrol(o.CENTRE, "centre-a"), o.NATION, *nation),
        made.begin(keys.approve(o.CENTRE, "centre-a"), o.SECOND, "second-a"),
        *(made.begin(each, o.NATION, *nation) for each in b.DISTRICT[len(b.REGISTER) :]),
    ]
    for each in waiting:
        each.result()
    return made
