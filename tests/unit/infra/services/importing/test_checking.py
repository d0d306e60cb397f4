"""A definition in tables: what it becomes, and every mistake that is named with its cell."""

from pathlib import Path

import pytest
import xlsxwriter

from aggregates.commands import election_commands as c
from aggregates.commands.office_commands import RegisterOffice
from infra.services.importing import sheet_layouts
from infra.services.importing.definition.blank_form import write_form
from infra.services.importing.definition.definition_check import check
from infra.services.importing.import_faults import Faults, TablesUnreadable
from infra.services.importing.table_source import read_sheets
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.checks import checked, commands, told


def test_tables_become_commands_in_an_order_in_which_each_finds_what_it_needs(
    tmp_path: Path,
) -> None:
    found = checked(tmp_path)

    assert found.faults == []
    assert [command.name for command in commands(found)] == [
        "define-election",
        "register-parties",
        "register-units",
        "register-office",
        "register-office",
        "define-contest",
        "define-contest",
        "define-contest",
        "register-candidates",
        "register-list",
        "register-list",
        "register-justices",
        "record-particulars",
    ]


def test_blank_codes_follow_from_what_is_written(tmp_path: Path) -> None:
    made = commands(checked(tmp_path))

    units = [u.code for each in made if isinstance(each, c.RegisterUnits) for u in each.units]
    contests = {
        each.contest.id: each.contest.units for each in made if isinstance(each, c.DefineContest)
    }
    offices = [each.office for each in made if isinstance(each, RegisterOffice)]
    lists = [each.party_list for each in made if isinstance(each, c.RegisterList)]
    assert units == ["13101", "13102"]
    both = ("13101", "13102")
    assert contests == {t.DISTRICT: both, t.BLOCK: both, t.JUSTICES: both}
    assert [(each.id, each.parent) for each in offices] == [
        ("pref-13", "nation"),
        ("centre-13101", "pref-13"),
    ]
    assert [member.id for member in lists[0].members] == ["tokyo-ao-01", "tokyo-ao-02"]
    # 髙 is not 高: the member is the candidate who writes it so.
    dual = lists[0].members[0].dual
    assert dual is not None
    assert (dual.contest, dual.candidate) == (t.DISTRICT, "13-01-1")


def test_the_summary_counts_and_notes_what_is_worth_a_look(tmp_path: Path) -> None:
    few = t.sheets()["候補者"][:2]
    summary = checked(tmp_path, 候補者=few).summary

    assert summary is not None
    assert (summary.units, summary.offices, summary.founders) == (2, 4, ("nation", "ministry"))
    rows = {row.kind: row for row in summary.kinds}
    assert rows["衆議院比例代表"].seats_by_law == 19
    assert (rows["衆議院比例代表"].lists, rows["衆議院比例代表"].members) == (2, 3)
    assert any("無投票" in note for note in summary.notes)


