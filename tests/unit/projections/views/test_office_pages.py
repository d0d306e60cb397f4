"""What offices see: the workbook, the board, turnout by hour, decisions, the register."""

import pytest

from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream
from projections.views.board_view import board, turnout_rows
from projections.views.centre_workbook import CountBook, workbook
from projections.views.control.contest_sheets import contest_sheets
from projections.views.office_list import office_desk, office_desks
from projections.views.pending_decisions import decisions
from tests import builders as b
from tests.support import offices as o
from tests.unit.projections.nights import Office, folded

SHEET = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)


@pytest.fixture
def office() -> Office:
    """A House election, counting, with nothing reported yet."""
    return Office(*b.HOUSE, b.OPEN)


def book(office: Office, contest: str = b.DISTRICT_1) -> CountBook:
    found = workbook(office.night, [b.CHIYODA]).units[0].counts
    return next(each for each in found if each.contest == contest)


def test_a_workbook_holds_the_units_asked_for_and_no_other(office: Office) -> None:
    found = workbook(office.night, [b.CHUO, "99999"])

    assert [unit.code for unit in found.units] == [b.CHUO]
    assert [each.contest for each in found.units[0].counts] == [
        b.DISTRICT_2,
        b.BLOCK,
        b.JUSTICES,
    ]
    assert found.position == office.night.position


def test_a_control_room_sees_the_votes_it_confirms(office: Office) -> None:
    office.post(b.tally(SHEET))

    found = contest_sheets(office.night, b.DISTRICT_1, prefecture="13")

    assert len(found.lines) == 2
    (sheet,) = found.sheets
    assert (sheet.unit, sheet.report, sheet.votes) == (b.CHIYODA, 2, (350_000, 240_000))
    assert (sheet.valid, sheet.invalid, sheet.voters) == (590, 10, 600)
    assert contest_sheets(office.night, b.DISTRICT_1, prefecture="27").sheets == []


def test_a_control_room_sees_both_figures_of_a_justice(office: Office) -> None:
    office.post(b.tally(b.review_sheet({"j1": (10, 90), "j2": (20, 80)}, 100), b.JUSTICES))

    found = contest_sheets(office.night, b.JUSTICES)

    (sheet,) = found.sheets
    assert [line.split("　")[-1] for line in found.lines] == ["×（罷免を可とする）", "記載なし"] * 2
    assert sheet.votes == (10_000, 90_000, 20_000, 80_000)


def test_a_warning_without_a_word_of_its_sender_is_not_answered(office: Office) -> None:
    asked = {"code": "unlike-others-zero", "option": "d1-aka", "before": 1}
    office.post(b.tally(SHEET, answers=[asked, {**asked, "answer": "確かめた"}]))

    (row,) = (each for each in board(office.night).rows if each.report)

    assert (len(row.notices), row.unanswered) == (1, 1)


def test_the_turnout_of_last_time_is_at_hand(office: Office) -> None:
    assert book(office).last_rate is None

    office.post(b.PREVIOUS)

    assert book(office).last_rate == 5450
    assert book(office, b.BLOCK).last_rate is None


def test_a_ballot_is_named_by_the_digest_that_the_count_asks_for() -> None:
    log = b.log_of(*b.HOUSE, b.withdraw(b.DISTRICT_1, "d1-aka"), b.OPEN)
    contest = log.store.find(Contest, contest_stream(b.DISTRICT_1))
    night = folded(entry.event() for entry in log.store.entries)

    found = workbook(night, [b.CHIYODA]).units[0].counts[0]

    assert contest is not None
    assert found.ballot_sha256 == contest.ballot_sha256
    assert [line.id for line in found.ballot] == ["d1-ao"]


def test_lines_of_an_upper_house_list_are_the_list_and_its_members() -> None:
    office = Office(*b.UPPER_LIST, b.OPEN)

    lines = book(office, b.UPPER).ballot

    # Whoever is in the 特定枠 has no votes of their own, and no line.
    assert [line.id for line in lines] == ["ao", "ao-1", "ao-2", "aka", "aka-1", "aka-2"]
    assert lines[0].party == "ao"
    assert lines[1].of_list == "ao名簿"


def test_the_last_report_and_the_reason_of_its_return_are_at_hand(office: Office) -> None:
    office.post(b.turnout(b.figures((500, 500), (300, 300)), b.DISTRICT_1))
    office.post(b.tally(SHEET))
    office.post(b.give_back())

    found = book(office)

    assert found.last is not None
    assert (found.last.report, found.last.final) == (2, True)
    assert found.last.tally.votes["d1-ao"] == 350_000
    assert (found.state, found.returned_reason) == ("returned", "前回と差が大きい")
    assert found.turnout is not None
    assert found.turnout.figures.voters.total == 600


def test_a_board_has_a_row_for_every_count_and_then_only_changes(office: Office) -> None:
    whole = board(office.night)
    office.post(b.tally(SHEET))
    changed = board(office.night, after=whole.position)

    assert len(whole.rows) == 6
    assert len(whole.contests) == 4
    assert [(row.contest, row.unit) for row in changed.rows] == [(b.DISTRICT_1, b.CHIYODA)]
    assert (changed.rows[0].state, changed.rows[0].ballots) == ("final", 600)
    assert changed.contests == []


