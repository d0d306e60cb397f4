"""Last time beside this time: held, gained, new, or unknown; swing; turnout at the same hour."""

import json
from typing import Any

import pytest

from projections.documents.render import build
from projections.documents.results_document import ResultsDocument
from projections.feeds.tables.result_rows import RESULT_COLUMNS, result_rows
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

_RECORDED = {"hold_gain", "seat_changes", "last_time", "swing_points"}


def _people(*people: tuple[str, str, str]) -> Command:
    """Candidates of the first district: (id, name, party)."""
    rows = [{"id": id_, "name": name, "party": party} for id_, name, party in people]
    return {"command": "register-candidates", "contest": b.DISTRICT_1, "candidates": rows}


def _before(**facts: object) -> Command:
    previous = {"contests": [{"contest": b.DISTRICT_1, **facts}]}
    return {"command": "record-previous", "previous": previous}


def _district(*commands: Command, people: Command | None = None) -> Office:
    named = people or _people((b.A, "青井", "ao"), (b.B, "赤坂", "aka"))
    return Office(*b.REGISTER, b.contest(b.DISTRICT_1), named, *commands, b.OPEN)


def _count(office: Office) -> None:
    """青井 800 votes, 赤坂 200."""
    office.post(
        *b.finals(b.DISTRICT_1, b.sheet({b.A: 500, b.B: 100}), b.sheet({b.A: 300, b.B: 100}))
    )


def _last_time(office: Office) -> dict[str, Any]:
    found: dict[str, Any] = office.document(f"contests/{b.DISTRICT_1}").get("last_time", {})
    return found


def _declared(before: Command | None, people: Command | None = None) -> Office:
    office = _district(*[before] if before else [], people=people)
    _count(office)
    office.post(b.declare(b.DISTRICT_1, b.A))
    return office


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (_before(holders=[{"name": "青井", "party": "ao"}]), "hold"),
        # The seat is the party's, whoever had it.
        (_before(holders=[{"name": "別人", "party": "ao"}]), "hold"),
        (_before(holders=[{"name": "青井", "party": "aka"}]), "gain"),
        (_before(holders=[{"name": "青井"}]), "gain"),
        (_before(holders=[{"party_name": "旧党"}]), "gain"),
        (_before(relation="redrawn", holders=[{"party": "aka"}]), "gain"),
        (_before(relation="new"), "new"),
        (_before(votes=[{"party": "ao", "votes": 1000}]), None),
        (_before(holders=[{"party": "ao"}, {"party": "aka"}]), None),
        (None, None),
    ],
)
def test_a_declared_seat_is_held_gained_new_or_unknown(
    before: Command | None, says: str | None
) -> None:
    office = _declared(before)

    (row,) = office.document("results")["contests"]
    assert (row.get("hold_gain"), _last_time(office).get("hold_gain")) == (says, says)
    (contest,) = office.document("prefectures/13")["contests"]
    assert contest.get("hold_gain") == says


@pytest.mark.parametrize(
    ("holder", "says"), [("青井", "hold"), ("青 井", "hold"), ("別人", "gain"), ("", None)]
)
def test_an_independent_holds_what_the_same_person_had(holder: str, says: str | None) -> None:
    people = _people((b.A, "青井", ""), (b.B, "赤坂", "aka"))

    office = _declared(_before(holders=[{"name": holder}]), people)

    assert _last_time(office).get("hold_gain") == says


def test_nothing_is_held_or_gained_before_the_declaration() -> None:
    office = _district(b.LAST_TIME)
    assert not _last_time(office).keys() & {"hold_gain", "seat_changes", "swing"}
    _count(office)

    assert not _last_time(office).keys() & {"hold_gain", "seat_changes"}
    assert "turnover" not in office.document("seats")["last_time"]


def test_the_swing_is_of_the_party_and_only_once_every_figure_is_final() -> None:
    office = _district(b.LAST_TIME)
    office.post(b.tally(b.sheet({b.A: 500, b.B: 100})))
    assert "swing" not in _last_time(office)

    office.post(b.tally(b.sheet({b.A: 300, b.B: 100}), unit_code=b.CHUO))

    # 80 % after 60 %; nobody of aka stood.
    assert _last_time(office)["swing"] == {b.A: 20.0}
    points = [
        row.get("swing_points") for row in office.document("candidates")["contests"][0]["standings"]
    ]
    assert points == [20.0, None]
    assert [row["share_percent"] for row in _last_time(office)["votes"]] == [60.0, 40.0]


def test_shares_of_another_area_are_not_compared() -> None:
    votes = [{"party": "ao", "votes": 600_000}, {"party": "aka", "votes": 400_000}]

    assert "swing" in _last_time(_declared(_before(votes=votes)))
    assert "swing" not in _last_time(_declared(_before(votes=votes, relation="redrawn")))


