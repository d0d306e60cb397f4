"""What a writer keeps about contests follows their amendments, as a new writer reads them."""

from aggregates.decisions.repository import ElectionRepository
from infra.adapters.event_log import Log
from infra.adapters.memory.replay_store import ReplayStore
from infra.adapters.postgres.schemas import LogName
from tests import builders as b
from tests.builders import amendments as am
from tests.support.gwt import Command
from tests.support.posting import record

IN_BLOCK = b.turnout(b.figures((5000, 5400), (2600, 2800)), b.BLOCK)
INTERIM = b.turnout(b.figures((5000, 5400), (1000, 1000)), final=False)
UNLIKE_THE_BLOCK = b.turnout(b.figures((5000, 5400), (2000, 2100)), as_of=b.AT_23)


def _without_chiyoda(*set_aside: str) -> Command:
    return am.amend_contest(b.BLOCK, [b.CHUO], 3, set_aside=set_aside, block="tokyo")


def _notices(log: Log) -> list[str]:
    events = [event for _, event in log.reader.events()]
    return [each.code for each in getattr(events[-1], "notices", ())]


def test_a_unit_taken_off_a_contest_is_no_longer_compared_with_it(
    conninfo: str, log_name: LogName
) -> None:
    # Given a writer that has compared the turnout of a unit in both of its contests
    with Log(conninfo, log_name) as log:
        record(log, *b.HOUSE, b.OPEN, IN_BLOCK, INTERIM)

        # When one of them loses the unit
        record(log, _without_chiyoda(b.CHIYODA), UNLIKE_THE_BLOCK)

        # Then nothing of that contest is held against the unit
        assert "turnout-unlike-other-contest" not in _notices(log)


def test_a_store_of_a_replay_says_that_a_contest_was_amended(
    conninfo: str, log_name: LogName
) -> None:
    with Log(conninfo, log_name) as log:
        record(log, *b.HOUSE, b.OPEN)
        store = ReplayStore()
        repository = ElectionRepository(store)
        for _, event in log.reader.events():
            store.apply(event)
        before = repository.contests_with(b.CHIYODA)

        start = log.reader.last_position()
        record(log, _without_chiyoda())
        for _, event in log.reader.events(start):
            store.apply(event)

    assert before == [b.BLOCK, b.DISTRICT_1, b.JUSTICES]
    assert repository.contests_with(b.CHIYODA) == [b.DISTRICT_1, b.JUSTICES]
