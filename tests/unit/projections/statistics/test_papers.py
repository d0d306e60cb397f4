"""Sheets for the wall, forms to fill in, and what minutes have beside figures."""

from projections.statistics.ledger import Ledger
from projections.statistics.paper.proceedings import sheets
from projections.statistics.paper.tally_forms import TallyForm, tally_forms
from projections.statistics.paper.wall_notices import WallNotice, wall_notices
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

INTERIM = b.tally(b.sheet({b.A: 30, b.B: 20}, invalid=2), final=False)


def notices(*commands: Command) -> list[WallNotice]:
    return list(wall_notices(Ledger(Office(*commands).night)))


def forms(*commands: Command) -> list[TallyForm]:
    return list(tally_forms(Ledger(Office(*commands).night)))


def test_the_wall_says_how_far_the_count_is_and_as_of_when() -> None:
    (notice,) = notices(*b.DISTRICT, INTERIM)

    assert (notice.kind, notice.moment) == ("中間発表", "10月27日 22時00分現在")
    assert notice.progress == "開票区 2 のうち報告 1（確定 0）"
    assert [row[-1] for row in notice.votes] == ["30.000", "20.000"]
    assert dict(notice.sums)["無効投票"] == "2"


def test_the_wall_knows_the_end() -> None:
    sheet = b.sheet({b.A: 30, b.B: 20})
    (notice,) = notices(*b.DISTRICT, *b.finals(b.DISTRICT_1, sheet, sheet))

    assert notice.kind == "確定発表"


def test_before_the_first_report_the_wall_has_dashes() -> None:
    for notice in notices(*b.HOUSE, b.OPEN):
        assert notice.moment == "—"
        assert {figure for _, figure in notice.sums} == {"—"}
        assert all(row[-1] == "—" for row in notice.votes)


def test_the_wall_says_what_the_sums_leave_out() -> None:
    alone = b.votes_alone(b.sheet({b.A: 3, b.B: 2}))
    (notice,) = notices(*b.DISTRICT, b.tally(alone, final=False))

    assert "得票だけを報告した1開票区" in notice.note
    assert dict(notice.sums)["投票総数"] == "—"


def test_there_is_a_form_for_every_kind_of_contest() -> None:
    made = forms(*b.HOUSE, b.OPEN)

    kinds = {form.title: form for form in made}
    assert kinds[b.JUSTICES].columns == ("罷免を可とする", "可としない")
    assert kinds[b.JUSTICES].reasons == ()
    assert kinds[b.DISTRICT_1].columns == ("得票数",)
    assert len(kinds[b.DISTRICT_1].reasons) == 12
    assert [number for number, _ in kinds[b.DISTRICT_1].lines] == ["1", "2"]
    assert len([form for form in made if form.title == b.BLOCK]) == 2


def test_a_form_of_lists_has_a_line_for_members_but_not_for_the_priority_ones() -> None:
    form = forms(*b.UPPER_LIST, b.OPEN)[0]
    names = [name.strip() for _, name in form.lines]

    assert len(names) == len({"ao", "ao-1", "ao-2", "aka", "aka-1", "aka-2"})
    assert [number for number, _ in form.lines if number] == ["1", "2"]


def test_a_form_tells_a_changed_ballot() -> None:
    before = forms(*b.UPPER_LIST, b.OPEN)[0].ballot
    after = forms(*b.UPPER_LIST, b.withdraw(b.UPPER, "ao-2"), b.OPEN)[0].ballot

    assert before != after
    assert len(before) == 8


def test_minutes_have_lines_to_write_in_signers_and_how_long_they_are_kept() -> None:
    count, *_, council = sheets(Ledger(Office(*b.DISTRICT, INTERIM).night))

    assert "開票の場所" in count.blanks
    assert count.signers[0] == "開票管理者"
    assert "71条" in dict(count.facts)["保存"]
    assert dict(count.facts)["無効の内訳"] == "報告されていない"
    assert "当選人の住所（法101条・101条の3）" in council.blanks
    assert council.signers[0] == "選挙長"
    assert dict(council.facts)["供託物没収点"] != "—"


def test_invalid_ballots_stand_by_reason_where_they_are_reported() -> None:
    sheet = b.sheet({b.A: 30, b.B: 20}, invalid=2) | {"invalid_by_reason": {"blank": 2}}
    count = next(sheets(Ledger(Office(*b.DISTRICT, b.tally(sheet)).night)))

    assert dict(count.facts)["　うち白紙投票"] == "2"
