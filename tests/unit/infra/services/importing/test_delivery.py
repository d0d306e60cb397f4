"""Submissions of an import: each is sent once, and what becomes of it is told."""

from pathlib import Path

import pytest

from infra.adapters.event_log import Log
from infra.services.importing.submission_delivery import Delivery, problem_in
from infra.services.outbox.forwarding import Forwarder
from infra.services.outbox.outbox_queue import Outbox
from tests.unit.infra.services.outbox.lines import REPLY_LOST, REQUEST_LOST, BreakingLine
from tests.unit.infra.services.outbox.test_outbox import CENTRE, posting, recorded
from tests.unit.infra.services.signing.signed_log import prepared

ROWS = [posting(1, ballots=1), posting(2, ballots=2), posting(3)]


@pytest.fixture
def line(log: Log) -> BreakingLine:
    return BreakingLine(prepared(log))


def delivery(folder: Path, line: BreakingLine, *, stop_at_refusal: bool = False) -> Delivery:
    box = Outbox(folder)
    return Delivery(box, Forwarder(box, line, CENTRE), stop_at_refusal=stop_at_refusal)


def test_what_is_sent_again_is_known_and_recorded_once(tmp_path: Path, line: BreakingLine) -> None:
    first = delivery(tmp_path, line).send(ROWS)
    again = delivery(tmp_path, line).send(ROWS)

    keys = [each.key for each in ROWS]
    assert (first.recorded, first.known, first.waiting) == (keys, [], [])
    assert (again.recorded, again.known, again.waiting) == ([], keys, [])
    assert len(recorded(line.log)) == len(ROWS)


@pytest.mark.parametrize("loss", [REQUEST_LOST, REPLY_LOST])
def test_once_the_connection_is_lost_the_rest_waits_and_goes_out_later(
    tmp_path: Path, line: BreakingLine, loss: str
) -> None:
    line.losses = [loss]
    sending = delivery(tmp_path, line)
    cut = sending.send(ROWS)

    assert cut.recorded == []
    assert cut.waiting == [each.key for each in ROWS]
    assert all(sending.has(each.key) and sending.waits(each.key) for each in ROWS)

    later = delivery(tmp_path, line).send([])
    # What was recorded although its answer was lost is known to the log.
    assert len(later.known) == (loss == REPLY_LOST)
    assert later.known + later.recorded == [each.key for each in ROWS]
    assert later.waiting == []
    assert len(recorded(line.log)) == len(ROWS)


def test_a_refusal_is_told_with_its_code_and_stops_what_builds_on_it(
    tmp_path: Path, line: BreakingLine
) -> None:
    final, backwards, more = posting(1), posting(2, ballots=1), posting(3, ballots=2)

    done = delivery(tmp_path, line, stop_at_refusal=True).send([final, backwards, more])

    assert done.recorded == [final.key]
    assert [(each.submission_id, problem.code) for each, problem in done.refused] == [
        (backwards.submission_id, "count-already-final")
    ]
    assert recorded(line.log) == [final.submission_id]


def test_what_is_no_problem_has_no_code() -> None:
    for answer in (b"", b"<h1>502</h1>", b'{"type": 5}'):
        assert problem_in(answer).code == ""
