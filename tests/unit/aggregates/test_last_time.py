"""What the last election was: contest by contest, in several records, under rules 5."""

import pytest

from aggregates.election.election_events import PreviousRecorded
from aggregates.errors import CommandMalformed, ContestUnknown, PartyUnknown, RulesTooEarly
from aggregates.rules import FOURTH_RULES
from infra.adapters.event_log.event_codec import canonical
from projections.election_projection import ElectionProjection
from tests import builders as b
from tests.support.gwt import Command, Log


def last_time(**previous: object) -> Command:
    """A record of the last election."""
    return {"command": "record-previous", "previous": previous}


def _contest(contest: str, **facts: object) -> Command:
    return last_time(contests=[{"contest": contest, **facts}])


def _folded(*commands: Command) -> ElectionProjection:
    night = ElectionProjection()
    entries = Log().given(*commands).store.entries
    night.apply_all(enumerate((entry.event() for entry in entries), start=1))
    return night


def test_an_event_of_rates_and_votes_alone_has_the_bytes_it_always_had() -> None:
    (event,) = Log().given(*b.DISTRICT).post(b.PREVIOUS)

    assert canonical(event).startswith(
        b'{"previous":{"rates":[{"area":"13","female":5400,"kind":"house-district","male":5500,'
        b'"total":5450}],"votes":[{"kind":"house-district","name":"ao\xe5\x85\x9a","party":"ao",'
        b'"votes":1500}]},"provenance"'
    )


def test_contests_come_in_several_records() -> None:
    night = _folded(
        *b.HOUSE,
        b.PREVIOUS,
        b.LAST_TIME,
        _contest(b.DISTRICT_2, relation="new"),
    )

    register = night.register()
    assert list(register.previous_contests) == [b.DISTRICT_1, b.DISTRICT_2]
    assert register.previous.name == "第49回衆議院議員総選挙"
    # What a record does not state stays.
    assert register.previous.total_rates() == {("house-district", "13"): 5450}


def test_a_later_record_of_a_contest_replaces_it_and_rates_alone_replace_rates() -> None:
    changed = _contest(b.DISTRICT_1, holders=[{"name": "別人", "party": "aka"}])
    night = _folded(*b.DISTRICT, b.LAST_TIME, b.PREVIOUS, changed, last_time())

    register = night.register()
    assert [each.name for each in register.previous_contests[b.DISTRICT_1].holders] == ["別人"]
    assert (register.previous.rates, register.previous.votes) == ((), ())
    assert register.previous.won[0].seats == 1


def test_turnout_is_compared_with_rates_that_a_record_of_contests_left() -> None:
    log = Log().given(*b.DISTRICT, b.PREVIOUS, b.LAST_TIME)

    assert log.repository.election().last_rates == {("house-district", "13"): 5450}


@pytest.mark.parametrize(
    ("record", "refusal"),
    [
        (_contest("house-district/13-99"), ContestUnknown),
        (_contest(b.DISTRICT_1, holders=[{"party": "midori"}]), PartyUnknown),
        (last_time(continuing=[{"party": "midori", "seats": 3}]), PartyUnknown),
        (_contest(b.DISTRICT_1, relation="new", holders=[{"party": "ao"}]), CommandMalformed),
        (_contest(b.DISTRICT_1, turnout=[{"rate": 1}, {"rate": 2}]), CommandMalformed),
        (_contest(b.DISTRICT_1, holders=[{"party": "ao", "party_name": "旧党"}]), CommandMalformed),
        (last_time(contests=[{"contest": b.DISTRICT_1}, {"contest": b.DISTRICT_1}]),
         CommandMalformed),
        (last_time(won=[{"party": "ao", "seats": 3}, {"party": "ao", "seats": 1}]),
         CommandMalformed),
        (last_time(before=[{"party": "ao", "name": "旧党", "seats": 3}]), CommandMalformed),
    ],
)  # fmt: skip
def test_what_contradicts_itself_or_the_register_is_refused(
    record: Command, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        Log().given(*b.DISTRICT).post(record)


def test_earlier_rules_know_nothing_of_contests() -> None:
    log = Log(rules=FOURTH_RULES).given(*b.DISTRICT)

    with pytest.raises(RulesTooEarly):
        log.post(b.LAST_TIME)
    (event,) = log.post(b.PREVIOUS)
    assert isinstance(event, PreviousRecorded)
