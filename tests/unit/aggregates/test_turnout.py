"""Turnout of one contest in one unit, from the morning to the correction."""

import pytest

from aggregates.counting.turnout import Turnout, TurnoutCorrected, TurnoutFinalised, TurnoutReported
from aggregates.election.identifiers import turnout_stream
from aggregates.errors import TurnoutWentBackwards
from tests import builders as b
from tests.support.gwt import Log

STREAM = turnout_stream(b.DISTRICT_1, b.CHIYODA)
MORNING = b.figures((1000, 1100), (100, 120))
FINAL = b.figures(
    (1000, 1100),
    (600, 700),
    overseas_electors={"male": 3, "female": 2},
    overseas_voters={"male": 1, "female": 0},
    by_method={"on_the_day": 900, "early": 380, "absentee": 20},
)


@pytest.fixture
def log() -> Log:
    return b.log_of(*b.DISTRICT)


def turnout_of(log: Log) -> Turnout:
    return log.find(Turnout, STREAM)


def test_the_first_report_begins_the_turnout(log: Log) -> None:
    events = log.post(b.turnout(MORNING, final=False))

    assert [event.TOPIC for event in events] == ["turnout.begun", "turnout.reported"]
    assert isinstance(events[1], TurnoutReported)
    latest = turnout_of(log).latest
    assert latest is not None
    assert (latest.electors.total, latest.voters.total) == (2100, 220)


def test_the_final_report_has_everybody(log: Log) -> None:
    log.given(b.turnout(MORNING, final=False))

    [event] = log.post(b.turnout(FINAL, as_of=b.AT_23))

    assert isinstance(event, TurnoutFinalised)
    assert turnout_of(log).is_final


def test_the_number_of_electors_may_change_between_reports(log: Log) -> None:
    log.given(b.turnout(MORNING, final=False))

    log.post(b.turnout(b.figures((999, 1101), (100, 120)), final=False, as_of=b.AT_23))

    assert turnout_of(log).latest_report == 3


def test_a_correction_may_lower_the_voters_of_one_sex(log: Log) -> None:
    log.given(b.turnout(FINAL))

    [event] = log.post(b.turnout_correction(b.figures((1000, 1100), (700, 600))))

    assert isinstance(event, TurnoutCorrected)
    assert event.final
    assert turnout_of(log).is_final


def test_a_correction_of_the_morning_is_not_final(log: Log) -> None:
    log.given(b.turnout(FINAL, final=False))

    log.post(b.turnout_correction(MORNING, final=False))

    assert not turnout_of(log).is_final


def test_a_wrong_time_is_corrected_to_an_earlier_one(log: Log) -> None:
    log.given(b.turnout(MORNING, final=False, as_of="2024-10-28T22:00:00+09:00"))

    log.post(b.turnout_correction(MORNING, final=False, as_of=b.AT_22))
    log.post(b.turnout(FINAL, as_of=b.AT_23))

    assert turnout_of(log).is_final


def test_the_refusal_names_the_sex_whose_voters_fell(log: Log) -> None:
    log.given(b.turnout(MORNING, final=False))

    fell = b.figures((1000, 1100), (200, 119))
    refusal = log.refuses(TurnoutWentBackwards, b.turnout(fell, as_of=b.AT_23))

    assert refusal.facts == {"field": "女", "before": 120, "now": 119}