def test_seats_that_differ_from_the_law_are_a_note(tmp_path: Path) -> None:
    contests = t.sheets()["選挙区"]
    contests[2][3] = "18"

    found = checked(tmp_path, 選挙区=contests)

    assert found.summary is not None
    assert any("別表第二の 19" in note for note in found.summary.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_encoding_of_an_office_is_read(tmp_path: Path, encoding: str) -> None:
    found = check(t.write(tmp_path, t.sheets(), encoding), {})

    assert found.faults == []
    assert commands(found) == commands(checked(tmp_path / "again"))


def test_a_workbook_is_read_as_the_folder_is(tmp_path: Path) -> None:
    path = tmp_path / "選挙.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in t.sheets().items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    # As people type it: what looks like a number is one.
                    write = sheet.write_number if cell.isascii() and cell.isdigit() else None
                    if write is not None:
                        write(number, column, int(cell))
                    else:
                        sheet.write_string(number, column, cell)

    assert commands(check(path, {})) == commands(checked(tmp_path / "folder"))


def test_parts_of_a_municipality_are_numbered_in_their_order(tmp_path: Path) -> None:
    units = t.sheets()["開票区"]
    units[2] = ["", "千代田区第二", "東京都", "131016", "東京都第1区"]

    made = commands(checked(tmp_path, 開票区=units))

    codes = [u.code for each in made if isinstance(each, c.RegisterUnits) for u in each.units]
    assert codes == ["13101.1", "13101.2"]


def test_a_leading_zero_that_a_spreadsheet_took_is_put_back(tmp_path: Path) -> None:
    sheets = t.sheets()
    units = [["名称", "都道府県", "団体コード"], ["札幌市中央区", "1", "11011"]]
    contests = [["選挙の種類", "名称", "定数", "都道府県"], ["知事", "北海道知事", "1", "北海道"]]
    offices = [sheets["機関"][0], *sheets["機関"][3:]]
    kept = {"選挙": sheets["選挙"], "開票区": units, "選挙区": contests, "機関": offices}

    found = check(t.write(tmp_path, kept), {})

    assert found.faults == []
    (registered,) = [each.units for each in commands(found) if isinstance(each, c.RegisterUnits)]
    assert (registered[0].code, registered[0].prefecture) == ("01101", "01")
    (defined,) = [each.contest for each in commands(found) if isinstance(each, c.DefineContest)]
    assert (defined.id, defined.units) == ("governor/01", ("01101",))


def test_an_upper_house_list_has_its_special_places(tmp_path: Path) -> None:
    sheets = t.sheets()
    members = [
        ["選挙区", "名簿", "特定枠", "氏名", "年齢", "外字氏名"],
        ["参議院比例代表", "青", "1", "青井　次郎", "50", "青丼　次郎"],
        ["参議院比例代表", "青", "", "青野　花子", "", ""],
    ]
    kept = {name: sheets[name] for name in ("選挙", "党派", "開票区", "機関")} | {
        "選挙区": [
            ["選挙の種類", "名称", "定数", "都道府県"],
            ["参議院比例代表", "参議院比例代表", "50", ""],
            ["参議院選挙区", "東京都選挙区", "6", "東京都"],
        ],
        "名簿": [["選挙区", "党派", "名称"], ["参議院比例代表", "青い党", "青"]],
        "名簿登載者": members,
        "候補者": [["選挙区", "氏名"], ["東京都選挙区", "開票　太郎"]],
    }
    for row in kept["開票区"]:
        row[4] = row[4] if row[4] == "選挙区" else ""

    found = check(t.write(tmp_path / "a", kept), {})

    assert found.faults == []
    contests = [each.contest for each in commands(found) if isinstance(each, c.DefineContest)]
    assert [each.id for each in contests] == ["upper-list/house51", "upper-district/13"]
    (made,) = [each.party_list for each in commands(found) if isinstance(each, c.RegisterList)]
    assert [(m.id, m.priority, m.age) for m in made.members] == [
        ("house51-ao-01", 1, 50),
        ("house51-ao-02", None, None),
    ]
    (noted,) = [each for each in commands(found) if isinstance(each, c.RecordParticulars)]
    assert noted.particulars[0].filed_name == "青丼　次郎"

    members[2][2] = "1"
    again = check(t.write(tmp_path / "b", kept), {})
    assert told(again) == [("名簿登載者", 2, "")]


@pytest.mark.parametrize(
    ("kind", "seats", "code"),
    [
        ("市区町村長", "1", "mayor/13101"),
        ("市区町村議会", "25", "municipal-assembly/13101"),
        ("都道府県議会", "2", "prefectural-assembly/13-01"),
    ],
)
def test_a_local_election_is_named_after_its_place(
    tmp_path: Path, kind: str, seats: str, code: str
) -> None:
    sheets = t.sheets()
    kept = {name: sheets[name] for name in ("選挙", "開票区", "機関")}
    for row in kept["開票区"][1:]:
        row[4] = ""
    contest = ["選挙の種類", "名称", "定数", "開票区"], [kind, "千代田区の選挙", seats, "13101"]
    people = [["選挙区", "氏名"], *(["千代田区の選挙", f"候補　{n}郎"] for n in range(30))]

    found = check(t.write(tmp_path, {**kept, "選挙区": [*contest], "候補者": people}), {})

    assert found.faults == []
    (defined,) = [each.contest for each in commands(found) if isinstance(each, c.DefineContest)]
    assert (defined.id, defined.units, defined.prefectures) == (code, ("13101",), ("13",))
    assert found.summary is not None
    assert "開票区「中央区」は、どの選挙区にも入っていません。" in found.summary.notes


def test_a_list_that_no_entry_of_the_log_can_hold_is_refused_beforehand(tmp_path: Path) -> None:
    sheets = t.sheets()
    long = "職" * 190
    heading = [*sheets["名簿登載者"][0], "職業"]
    people = [[t.BLOCK, "青い党", str(n), f"候補　{n}郎", "", long] for n in range(1, 60)]

    found = checked(tmp_path, 名簿登載者=[heading, *people])

    assert [each.place.sheet for each in found.faults] == ["名簿"]
    assert "大きすぎ" in found.faults[0].sentence


@pytest.mark.parametrize("kind", [None, *sheet_layouts.KINDS_OF])
def test_a_form_as_it_is_written_has_headings_that_are_read_and_examples_that_are_refused(
    tmp_path: Path, kind: sheet_layouts.FormKind | None
) -> None:
    path = tmp_path / "様式.xlsx"
    write_form(path, kind)

    found = check(path, {})

    names = [sheet_layouts.GUIDE, sheet_layouts.ELECTION, *sheet_layouts.required_sheets(kind)]
    assert list(read_sheets(path, Faults())) == names
    sentences = {each.place.sheet: each.sentence for each in found.faults}
    assert all("記入例" in sentences[name] for name in sheet_layouts.required_sheets(kind))
    assert not any("知らない" in each.sentence for each in found.faults)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF", "指定してください"),
        ("a.xlsx", b"no workbook", "xlsx で保存し直して"),
        ("a.csv", b"\x81\xff\xfe\x00", "文字コード"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(TablesUnreadable, match=said):
        check(tmp_path / name, {})
