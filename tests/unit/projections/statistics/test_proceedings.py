"""What the data sheets of counts and councils state."""

from projections.statistics.ledger import Ledger
from projections.statistics.paper.proceedings import DataSheet, sheets
from projections.statistics.tables import turnout_tables
from tests import builders as b
from tests.builders.succession import depart
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

WON, SMALL = b.sheet({b.A: 30, b.B: 20}), b.sheet({b.A: 4, b.B: 4})
TIE = b.finals(b.DISTRICT_1, b.sheet({b.A: 30, b.B: 20}), b.sheet({b.A: 20, b.B: 30}))


def made(*commands: Command) -> list[DataSheet]:
    return list(sheets(Ledger(Office(*commands).night)))


def test_a_count_says_its_figures_its_course_and_the_position_that_proves_it() -> None:
    office = Office(*b.DISTRICT, *TIE, b.confirm())
    position = office.night.counts[f"count/{b.DISTRICT_1}/{b.CHIYODA}"].history[1][0]

    sheet = next(sheets(Ledger(office.night)))

    assert sheet.kind == "開票録"
    assert dict(sheet.facts)["F 投票総数（D＋E）"] == "50"
    assert [line[1] for line in sheet.course] == [
        "開票開始（零票の報告）",
        "確定の報告",
        "都道府県の確認",
    ]
    assert sheet.position == position


def test_figures_and_times_are_written_as_on_paper() -> None:
    sheet = made(*b.DISTRICT, b.tally(b.sheet({b.A: 12_345, b.B: 1})))[0]

    assert dict(sheet.facts)["A 候補者等の得票総数"] == "12,346.000"
    assert sheet.votes[0][-1] == "12,345.000"
    # The sheet states 22:00 Japanese time; so does the paper, whatever zone a machine is in.
    assert dict(sheet.facts)["この時点"] == "2024-10-27 22:00"
    assert all(not line[0].endswith("Z") for line in sheet.course)


def test_a_correction_says_why_and_moves_the_proof() -> None:
    sheet = made(*b.DISTRICT, *TIE, b.correction(b.sheet({b.A: 31, b.B: 19})))[0]

    assert sheet.course[-1][1] == "訂正：読み違い"
    assert f"{sheet.position:,}" == sheet.course[-1][3]


def test_the_council_says_lots_and_winners() -> None:
    decided = (b.lot(b.DISTRICT_1, b.B, b.A), b.declare(b.DISTRICT_1, b.B))
    sheet = made(*b.DISTRICT, *TIE, *decided)[-1]

    facts = dict(sheet.facts)
    assert sheet.kind == "選挙録"
    assert facts["くじ（先順位から）"] == "13-01-B、13-01-A"
    assert facts["当選人"] == "13-01-B（50.000票）"


def test_the_council_says_what_became_of_seats_and_of_the_decision() -> None:
    won = (*b.DISTRICT, *b.finals(b.DISTRICT_1, WON, WON), b.declare(b.DISTRICT_1, b.A))
    gone = made(*won, depart(b.DISTRICT_1, b.A, "2026-09-16"))[-1]
    hidden = [{"unit": b.CHIYODA, "ballots": 10}]
    voted = b.turnout(b.figures((4, 4), (4, 4)), b.DISTRICT_1, b.CHUO)
    told = {**b.set_aside(b.DISTRICT_1), "area": [b.CHUO], "hidden_invalid": hidden}
    disputed = made(*won[:-3], voted, b.tally(WON), b.tally(SMALL, unit_code=b.CHUO), won[-1], told)

    assert dict(gone.facts)["補欠選挙・再選挙の期日"].startswith("2027-04-25")
    facts = dict(disputed[-1].facts)
    assert facts["再選挙まで議席を失わない者（第205条第2項、第3項）"] == "13-01-A"
    assert [said for label, said in facts.items() if label.startswith("潜在無効票")] == [
        "10票。差引後：13-01-A 24、13-01-B 16"
    ]


def test_before_a_decision_nothing_is_proven() -> None:
    assert made(*b.DISTRICT)[-1].position == 0


def test_what_an_interim_does_not_show_is_a_dash() -> None:
    alone = b.tally(b.votes_alone(b.sheet({b.A: 5, b.B: 1})), final=False)
    lists = b.tally(b.sheet({"ao": 12, "aka": 9}, list_totals=True), b.UPPER, final=False)

    count, council = made(*b.DISTRICT, alone)[0], made(*b.DISTRICT, alone)[-1]
    of_lists = made(*b.UPPER_LIST, b.OPEN, lists)[0]

    facts = dict(count.facts)
    assert facts["A 候補者等の得票総数"] == "6.000"
    assert {facts[line] for line in facts if line[0] in "BCDEF" and line[1] == " "} == {"—"}
    assert dict(council.facts)["有効投票数"] == "—"
    assert {row[-1] for row in of_lists.votes if row[0].startswith("　")} == {"—"}


def test_sums_leave_out_units_that_show_votes_alone_and_say_so() -> None:
    alone = b.tally(b.votes_alone(b.sheet({b.A: 5, b.B: 1})), final=False)
    ledger = Ledger(Office(*b.DISTRICT, alone).night)

    made_of = turnout_tables.ballots(ledger, ledger.tiers[0])

    assert {row[4:] for row in made_of.rows} == {(None, None, None, None)}
    assert any("得票だけ" in note for note in made_of.notes)