def test_a_warning_of_turnout_reaches_the_board_and_the_centre(office: Office) -> None:
    before = office.night.position
    office.post(b.turnout(b.figures((1000, 1000), (960, 950))))

    (changed,) = board(office.night, after=before).rows
    shown = book(office).turnout

    assert (changed.unit, changed.notices) == (b.CHIYODA, ("turnout-high",))
    assert shown is not None
    assert shown.notices == ("turnout-high",)


def test_a_book_has_the_turnout_of_the_units_other_contests() -> None:
    office = Office(*b.HOUSE, b.OPEN)
    office.post(b.turnout(b.figures((1000, 1000), (500, 400)), b.BLOCK))

    (other,) = book(office).other_turnouts

    assert (other.name, other.final, other.figures.voters.total) == (b.BLOCK, True, 900)
    assert book(office, b.BLOCK).other_turnouts == ()


def test_a_board_of_another_prefecture_is_empty(office: Office) -> None:
    assert board(office.night, prefecture="27").rows == []


def test_a_returned_row_says_why(office: Office) -> None:
    office.post(b.tally(SHEET))
    office.post(b.give_back())

    row = next(row for row in board(office.night).rows if row.report)

    assert (row.state, row.reason) == ("returned", "前回と差が大きい")


def test_turnout_rows_hold_the_whole_day(office: Office) -> None:
    for at, voters in ((b.AT_22, 10), (b.AT_23, 20)):
        figures = b.figures((500, 500), (voters, voters))
        office.post(b.turnout(figures, b.DISTRICT_1, final=False, as_of=at))

    rows = {row.unit: row for row in turnout_rows(office.night, "house-district", prefecture="13")}

    assert [voters for _, voters in rows[b.CHIYODA].course] == [20, 40]
    assert (rows[b.CHUO].report, rows[b.CHUO].course) == (0, ())
    assert turnout_rows(office.night, "house-district", prefecture="27") == []


def test_a_decision_waits_is_proposed_declared_and_outdated(office: Office) -> None:
    def decision() -> tuple[bool, tuple[str, ...], tuple[str, ...], bool]:
        found = decisions(office.night, "13")[0]
        named = tuple(each.id for each in found.law_named)
        declared = tuple(each.id for each in found.declared_named)
        return bool(found.waiting_units), named, declared, found.outdated

    assert decision() == (True, (), (), False)
    office.post(b.tally(SHEET))
    assert decision() == (False, ("d1-ao",), (), False)
    office.post(b.declare(b.DISTRICT_1, "d1-ao"))
    assert decision() == (False, ("d1-ao",), ("d1-ao",), False)
    office.post(b.correction(b.sheet({"d1-ao": 200, "d1-aka": 390}, invalid=10)))
    assert decision() == (False, ("d1-aka",), ("d1-ao",), True)


def test_equals_are_named_for_the_lot(office: Office) -> None:
    office.post(b.tally(b.sheet({"d1-ao": 300, "d1-aka": 300})))

    found = decisions(office.night)[0]

    assert {each.name for each in found.lot_between} == {"D1-AO", "D1-AKA"}


def test_a_rehearsal_without_a_register_has_the_usual_offices(office: Office) -> None:
    found = office_desks(office.night, "13")

    assert [each.id for each in found] == ["nation", "pref-13", "centre-13101", "centre-13102"]
    assert not any(each.registered for each in found)
    assert [each.id for each in office_desks(office.night, "27")] == ["nation"]


def test_a_municipality_knows_which_contests_it_manages_in_the_log_of_others() -> None:
    mayor = "mayor/13101"
    log = b.log_of(o.founded(), *b.REGISTER[1:], *o.OFFICES, b.contest(b.DISTRICT_1))
    log.given(b.contest(mayor, [b.CHIYODA]))
    night = folded(entry.event() for entry in log.store.entries)

    managed = {each.id: each.contests for each in office_desks(night)}

    assert managed[o.CITY] == (mayor,)
    assert not any(contests for office, contests in managed.items() if office != o.CITY)


def test_registered_offices_come_with_their_keys() -> None:
    night = folded(entry.event() for entry in o.course_of_keys().store.entries)

    found = office_desk(night, o.TOKYO)

    assert found is not None
    assert [key.state for key in found.keys] == ["retired", "revoked"]
    assert office_desk(night, "nobody") is None
    centre = office_desk(night, o.CENTRE)
    assert centre is not None
    assert centre.units == (b.CHIYODA,)


def test_the_board_calls_kinds_as_the_package_does(office: Office) -> None:
    kinds = {each.id: (each.name, each.english, each.ballot) for each in board(office.night).kinds}

    assert kinds["justices"] == ("国民審査", "Review of justices", "justices")
    assert set(kinds) == {each.kind for each in board(office.night).contests}
    assert board(office.night, after=1).kinds == []