def test_two_of_one_party_have_no_swing_but_as_the_same_persons() -> None:
    votes = [
        {"name": "赤坂", "party": "ao", "votes": 300_000},
        {"name": "元", "party": "ao", "votes": 700_000},
    ]

    assert _last_time(_declared(_before(votes=votes)))["swing"] == {b.B: -10.0}


def test_turnout_is_that_of_the_same_hour() -> None:
    office = _district(b.LAST_TIME)
    at_six = "2024-10-27T18:00:00+09:00"
    reported = b.turnout(b.figures((1000, 1000), (300, 300)), final=False, as_of=at_six)
    office.post(reported)
    # Of one unit of two: nothing of then is of the same one.
    assert "turnout_percent" not in _last_time(office)

    office.post({**reported, "unit": b.CHUO})
    assert (_last_time(office)["turnout_at"], _last_time(office)["turnout_percent"]) == (
        "18:00",
        30.1,
    )

    for unit in (b.CHIYODA, b.CHUO):
        office.post(b.turnout(b.figures((1000, 1000), (500, 500)), unit_code=unit))
    assert _last_time(office)["turnout_percent"] == 55.12
    assert "turnout_at" not in _last_time(office)


def test_seats_say_what_changed_hands() -> None:
    office = _declared(b.LAST_TIME)
    assert office.document("seats")["last_time"] == {
        "election": "第49回衆議院議員総選挙",
        "polling_day": "2021-10-31",
        "won": [{"party": "ao", "seats": 1}],
        "before": [{"party": "ao", "seats": 1}],
        "compared": 1,
    }
    office = _declared(_before(holders=[{"party_name": "旧党"}]))
    assert office.document("seats")["last_time"]["turnover"] == [
        {"gained": 0, "lost": 1, "party_name": "旧党"},
        {"gained": 1, "lost": 0, "party": "ao"},
    ]
    results = build(office.night, "results")
    assert isinstance(results, ResultsDocument)
    (row,) = result_rows(results)
    cells = dict(zip(RESULT_COLUMNS, row, strict=True))
    assert (cells["hold_gain"], cells["seats_by_party_before"]) == ("gain", "旧党=1")


def test_without_a_record_no_document_says_anything_of_it() -> None:
    office = _declared(None)

    assert not any(
        name in json.dumps(office.document(each))
        for each in office.night.versions
        for name in _RECORDED
    )


def test_a_record_of_rates_and_votes_changes_no_document() -> None:
    office = _district()

    assert office.post(b.PREVIOUS) == []
    changed = office.post(b.LAST_TIME)
    assert {"seats", "results", f"contests/{b.DISTRICT_1}", "prefectures/13"} <= set(changed)


@pytest.mark.parametrize(
    "heading", [{"name": "第49回衆議院議員総選挙"}, {"polling_day": "2021-10-31"}]
)
def test_a_name_or_day_recorded_later_moves_the_contests_recorded_before(
    heading: dict[str, str],
) -> None:
    office = _district(_before(holders=[{"party": "ao"}]))
    before = _last_time(office)

    changed = office.post({"command": "record-previous", "previous": heading})

    assert _last_time(office) != before
    assert f"contests/{b.DISTRICT_1}" in changed


@pytest.mark.parametrize(
    ("holders", "changes"),
    [
        # Whoever else was elected last time sits on: nobody lost these seats.
        ([{"party": "ao", "seats": 3}, {"party": "aka", "seats": 5}], None),
        ([{"party": "ao", "seats": 8}], None),
        # The one who had the seat that is filled now.
        ([{"party": "ao"}], [{"before": 1, "now": 1, "party": "ao"}]),
    ],
)
def test_seats_that_a_by_election_does_not_fill_are_not_lost(
    holders: list[dict[str, object]], changes: list[dict[str, object]] | None
) -> None:
    council = "municipal-assembly/13101"
    people = {**_people((b.A, "青井", "ao"), (b.B, "赤坂", "aka")), "contest": council}
    office = Office(
        *b.REGISTER,
        b.contest(council, [b.CHIYODA], 1, full_seats=8, causes=["by-election"]),
        people,
        {
            "command": "record-previous",
            "previous": {"contests": [{"contest": council, "holders": holders}]},
        },
        b.OPEN,
        b.tally(b.sheet({b.A: 50, b.B: 10}), council),
        b.declare(council, b.A),
    )

    shown = office.document(f"contests/{council}")["last_time"]
    assert shown.get("seat_changes") == changes
    assert shown.get("hold_gain") == ("hold" if changes else None)
    assert office.document("seats")["last_time"].get("compared", 0) == (1 if changes else 0)
