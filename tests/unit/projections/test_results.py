"""`results` and `candidates`: who won, by how much, and who came back by a list, in one table."""

import csv
import io

from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

DISTRICTS = (
    b.tally(b.sheet({"d1-ao": 300, "d1-aka": 200}), b.DISTRICT_1, b.CHIYODA),
    b.tally(b.sheet({"d2-ao": 200, "d2-aka": 300}), b.DISTRICT_2, b.CHUO),
)
LISTS = b.finals(b.BLOCK, *[b.sheet({"ao": 600, "aka": 300})] * 2)
DECLARED = (b.declare(b.DISTRICT_1, "d1-ao"), b.declare(b.DISTRICT_2, "d2-aka"))


def results(*posted: Command) -> dict[str, dict[str, str]]:
    return {row["contest"]: row for row in rows("results", b.HOUSE, *posted)}


def people(contest: str, *posted: Command) -> dict[str, dict[str, str]]:
    found = rows("candidates", b.HOUSE, *posted)
    return {row["option"] or row["list"]: row for row in found if row["contest"] == contest}


def rows(document: str, defined: tuple[Command, ...], *posted: Command) -> list[dict[str, str]]:
    body = write(Office(*defined, b.OPEN, *posted).night, document, FORMAT[".csv"])
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_before_a_report_nothing_is_known() -> None:
    row = results()[b.DISTRICT_1]
    unknown = (
        "elected_ids", "runner_up", "margin", "vacant", "ballots", "turnout_percent", "revived_ids",
    )  # fmt: skip

    assert (row["status"], row["seats"]) == ("none", "1")
    assert [row[column] for column in unknown] == [""] * len(unknown)
    first = people(b.DISTRICT_1)["option:d1-ao"]
    assert [first[c] for c in ("votes", "place", "elected", "margin", "revived")] == [""] * 5


def test_a_contest_is_one_row_with_winner_and_margin() -> None:
    row = results(*DISTRICTS)[b.DISTRICT_1]

    assert (row["status"], row["elected_ids"], row["elected_votes"]) == (
        "complete", "option:d1-ao", "300.000",
    )  # fmt: skip
    assert (row["runner_up"], row["runner_up_votes"]) == ("option:d1-aka", "200.000")
    assert (row["margin"], row["margin_thousandths"], row["margin_percent"]) == (
        "100.000", "100000", "20.0",
    )  # fmt: skip


def test_a_candidate_has_votes_and_margin_and_is_elected_by_declaration_alone() -> None:
    before = people(b.DISTRICT_1, *DISTRICTS)
    assert [before["option:d1-ao"][c] for c in ("elected", "projected", "margin")] == [
        "", "1", "100.000",
    ]  # fmt: skip

    after = people(b.DISTRICT_1, *DISTRICTS, *DECLARED)
    assert (after["option:d1-ao"]["elected"], after["option:d1-ao"]["order"]) == ("1", "1")
    assert (after["option:d1-aka"]["elected"], after["option:d1-aka"]["margin"]) == (
        "0", "-100.000",
    )  # fmt: skip


def test_who_no_longer_stands_has_no_votes() -> None:
    defined = (*b.DISTRICT[:-1], b.candidates(b.DISTRICT_1, "c"), b.withdraw(b.DISTRICT_1, "c"))
    finals = b.finals(b.DISTRICT_1, *[b.sheet({b.A: 5, b.B: 4})] * 2)

    found = {row["option"]: row for row in rows("candidates", defined, *finals)}

    columns = ("votes", "votes_thousandths", "share_percent", "place", "margin")
    assert [found["option:c"][column] for column in columns] == [""] * 5
    assert found[f"option:{b.A}"]["votes"] == "10.000"


def test_who_comes_back_by_a_list_is_said_once_the_list_is_declared() -> None:
    waiting = people(b.DISTRICT_1, *DISTRICTS, *LISTS, *DECLARED)
    assert waiting["option:d1-aka"]["revived"] == ""

    posted = (*DISTRICTS, *LISTS, *DECLARED, b.declare(b.BLOCK, "aka-1", "ao-2", "ao-3"))
    assert people(b.DISTRICT_1, *posted)["option:d1-aka"]["revived"] == "1"
    assert people(b.DISTRICT_1, *posted)["option:d1-ao"]["revived"] == "0"
    assert results(*posted)[b.DISTRICT_1]["revived_ids"] == "option:d1-aka"
    block = results(*posted)[b.BLOCK]
    assert block["elected_ids"] == "option:aka-1 option:ao-2 option:ao-3"
    assert block["seats_by_list"] == "ao=2 aka=1"
    members = people(b.BLOCK, *posted)
    assert (members["option:ao"]["votes"], members["option:ao"]["list_seats"]) == ("1200.000", "2")
    assert (members["option:ao-2"]["elected"], members["option:ao-1"]["elected"]) == ("1", "0")


def test_members_of_an_open_list_have_their_own_votes() -> None:
    sheet = b.sheet({"ao": 1000, "ao-1": 10, "ao-2": 5, "aka": 20, "aka-1": 2, "aka-2": 0})
    found = {
        row["option"] or row["list"]: row
        for row in rows("candidates", b.UPPER_LIST, *b.finals(b.UPPER, sheet))
    }

    assert (found["option:ao"]["votes"], found["option:ao-1"]["votes"]) == ("1015.000", "10.000")
    assert found["option:ao-first"]["votes"] == ""


def test_votes_change_candidates_and_leave_ballots_alone() -> None:
    office = Office(*b.HOUSE, b.OPEN)
    ballots = office.night.ballots_at
    office.post(DISTRICTS[0])

    assert office.night.versions["candidates"] == office.night.position
    assert office.night.ballots_at == ballots
