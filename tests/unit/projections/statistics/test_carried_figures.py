"""Figures of a log as the last election of another: decided ones alone, by parties of now."""

import msgspec
import pytest

from aggregates.election.ballot import Party
from aggregates.election.particulars import PreviousLog, Relation
from infra.services.rehearsal.rehearsal_night import rehearsal_night
from projections.documents.render import build
from projections.documents.results_document import ResultsDocument
from projections.election_projection import ElectionProjection
from projections.statistics.carried_figures import (
    CarriedFigures,
    PresentRegister,
    carry_figures,
)
from tests.support.round_trip import play_in_memory

_LOG = PreviousLog(election="before", size=12, root="ab" * 32)
_MAYOR, _COUNCIL = "mayor/09-901", "municipal-assembly/09-901"


@pytest.fixture(scope="module")
def city() -> ElectionProjection:
    night = rehearsal_night("city", seed=4)
    steps = (step.submission for step in night.timeline())
    return play_in_memory((*night.definitions(), *steps))[0]


def _carried(
    city: ElectionProjection,
    relations: dict[str, Relation] | None = None,
    *,
    parties: tuple[Party, ...] | None = None,
    **names: str,
) -> CarriedFigures:
    contests = {each.facts.id: each.facts.name for each in city.contests.values()}
    register = PresentRegister(
        parties=tuple(city.register().parties.values()) if parties is None else parties,
        contests={id_: names.get(id_.partition("/")[0], name) for id_, name in contests.items()},
    )
    return carry_figures(city, register, _LOG, relations or {})


def test_who_was_elected_with_how_many_votes_at_which_turnout(city: ElectionProjection) -> None:
    previous = _carried(city).previous
    results = build(city, "results")
    assert isinstance(results, ResultsDocument)

    assert [each.contest for each in previous.contests] == [_MAYOR, _COUNCIL]
    for then, result in zip(previous.contests, results.contests, strict=True):
        assert [each.name for each in then.holders] == [each.name for each in result.elected]
        votes = {each.name: each.votes for each in then.votes}
        for winner in result.elected:
            assert winner.votes is not None
            assert votes[winner.name] == winner.votes.thousandths
        *hours, final = then.turnout
        assert [each.at for each in hours] == ["10:00", "11:00", "14:00", "16:00", "18:00", "19:30"]
        assert [each.rate for each in hours] == sorted(each.rate for each in hours)
        assert (final.at, final.rate / 100) == ("", result.turnout_percent)
    # Seats are those of the council, which the mayor is not in.
    assert sum(each.seats for each in previous.won) == results.contests[1].seats
    assert (previous.log, previous.name) == (_LOG, city.register().facts.name)
    assert {each.kind for each in previous.rates} == {"mayor", "municipal-assembly"}


def test_a_contest_of_another_name_is_none_unless_people_say_so(city: ElectionProjection) -> None:
    found = _carried(city, mayor="新市長")
    assert [each.contest for each in found.previous.contests] == [_COUNCIL]
    assert found.unmatched == (_MAYOR,)

    found = _carried(city, {_MAYOR: "redrawn", _COUNCIL: "new"}, mayor="新市長")
    mayor, council = found.previous.contests
    assert (mayor.relation, mayor.name, len(mayor.holders)) == ("redrawn", "架空市長", 1)
    assert (council.relation, council.holders, council.votes) == ("new", (), ())
    assert found.unmatched == ()


def test_parties_are_found_by_name_and_kept_by_name_where_they_are_gone(
    city: ElectionProjection,
) -> None:
    before = _carried(city).previous.contests[1].holders
    held = next(each.party for each in before if each.party)
    former = city.register().parties[held]
    renamed = msgspec.structs.replace(former, id="another")

    other = _carried(city, parties=(renamed,)).previous.contests[1].holders
    gone = _carried(city, parties=()).previous.contests[1].holders

    assert {each.party for each in other if not each.party_name} == {"another", ""}
    assert former.name in {each.party_name for each in gone}
    assert all(not each.party for each in gone)


def test_what_is_not_decided_is_not_carried() -> None:
    night = rehearsal_night("city", seed=4)
    state, _ = play_in_memory(night.definitions())

    found = _carried(state)

    assert found.undecided == (_MAYOR, _COUNCIL)
    assert found.previous.won == ()
    assert found.previous.rates == ()
    for then in found.previous.contests:
        assert (then.holders, then.votes, then.turnout) == ((), (), ())
