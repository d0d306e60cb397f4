"""Published tables on their way to reports, and layouts that an office confirms once."""

import csv
from pathlib import Path

import pytest

from infra.adapters.spreadsheets.table_lines import TableLine
from infra.services.importing.import_faults import Faults, TablesUnreadable
from infra.services.importing.name_mapping import Mapping, read_mapping
from infra.services.importing.tallies.layout_file import (
    LayoutLine,
    lines_to_confirm,
    told_layout,
    write_layout,
)
from infra.services.importing.tallies.office_sheets import THIS_CONTEST, all_figures, as_grid
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.report_assembly import (
    Compiler,
    Draft,
    build_tally,
    build_turnout,
)
from infra.services.importing.tallies.table_words import table_vocabulary
from infra.services.importing.tallies.tallies_long import Defaults
from projections.office_tables.table_reading import OfficeTable, read_table
from projections.office_tables.vocabulary import TableVocabulary
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.folds import register

NOBODY = Defaults()
WHOLE = """
衆議院小選挙区　開票結果
令和８年２月８日執行||||||||令和8年2月9日　午前1時05分　確定
開票区|髙橋　一郎|高橋　一郎|開票　花子|得票総数|有効投票数|無効投票数|投票総数|投票者総数
|青い党|赤い党|無所属||||
千代田区|10|20|3|33|33|1|34|34
中央区|1|2|3|6|6|0|6|6
東京都計|11|22|6|39|39|1|40|40
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> RecordedRegister:
    return register(tmp_path_factory.mktemp("election"))


def lines(text: str) -> list[TableLine]:
    rows = enumerate(text.strip("\n").split("\n"), start=1)
    return [TableLine(number, [c.strip() for c in row.split("|")]) for number, row in rows]


def reports(
    text: str, known: RecordedRegister, words: Mapping, defaults: Defaults = NOBODY
) -> tuple[list[Draft], Faults]:
    faults = Faults()
    given = all_figures({"表": lines(text)}, known, words, defaults, faults)
    return Compiler(known, words, faults).drafts(given), faults


def tables(
    text: str, known: RecordedRegister, contest: str = ""
) -> tuple[list[OfficeTable], TableVocabulary]:
    grid = as_grid("表", lines(text))
    vocabulary = table_vocabulary(known, [grid], {}, contest)
    return [read_table(grid, vocabulary)], vocabulary


def told(faults: Faults) -> str:
    return "\n".join(map(str, faults))


def notes(faults: Faults) -> str:
    return "\n".join(map(str, faults.notes))


def test_a_published_sheet_becomes_final_reports_and_its_total_none(
    known: RecordedRegister,
) -> None:
    drafts, faults = reports(WHOLE, known, Mapping())

    found = [build_tally(draft, faults) for draft in drafts]

    assert told(faults) == ""
    assert [(draft.unit, draft.state) for draft in drafts] == [
        ("13101", "final"), ("13102", "final"),
    ]  # fmt: skip
    assert found[0] is not None
    assert found[0].votes == {"13-01-1": 10_000, "13-01-2": 20_000, "13-01-3": 3_000}
    assert "表 7行目: 「東京都計」は開票区の合計なので送っていません" in notes(faults)


def test_final_votes_without_the_rest_of_the_sheet_are_sent_as_interim(
    known: RecordedRegister,
) -> None:
    sheet = "\n".join("|".join(row.split("|")[:4]) for row in WHOLE.split("\n"))
    drafts, faults = reports(sheet + "\n令和8年2月9日　午前1時05分　確定", known, Mapping())

    found = build_tally(drafts[0], faults)

    assert told(faults) == ""
    assert drafts[0].state == "interim"
    assert found is not None
    assert (found.valid, found.invalid, found.voters) == (None, None, None)
    assert "有効・無効・投票総数・投票者数がこの表にないので" in notes(faults)


def test_a_sheet_without_moment_and_state_asks_for_them(known: RecordedRegister) -> None:
    sheet = WHOLE.replace("令和8年2月9日　午前1時05分　確定", "")

    none, faults = reports(sheet, known, Mapping())
    drafts, _ = reports(sheet, known, Mapping(), Defaults("2026-02-09 01:05", "確定"))

    assert none == []
    assert "いつの数字か（--at）、確定か中間か（--state）" in told(faults)
    assert [draft.state for draft in drafts] == ["final", "final"]


def test_a_sheet_of_an_earlier_election_is_refused(known: RecordedRegister) -> None:
    drafts, faults = reports(
        WHOLE.replace("令和８年２月８日", "平成29年10月22日"), known, Mapping()
    )

    assert drafts == []
    assert "2017-10-22 執行の表です。この選挙の投票日は 2026-02-08 です" in told(faults)


def test_a_layout_is_confirmed_once_and_read_from_then_on(
    known: RecordedRegister, tmp_path: Path
) -> None:
    # Given a table with a name written otherwise and a column of the office's own
    sheet = WHOLE.replace("髙橋", "高𣘺").replace("投票者総数", "点検票").replace("中央区", "中央")
    found, vocabulary = tables(sheet, known)
    asked = lines_to_confirm(found, "", "")
    assert [line.theirs for line in asked if not line.ours] == ["高𣘺　一郎", "点検票"]
    assert any("要確認" in line for line in told_layout(found[0], vocabulary))

    # When its layout is written and filled in
    path = tmp_path / "わが市の表.csv"
    write_layout(path, asked)
    with pytest.raises(TablesUnreadable, match="空欄です"):
        read_mapping(path)
    ours = {"高𣘺　一郎": "13-01-1", "点検票": "使わない"}
    kept = [line._replace(ours=ours.get(line.theirs, "")) for line in asked]
    path.unlink()
    write_layout(path, [*kept, LayoutLine("中央", "13102", "")])

    # Then every table of this layout is read
    drafts, faults = reports(sheet, known, read_mapping(path))
    assert told(faults) == ""
    assert [draft.unit for draft in drafts] == ["13101", "13102"]
    assert drafts[0].of("votes")["13-01-1"] == 10_000


TURNOUT = """
投票速報　2月8日　18時00分現在
開票区|当日有権者数|||投票者数（期日前・不在者を含まない）||
|男|女|計|男|女|計
千代田区|100|110|210|40|50|90
"""


def test_the_contest_of_a_table_that_names_nobody_is_kept_with_its_layout(
    known: RecordedRegister, tmp_path: Path
) -> None:
    found, _ = tables(TURNOUT, known)
    asked = lines_to_confirm(found, "", "")
    assert [line.theirs for line in asked] == [THIS_CONTEST]
    path = tmp_path / "投票速報.csv"
    write_layout(path, [asked[0]._replace(ours="衆議院小選挙区")])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[:2] == ["先方の名称", "当方のコード"]

    refused, faults = reports(TURNOUT, known, Mapping())
    drafts, _ = reports(TURNOUT, known, Mapping(), Defaults(contest="小選挙区"))
    turnout = build_turnout(drafts[0], faults)

    assert refused == []
    assert "選挙区か選挙の種類を --contest で示してください" in told(faults)
    assert (drafts[0].contest, drafts[0].state) == (t.DISTRICT, "interim")
    assert turnout is not None
    assert (turnout.voters.male, turnout.voters.female) == (40, 50)


def test_a_contest_that_nobody_knows_is_a_fault(known: RecordedRegister) -> None:
    drafts, faults = reports(WHOLE, known, Mapping(), Defaults(contest="第99区"))

    assert drafts == []
    assert "「第99区」という選挙区はありません" in told(faults)
