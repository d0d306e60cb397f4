"""A sender says that something is recorded only when the log has this very content."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner
from typing_extensions import override

from aggregates.commands.election_commands import Submission
from api.cli.main import app
from infra.adapters.event_log import Log, Receipt
from infra.adapters.event_log.event_codec import canonical
from infra.protocols.signed_note.keys import PrivateKey
from infra.services.importing.submission_delivery import Delivery
from infra.services.outbox.forwarding import Forwarded, Forwarder
from infra.services.outbox.outbox_queue import Outbox
from infra.services.outbox.server_connection import ServerAnswer
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.support.gwt import Command
from tests.unit.infra.services.outbox.lines import BreakingLine, answering
from tests.unit.infra.services.signing.signed_log import (
    FINAL,
    SHEET,
    SignedLog,
    prepared,
    with_ballot,
)

NAME = "centre-00001"
INTERIM = b.tally(SHEET, final=False)


class ForeignLine(BreakingLine):
    """Whatever is sent, the answer is the receipt of somebody else's posting."""

    @override
    def post(self, election: str, body: bytes, media_type: str) -> ServerAnswer:
        answer = super().post(election, body, media_type)
        receipt = msgspec.json.decode(answer.body, type=Receipt)
        foreign = msgspec.structs.replace(receipt, body_sha256="0" * 64, repeated=True)
        return ServerAnswer(201, msgspec.json.encode(foreign))


def count(command: Command = FINAL) -> Submission:
    return keys.submission(with_ballot(command), office=o.CENTRE, submission_id=NAME)


@pytest.fixture
def signed(log: Log) -> SignedLog:
    return prepared(log)


@pytest.fixture
def line(signed: SignedLog) -> BreakingLine:
    return BreakingLine(signed)


def forward(box: Outbox, line: BreakingLine, signing: list[PrivateKey]) -> list[Forwarded]:
    told: list[Forwarded] = []
    Forwarder(box, line, signing).forward(told.append)
    return told


CENTRE = [keys.key("centre-a")]


def test_a_receipt_of_another_content_is_no_receipt(signed: SignedLog, tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(count())

    (only,) = forward(box, ForeignLine(signed), CENTRE)

    assert only.state == "refused"
    assert "別の内容" in msgspec.json.decode(only.answer)["detail"]
    assert [number for number, _ in box.refusals()] == [1], "the count stays on this disk"


def test_an_import_does_not_call_another_content_recorded(
    line: BreakingLine, tmp_path: Path
) -> None:
    # Given that the office's id holds other figures in the log
    box = Outbox(tmp_path / "first")
    box.add(count(INTERIM))
    assert [each.state for each in forward(box, line, CENTRE)] == ["recorded"]

    # When its count is imported on a device that knows nothing of it
    other = Outbox(tmp_path / "second")
    done = Delivery(other, Forwarder(other, line, CENTRE), stop_at_refusal=False).send([count()])

    # Then nothing is called recorded, and the refusal is told
    assert (done.known, done.recorded) == ([], [])
    assert [problem.code for _, problem in done.refused] == ["submission-reused"]


def test_the_same_content_at_another_place_of_the_chain_is_recorded(
    line: BreakingLine, tmp_path: Path
) -> None:
    # Given a device that has lost its memory after its second count was recorded
    box = Outbox(tmp_path / "first")
    box.add(msgspec.structs.replace(count(INTERIM), submission_id="centre-00000"))
    box.add(count())
    forward(box, line, CENTRE)
    before = line.log.reader.last_position()

    # When it sends the same count again
    other = Outbox(tmp_path / "second")
    other.add(count())
    (only,) = forward(other, line, CENTRE)

    # Then it hears that the log has it, and its chain goes on from there
    assert (only.state, other.waiting()) == ("known", [])
    assert line.log.reader.last_position() == before
    assert other.link(o.CENTRE) == line.log.reader.chain(o.CENTRE)


def test_post_ends_with_an_error_when_the_receipt_is_of_another_content(tmp_path: Path) -> None:
    submission = keys.submission(b.election(), submission_id="define-0001")
    file = tmp_path / "posting.json"
    file.write_bytes(canonical(submission))
    receipt = Receipt(
        position=7, first_position=7, recorded_at=datetime(2026, 2, 8, tzinfo=UTC),
        submission_id="define-0001",
        body_sha256="0" * 64, stream="election", stream_version=1, repeated=True,
    )  # fmt: skip

    with answering(201, msgspec.json.encode(receipt)) as address:
        outbox = ["--outbox", str(tmp_path / "outbox")]
        ended = CliRunner().invoke(app, ["post", str(file), "--server", address, *outbox])

    assert ended.exit_code == 1
    assert "受付済み" not in ended.output
