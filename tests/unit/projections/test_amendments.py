"""What readers see of changed definitions: what counts, what is doubtful, what changed."""

from projections.documents.render import render
from tests import builders as b
from tests.builders import amendments as am
from tests.unit.projections.nights import Office, folded

ONE, TWO = "13101.1", "13101.2"
KEY = f"contests/{b.DISTRICT_1}"
SHEET = b.sheet({b.A: 5, b.B: 4})
COUNTED = (*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET, SHEET))
SPLIT = (
    am.add_units(ONE, TWO),
    am.amend_contest(b.DISTRICT_1, [ONE, TWO, b.CHUO], set_aside=(b.CHIYODA,)),
)


def test_a_changed_name_is_shown_everywhere_and_public_as_a_correction() -> None:
    office = Office(*b.DISTRICT)

    changed = office.post(am.amend_candidate(b.DISTRICT_1, b.A, "正しい名"))

    assert {KEY, "candidates", "corrections"} <= set(changed)
    assert office.option(b.DISTRICT_1, b.A)["name"] == "正しい名"
    (row,) = office.document("corrections")["amendments"]
    assert (row["contest"], row["about"], row["reason"]) == (b.DISTRICT_1, b.A, am.REASON)
    (change,) = row["changes"]
    assert (change["field"], change["field_name"]) == ("name", "名称")
    assert (change["old"], change["new"]) == (b.A.upper(), "正しい名")


def test_reports_given_before_are_marked_until_their_office_answers() -> None:
    office = Office(*COUNTED, am.reorder(b.DISTRICT_1, b.B, b.A))

    def marks() -> list[bool]:
        return [unit.get("doubtful", False) for unit in office.document(KEY)["units"]]

    assert marks() == [True, True]
    assert office.document(KEY)["waiting_units"] == [b.CHIYODA, b.CHUO]
    office.post(b.confirm())
    assert marks() == [False, True]
    office.post(b.correction(b.sheet({b.A: 6, b.B: 3}), supersedes=2, unit_code=b.CHUO))
    assert marks() == [False, False]
    assert office.document(KEY)["projected"]["elected"] == [b.A]


def test_a_split_unit_counts_once() -> None:
    office = Office(*COUNTED)
    assert office.document(KEY)["sheet"]["valid"] == 18

    changed = office.post(*SPLIT)

    assert {f"districts/{code}" for code in (b.CHIYODA, ONE, TWO)} <= set(changed)
    document = office.document(KEY)
    assert [unit["unit"] for unit in document["units"]] == [ONE, TWO, b.CHUO]
    assert (document["sheet"]["valid"], document["progress"]["final"]) == (9, 1)
    assert "contests" not in str(office.document(f"districts/{b.CHIYODA}").get("contests", ""))
    office.post(b.tally(SHEET, unit_code=ONE), b.tally(SHEET, unit_code=TWO))
    assert office.document(KEY)["sheet"]["valid"] == 27


def test_a_unit_that_comes_back_brings_its_figures() -> None:
    back = am.amend_contest(b.DISTRICT_1, [b.CHIYODA, b.CHUO], set_aside=())
    office = Office(*COUNTED, *SPLIT, back)

    assert office.document(KEY)["sheet"]["valid"] == 18
    assert office.document(KEY)["projected"]["elected"] == [b.A]


def test_a_forgotten_contest_is_counted_like_the_others() -> None:
    mayor = "mayor/13101"
    office = Office(*b.DISTRICT, am.add_contest(mayor, [b.CHIYODA], "m-1", "m-2"))

    office.post(b.tally(b.sheet({"m-1": 6, "m-2": 4}), mayor))

    assert office.document(f"contests/{mayor}")["projected"]["elected"] == ["m-1"]
    assert mayor in {row["contest"] for row in office.document("coverage")["contests"]}


def test_other_seats_change_what_the_law_says() -> None:
    council = "municipal-assembly/13101"
    office = Office(
        *b.REGISTER,
        b.contest(council, [b.CHIYODA], 1),
        b.candidates(council, "a", "b", "c"),
        b.OPEN,
        b.tally(b.sheet({"a": 60, "b": 30, "c": 10}), council),
        am.amend_contest(council, [b.CHIYODA], 2, name="区議会"),
    )

    document = office.document(f"contests/{council}")
    assert (document["seats"], document["name"]) == (2, "区議会")
    assert document["projected"]["elected"] == ["a", "b"]
    assert office.document("seats")["seats"] == 2


def test_a_party_and_a_unit_are_called_otherwise() -> None:
    office = Office(*b.DISTRICT, am.amend_party("ao", "青い党"), am.amend_unit(b.CHUO, "中央区"))

    assert "青い党" in {party["name"] for party in office.document("candidates")["parties"]}
    named = {unit["unit"]: unit["name"] for unit in office.document(KEY)["units"]}
    assert named[b.CHUO] == "中央区"
    assert [row["about"] for row in office.document("corrections")["amendments"]] == [b.CHUO, "ao"]


def test_live_and_replayed_are_the_same() -> None:
    back = am.amend_contest(b.DISTRICT_1, [b.CHIYODA, b.CHUO], set_aside=())
    office = Office(*COUNTED, *SPLIT, back, am.reorder(b.DISTRICT_1, b.B, b.A))
    again = folded(office.events)

    assert again.versions == office.night.versions
    for document in again.versions:
        assert render(again, document) == render(office.night, document)
