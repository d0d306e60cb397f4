"""A definition in tables: what it becomes, and every mistake that is named with its cell."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from aggregates import commands as c
from aggregates.office_commands import RegisterOffice
from infra.moving import layout
from infra.moving.checking import Checked, check
from infra.moving.faults import TablesUnreadable
from infra.moving.form import write_form
from infra.moving.source import read_sheets
from tests.unit.infra.moving import tables as t


def checked(folder: Path, **changed: t.Rows) -> Checked:
    """Check the small election with some of its sheets replaced."""
    return check(t.write(folder, t.sheets() | changed), {})


def told(found: Checked) -> list[tuple[str, int, str]]:
    return [(each.place.sheet, each.place.row, each.column) for each in found.faults]


def commands(found: Checked) -> list[c.Command]:
    return [each.command for each in found.submissions]


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


Mistake = Callable[[dict[str, t.Rows]], None]


def _unsigned_and_live(sheets: dict[str, t.Rows]) -> None:
    sheets["選挙"][3][1] = "本番"
    sheets["選挙"].append(["署名なしの投稿", "認める"])


MISTAKES: dict[str, tuple[Mistake, tuple[str, int, str], str]] = {
    "a check digit": (
        lambda s: s["開票区"][1].__setitem__(3, "131017"), ("開票区", 2, "団体コード"), "検査数字"
    ),
    "an unknown party": (
        lambda s: s["候補者"][1].__setitem__(2, "緑の党"), ("候補者", 2, "党派"), "緑の党"
    ),
    "a unit that does not exist": (
        lambda s: s["選挙区"][1].__setitem__(6, "港区"), ("選挙区", 2, "開票区"), "港区"
    ),
    "two seats in a district": (
        lambda s: s["選挙区"][1].__setitem__(3, "2"), ("選挙区", 2, ""), "定数 2"
    ),
    "a rank that two share": (
        lambda s: s["名簿登載者"][3].__setitem__(1, "青い党"), ("名簿登載者", 4, ""), "同順位"
    ),
    "an age of 17": (
        lambda s: s["候補者"][3].__setitem__(4, "17"), ("候補者", 4, "年齢"), "18から130"
    ),
    "a day that does not exist": (
        lambda s: s["選挙"][4].__setitem__(1, "2026-02-30"), ("選挙", 5, "内容"), "という日"
    ),
    "a field twice": (
        lambda s: s["選挙"].insert(1, ["選挙名", "別の選挙"]), ("選挙", 2, "項目"), "二度"
    ),
    "a role nobody has": (
        lambda s: s["機関"][1].__setitem__(2, "支所"), ("機関", 2, "役割"), "選べません"
    ),
    "a party twice": (
        lambda s: s["党派"][2].__setitem__(0, "ao"), ("党派", 3, "コード"), "すでに登録"
    ),
    "an example left in": (
        lambda s: s["候補者"].insert(1, ["東京都第1区", "【例】開票 太郎"]),
        ("候補者", 2, ""), "記入例",
    ),
    "one founder": (
        lambda s: s["機関"][4].__setitem__(6, ""), ("選挙", 2, ""), "設立機関"
    ),
    "a heading with a typing error": (
        lambda s: s["候補者"][0].__setitem__(1, "指名"), ("候補者", 1, "指名"), "知らない見出し"
    ),
    "a live election without signatures": (
        _unsigned_and_live,
        ("選挙", 2, ""), "署名",
    ),
    "a dual candidate written in another form": (
        lambda s: s["名簿登載者"][1].__setitem__(3, "髙橋　二郎"),
        ("名簿登載者", 2, "重複する候補者"), "髙橋　二郎",
    ),
    "a sheet nobody knows": (
        lambda s: s.__setitem__("候補者一覧", s.pop("候補者")), ("候補者一覧", 0, ""), "知らない表"
    ),
    "a centre of another prefecture": (
        lambda s: s["機関"][1].__setitem__(3, "大阪府"), ("機関", 2, ""), "都道府県13"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_cell(tmp_path: Path, name: str) -> None:
    mistake, place, said = MISTAKES[name]
    changed = t.sheets()
    mistake(changed)

    found = check(t.write(tmp_path, changed), {})

    assert place in told(found)
    sentences = [
        each.sentence
        for each in found.faults
        if (each.place.sheet, each.place.row, each.column) == place
    ]
    assert any(said in sentence for sentence in sentences), sentences
    assert found.submissions == []
    assert found.summary is None


def test_one_mistake_is_told_once_however_much_depends_on_it(tmp_path: Path) -> None:
    changed = t.sheets()
    changed["選挙区"][1][3] = "2"  # candidates, members and particulars hang on it

    assert told(check(t.write(tmp_path, changed), {})) == [("選挙区", 2, "")]


def test_a_faulty_member_hides_no_fault_of_the_others(tmp_path: Path) -> None:
    members = t.sheets()["名簿登載者"]
    members[1][3] = "誰でもない"
    members[3][1], members[3][2] = "青い党", "2"

    assert told(checked(tmp_path, 名簿登載者=members)) == [
        ("名簿登載者", 2, "重複する候補者"),
        ("名簿登載者", 3, ""),
    ]


def test_what_is_wrong_with_the_election_hides_nothing_else(tmp_path: Path) -> None:
    changed = t.sheets()
    changed["選挙"][4][1] = "いつか"
    changed["党派"][2][0] = "ao"
    changed["選挙区"][1][3] = "2"

    assert told(check(t.write(tmp_path, changed), {})) == [
        ("選挙", 5, "内容"),
        ("党派", 3, "コード"),
        ("選挙区", 2, ""),
    ]


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


@pytest.mark.parametrize("kind", [None, *layout.KINDS_OF])
def test_a_form_as_it_is_written_has_headings_that_are_read_and_examples_that_are_refused(
    tmp_path: Path, kind: layout.FormKind | None
) -> None:
    path = tmp_path / "様式.xlsx"
    write_form(path, kind)

    found = check(path, {})

    names = [layout.GUIDE, layout.ELECTION, *layout.sheets_of(kind)]
    assert list(read_sheets(path)) == names
    sentences = {each.place.sheet: each.sentence for each in found.faults}
    assert all("記入例" in sentences[name] for name in layout.sheets_of(kind))
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
