"""The past: the night at any position, in any order of questions, is what it was."""

from random import Random

import pytest

from infra.log import Log
from infra.past import Past, PositionUnknown
from projections.documents.render import digest
from projections.night import Night
from tests import builders as b
from tests.posting import record


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
    night, was = Night(), {}
    for position, event in log.reader.events():
        night.apply(event, position)
        was[position] = digest(night)

    # When the past is asked at random, with copies every three events
    past = Past(log.reader, step=3)
    order = list(was) * 3
    Random(1).shuffle(order)

    # Then it answers as it was
    for position in order:
        assert past.at(position, digest) == was[position]


def test_the_future_is_not_known(log: Log) -> None:
    record(log, *b.DISTRICT)
    last = log.reader.last_position()
    past = Past(log.reader)

    with pytest.raises(PositionUnknown):
        past.at(last + 1, lambda night: night.position)
    assert past.at(last, lambda night: night.position) == last
