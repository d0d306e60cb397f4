"""What a centre posts waits on disk until the log has it: in order, and once."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log import Log
from infra.protocols.signed_note.keys import PrivateKey
from infra.services.outbox.forwarding import Forwarded, Forwarder
from infra.services.outbox.outbox_queue import Outbox, OutboxBusy, OutboxDamaged
from infra.services.outbox.server_connection import HttpConnection, NoAnswer
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.support.budgets import examples
from tests.unit.infra.services.outbox.lines import (
    NOTHING_LOST,
    REPLY_LOST,
    REQUEST_LOST,
    BreakingLine,
    answering,
)
from tests.unit.infra.services.signing.signed_log import (
    FINAL,
    SHEET,
    SignedLog,
    prepared,
    with_ballot,
)

CENTRE = [keys.key("centre-a")]


def posting(number: int, ballots: int = 0, **more: object) -> Submission:
    """An interim tally of the centre, or its final one."""
    interim = b.tally(b.sheet({b.A: ballots, b.B: ballots}), final=False)
    command = with_ballot(interim if ballots else FINAL)
    return keys.submission(command, office=o.CENTRE, submission_id=f"centre-{number:05d}", **more)


@pytest.fixture
def signed(log: Log) -> SignedLog:
    return prepared(log)


@pytest.fixture
def line(signed: SignedLog) -> BreakingLine:
    return BreakingLine(signed)


@pytest.fixture
def box(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox")


def forwarded(
    box: Outbox, line: BreakingLine, signing: list[PrivateKey] = CENTRE
) -> list[tuple[str, str]]:
    """Forward once; (submission, state) of what was tried."""
    told: list[Forwarded] = []
    Forwarder(box, line, signing).forward(told.append)
    return [(each.waiting.submission.submission_id, each.state) for each in told]


def recorded(log: Log, office: str = o.CENTRE) -> list[str]:
    """Submissions of an office in the log, in order."""
    events = (event for _, event in log.reader.events())
    return [e.provenance.submission for e in events if e.provenance.office == office]


def test_what_waits_is_sent_in_order(box: Outbox, line: BreakingLine) -> None:
    for number in (1, 2, 3):
        box.add(posting(number, ballots=number))

    assert forwarded(box, line) == [(f"centre-{n:05d}", "recorded") for n in (1, 2, 3)]
    assert recorded(line.log) == ["centre-00001", "centre-00002", "centre-00003"]
    assert box.waiting() == []
    assert line.log.reader.chain(o.CENTRE).sequence == 3


def test_without_a_line_everything_waits(box: Outbox, line: BreakingLine) -> None:
    line.losses = [REQUEST_LOST]
    box.add(posting(1, ballots=1))
    box.add(posting(2))

    assert forwarded(box, line) == [("centre-00001", "waiting")]
    assert recorded(line.log) == []
    assert [each.submission.submission_id for each in box.waiting()] == [
        "centre-00001",
        "centre-00002",
    ]
    assert [state for _, state in forwarded(box, line)] == ["recorded", "recorded"]


def test_a_lost_reply_records_nothing_twice(box: Outbox, line: BreakingLine) -> None:
    line.losses = [REPLY_LOST, REPLY_LOST]
    box.add(posting(1))

    assert forwarded(box, line) == [("centre-00001", "waiting")]
    assert forwarded(box, line) == [("centre-00001", "waiting")]
    assert forwarded(box, line) == [("centre-00001", "recorded")]

    assert recorded(line.log) == ["centre-00001"]
    assert len(set(line.came)) == 1, "other bytes were sent the second time"


def test_another_process_goes_on_where_this_one_was_cut_off(
    tmp_path: Path, line: BreakingLine
) -> None:
    line.losses = [REPLY_LOST]
    before = Outbox(tmp_path / "outbox")
    before.add(posting(1, ballots=1))
    before.add(posting(2))
    forwarded(before, line)

    assert [state for _, state in forwarded(Outbox(tmp_path / "outbox"), line)] == ["recorded"] * 2
    assert recorded(line.log) == ["centre-00001", "centre-00002"]


def test_what_is_refused_is_put_aside_and_breaks_no_chain(box: Outbox, line: BreakingLine) -> None:
    wrong = with_ballot(b.tally({**SHEET, "valid": 1}))
    box.add(keys.submission(wrong, office=o.CENTRE, submission_id="centre-wrong"))
    box.add(posting(2))

    assert forwarded(box, line) == [("centre-wrong", "refused"), ("centre-00002", "recorded")]
    ((number, answer),) = box.refusals()
    assert number == 1
    assert msgspec.json.decode(answer)["type"] == "urn:kaihyo:refusal:sheet-unbalanced"


def test_a_posting_of_another_device_moves_the_chain(
    signed: SignedLog, box: Outbox, line: BreakingLine
) -> None:
    box.add(posting(1, ballots=1))
    line.losses = [REQUEST_LOST]
    forwarded(box, line)
    signed.post(with_ballot(b.tally(SHEET, final=False)), o.CENTRE, "centre-a")
    box.add(posting(2))

    # The first has fewer ballots than the other device's by now; the second is the final one.
    assert [state for _, state in forwarded(box, line)] == ["refused", "recorded"]
    assert line.log.reader.chain(o.CENTRE).sequence == 2


def test_unsigned_postings_of_a_rehearsal_wait_as_well(box: Outbox, log: Log) -> None:
    line = BreakingLine(SignedLog(log))
    line.losses = [REPLY_LOST]
    box.add(keys.submission(b.election(), submission_id="define-0001"))

    assert forwarded(box, line, []) == [("define-0001", "waiting")]
    assert forwarded(box, line, []) == [("define-0001", "recorded")]
    assert recorded(log, "nation") == ["define-0001"]


FOREIGN = {
    "a hotel that wants a password": (200, b"<html>login</html>"),
    "a proxy that forbids": (403, b"<html>403 Forbidden</html>"),
    "a proxy that knows no such address": (404, b"<html>404 Not Found</html>"),
    "an answer that was cut off": (422, b'{"type":"urn:kaihyo:refusal:sheet-unb'),
    "a receipt that was cut off": (201, b'{"position":7,"first_pos'),
}


@pytest.mark.parametrize(("status", "answer"), FOREIGN.values(), ids=FOREIGN.keys())
@pytest.mark.parametrize("signing", [CENTRE, []], ids=["signed", "unsigned"])
def test_only_the_log_refuses_and_gives_receipts(
    box: Outbox, line: BreakingLine, status: int, answer: bytes, signing: list[PrivateKey]
) -> None:
    # Given somebody between the office and the log who answers instead of it
    with answering(status, answer) as address:
        box.add(posting(1))
        told: list[Forwarded] = []
        Forwarder(box, HttpConnection(address), signing).forward(told.append)

    # Then the posting waits, and is recorded as soon as the log answers
    assert [each.state for each in told] == ["waiting"]
    assert box.refusals() == []
    assert forwarded(box, line) == [("centre-00001", "recorded")]
    assert recorded(line.log) == ["centre-00001"]


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    with (
        answering(503, b"Service Unav", length=1000) as address,
        pytest.raises(NoAnswer),
    ):
        HttpConnection(address).post("house50", b"{}", "application/json")


def test_only_one_process_sends(box: Outbox, line: BreakingLine) -> None:
    with box.sending(), pytest.raises(OutboxBusy):
        forwarded(box, line)


def test_a_damaged_file_is_named(box: Outbox, tmp_path: Path) -> None:
    box.add(posting(1))
    path = tmp_path / "outbox" / "waiting" / "000001.json"
    path.write_bytes(path.read_bytes()[:-5])

    with pytest.raises(OutboxDamaged, match=r"000001\.json"):
        box.waiting()


def test_numbers_are_not_used_again(box: Outbox, line: BreakingLine) -> None:
    assert box.add(posting(1, ballots=1)) == 1
    forwarded(box, line)
    assert box.add(posting(2)) == 2


@given(losses=st.lists(st.sampled_from([REQUEST_LOST, REPLY_LOST, NOTHING_LOST]), max_size=12))
@settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_lost_each_is_recorded_once_in_order(
    signed: SignedLog, tmp_path_factory: pytest.TempPathFactory, losses: list[str]
) -> None:
    line = BreakingLine(signed)
    line.losses = losses
    box = Outbox(tmp_path_factory.mktemp("outbox"))
    before = recorded(line.log)
    first = len(before) + 1
    for number in range(first, first + 3):
        box.add(posting(number, ballots=number))
    # A new folder knows nothing of the chain; the log tells it.
    for _ in range(len(losses) + 1):
        forwarded(box, line)

    assert box.waiting() == []
    assert recorded(line.log) == [*before, *(f"centre-{n:05d}" for n in range(first, first + 3))]
