"""Interim tables that show less than a sheet: votes alone, lists alone; members without votes."""

import pytest

from aggregates.election.tally import Tally
from infra.adapters.spreadsheets.table_lines import TableLine
from infra.services.importing.import_faults import Faults
from infra.services.importing.name_mapping import Mapping
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.report_assembly import (
    Compiler,
    build_tally,
    build_turnout,
)
from infra.services.importing.tallies.tallies_long import Defaults, figures
from tests.unit.infra.services.importing.folds import register

ELECTION = {
    "選挙": [
        ["項目", "内容"], ["選挙コード", "upper27"], ["選挙名", "参議院議員通常選挙"],
        ["環境", "訓練"], ["投票日", "2025-07-20"], ["署名なしの投稿", "認める"],
    ],
    "党派": [["コード", "名称", "略称"], ["aa", "青空党", "青空"], ["bb", "みどりの会", "緑"]],
    "開票区": [["名称", "都道府県", "団体コード"], ["敦賀市", "福井県", "182028"]],
    "選挙区": [
        ["選挙の種類", "名称", "定数", "都道府県", "開票区"],
        ["参議院選挙区", "福井県選挙区", "1", "福井県", ""],
        ["参議院比例代表", "比例代表", "3", "", "すべて"],
    ],
    "候補者": [["選挙区", "氏名"], ["福井県選挙区", "甲野　一男"], ["福井県選挙区", "乙川　宏文"]],
    "名簿": [
        ["選挙区", "党派", "名称"], ["比例代表", "aa", "青空党"], ["比例代表", "bb", "みどりの会"],
    ],
    "名簿登載者": [
        ["選挙区", "名簿", "特定枠", "氏名"],
        ["比例代表", "青空党", "", "赤井　一"],
        ["比例代表", "みどりの会", "1", "特定　枠夫"],
        ["比例代表", "みどりの会", "", "普通　花子"],
    ],
    "機関": [
        ["コード", "名称", "役割", "設立"], ["nation", "中央選挙管理会", "国", "○"],
        ["ministry", "総務省選挙部", "国", "○"],
    ],
}  # fmt: skip
DISTRICT, LIST = "福井県選挙区", "比例代表"
WHERE = ["敦賀市", "2025-07-20 22:00"]
BALLOTS = {"有効": "30", "無効": "1", "投票総数": "31"}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> RecordedRegister:
    return register(tmp_path_factory.mktemp("upper"), ELECTION)


def read(
    known: RecordedRegister, contest: str, state: str, sheet: dict[str, str]
) -> tuple[Tally | None, str]:
    rows = [
        ["選挙区", "開票区", "時刻", "区分", *sheet],
        [contest, *WHERE, state, *sheet.values()],
    ]
    faults = Faults()
    lines = [TableLine(number, row) for number, row in enumerate(rows, start=1)]
    given = figures({"表": lines}, Mapping(), Defaults(), faults)
    (draft,) = Compiler(known, Mapping(), faults).drafts(given)
    return build_tally(draft, faults), "\n".join(map(str, faults))


def test_an_interim_of_votes_alone_leaves_the_rest_unknown(known: RecordedRegister) -> None:
    votes = {"甲野　一男": "500", "乙川　宏文": "400"}

    found, faults = read(known, DISTRICT, "中間", votes)

    assert faults == ""
    assert found is not None
    assert (found.stated, found.ballots_at_least) == (None, 900)


@pytest.mark.parametrize(("state", "more"), [("確定", {}), ("中間", {"有効": "900"})])
def test_a_final_report_and_a_part_of_the_lines_are_not_enough(
    known: RecordedRegister, state: str, more: dict[str, str]
) -> None:
    votes = {"甲野　一男": "500", "乙川　宏文": "400", **more}

    found, faults = read(known, DISTRICT, state, votes)

    assert found is None
    assert "投票総数がありません" in faults


def test_an_interim_of_lists_alone_leaves_their_members_unknown(known: RecordedRegister) -> None:
    found, faults = read(known, LIST, "中間", {"青空党": "10", "みどりの会": "20", **BALLOTS})

    assert faults == ""
    assert found is not None
    assert found.list_totals
    assert list(found.votes.values()) == [10_000, 20_000]


def test_a_final_report_needs_every_member_with_votes(known: RecordedRegister) -> None:
    lists = {"青空党": "10", "みどりの会": "20", **BALLOTS, "投票者数": "31"}

    found, faults = read(known, LIST, "確定", lists)

    assert found is None
    assert "抜けています" in faults


def test_members_who_go_first_are_not_on_the_table(known: RecordedRegister) -> None:
    sheet = {
        "青空党": "8", "赤井　一": "2", "みどりの会": "17", "普通　花子": "3", **BALLOTS,
        "投票者数": "31",
    }  # fmt: skip

    found, faults = read(known, LIST, "確定", sheet)
    refused, said = read(known, LIST, "確定", {**sheet, "みどりの会": "16", "特定　枠夫": "1"})

    assert faults == ""
    assert found is not None
    assert not found.list_totals
    assert refused is None
    assert "特定枠" in said


PEOPLE = {
    "有権者数（男）": "50", "有権者数（女）": "50", "投票者数（男）": "15", "投票者数（女）": "16",
}  # fmt: skip
SHEET = {"甲野　一男": "20", "乙川　宏文": "10", **BALLOTS, "投票者数": "31"}


def assemble_marks(
    known: RecordedRegister, *reports: tuple[str, dict[str, str]]
) -> tuple[tuple[str, ...] | None, bool | None, str]:
    """What sheet and turnout of one moment say is estimated, and every fault."""
    rows = [["選挙区", "開票区", "時刻", "区分", "推計", "項目", "数"]]
    for marks, values in reports:
        rows += [[DISTRICT, *WHERE, "確定", marks, item, value] for item, value in values.items()]
    faults = Faults()
    lines = [TableLine(number, row) for number, row in enumerate(rows, start=1)]
    given = figures({"表": lines}, Mapping(), Defaults(), faults)
    drafts = Compiler(known, Mapping(), faults).drafts(given)
    tally = build_tally(drafts[0], faults) if drafts else None
    turnout = build_turnout(drafts[0], faults) if drafts else None
    said = "\n".join(map(str, faults))
    fields = None if tally is None else tally.estimated
    return fields, None if turnout is None else turnout.estimated, said


def test_a_sheet_and_a_turnout_of_one_moment_have_marks_of_their_own(
    known: RecordedRegister,
) -> None:
    fields = "valid ballots"

    assert assemble_marks(known, ("turnout", PEOPLE), (fields, SHEET)) == (
        ("valid", "ballots"),
        True,
        "",
    )
    assert assemble_marks(known, ("turnout", PEOPLE), ("", SHEET)) == ((), True, "")
    assert assemble_marks(known, ("", PEOPLE), (fields, SHEET)) == (("valid", "ballots"), False, "")


@pytest.mark.parametrize("mark", ["voters", "turnuot"])
def test_no_mark_of_an_estimate_is_lost(known: RecordedRegister, mark: str) -> None:
    """Else a figure that was spread over units would be recorded as counted there."""
    *_, said = assemble_marks(known, (mark, PEOPLE))

    assert "推計" in said
