"""The past: the night at any position, in any order of questions, is what it was."""

import threading
import time
from random import Random

import pytest

from infra.adapters.event_log import Log
from infra.adapters.event_log.log_reader import LogRow
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.queries.time_travel import PositionUnknown, TimeTravel
from projections.documents.render import digest
from projections.election_projection import ElectionProjection
from tests import builders as b
from tests.support.posting import record


def test_every_position_in_any_order_is_what_it_was(log: Log) -> None:
    # Given a night whose digest was taken at every position
    record(
        log,
        *b.HOUSE,
        b.OPEN,
        b.tally(b.sheet({"d1-ao": 3, "d1-aka": 2}), unit_code=b.CHIYODA),
        b.tally(b.sheet({"ao": 30, "aka": 20}), b.BLOCK),
        b.correction(b.sheet({"d1-ao": 4, "d1-aka": 1})),
    )
    night, was = ElectionProjection(), {}
    for position, event in log.reader.events():
        night.apply(event, position)
        was[position] = digest(night)

    # When the past is asked at random, with copies every three events
    past = TimeTravel(log.reader, step=3)
    order = list(was) * 3
    Random(1).shuffle(order)

    # Then it answers as it was
    for position in order:
        assert past.at(position, digest) == was[position]


def test_copies_made_ahead_change_no_answer_and_spare_the_way(log: Log) -> None:
    # Given a night, and what it was at every position
    record(log, *b.DISTRICT, *[b.NOTE] * 60, b.tally(b.sheet({b.A: 3, b.B: 2})))
    last = log.reader.last_position()
    plain = TimeTravel(log.reader, step=last + 1)
    was = {position: plain.at(position, digest) for position in range(1, last + 1)}

    # When copies are made in a thread of their own, in pieces, while others ask
    counted = Counted(log)
    past = TimeTravel(counted, step=8)

    def prepare() -> None:
        while past.prepare(last, 3):
            continue

    preparing = threading.Thread(target=prepare)
    preparing.start()
    order = list(was) * 2
    Random(2).shuffle(order)
    for position in order:
        # Then every answer is the same
        assert past.at(position, digest) == was[position]
    preparing.join()
    assert past.prepared == last // 8 * 8
    assert not past.prepare(last, 3)

    # and the first question at the end reads nothing but what follows the last copy
    fresh = TimeTravel(counted, step=8)
    while fresh.prepare(last, 100):
        continue
    counted.rows = 0
    assert fresh.at(last, digest) == was[last]
    assert counted.rows == last % 8


def test_a_live_night_prepares_its_past(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    record(log, *b.DISTRICT)
    live = LiveReadModel(log)
    monkeypatch.setattr(live, "_past", past := TimeTravel(log.reader, step=4))
    live.start()
    record(log, *[b.NOTE] * 20)
    end = time.monotonic() + 60
    while past.prepared < log.reader.last_position() // 4 * 4:
        assert time.monotonic() < end
        time.sleep(0.01)
    live.stop()


def test_copies_are_so_many_and_no_more_however_long_the_log_grows(log: Log) -> None:
    # Given a night that is folded page by page, as a start does it
    record(log, *b.DISTRICT, *[b.NOTE] * 60)
    night, was = ElectionProjection(), {}
    past = TimeTravel(log.reader, step=2, copies_max=5)
    for position, event in log.reader.events():
        night.apply(event, position)
        was[position] = digest(night)
        past.pass_by(night)
    past.go_on_from(night)
    # Then few copies are kept, further and further apart, and every answer is as it was
    assert 3 <= past.number <= 5
    assert all(past.at(position, digest) == was[position] for position in (*was, 1))
    # and what comes later is read on from there
    record(log, *[b.NOTE] * 40)
    counted = log.reader.last_position()
    while past.prepare(counted, 100):
        continue
    assert past.number <= 5
    assert past.prepared > night.position
    assert past.at(counted, lambda state: state.position) == counted


class Counted:
    """Rows of a log, counted as they are read."""

    def __init__(self, log: Log) -> None:
        self._reader = log.reader
        self.rows = 0

    def read(self, after: int = 0, limit: int = 5000) -> list[LogRow]:
        found = self._reader.read(after, limit)
        self.rows += len(found)
        return found


def test_the_future_is_not_known(log: Log) -> None:
    record(log, *b.DISTRICT)
    last = log.reader.last_position()
    past = TimeTravel(log.reader)

    with pytest.raises(PositionUnknown):
        past.at(last + 1, lambda night: night.position)
    assert past.at(last, lambda night: night.position) == last
