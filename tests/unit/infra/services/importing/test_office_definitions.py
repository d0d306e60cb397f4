"""Definitions as offices have them: pasted rows, error values, words and codes of the ministry."""

from pathlib import Path

import pytest

from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.checks import checked


@pytest.mark.parametrize("word", ["現", "前", "現職"])
def test_who_holds_the_seat_may_be_called_either_way(word: str, tmp_path: Path) -> None:
    candidates = t.sheets()["候補者"]
    candidates[1][5] = word

    found = checked(tmp_path, 候補者=candidates)

    assert found.faults == []
    assert found.definition.candidates[0].value.standing == "incumbent"


@pytest.mark.parametrize("sheet", ["開票区", "候補者", "機関"])
def test_a_row_pasted_twice_is_named(sheet: str, tmp_path: Path) -> None:
    pasted = t.sheets()[sheet]
    pasted.append(list(pasted[1]))

    found = checked(tmp_path, **{sheet: pasted})

    assert "2行目とまったく同じ行" in "\n".join(map(str, found.faults))
    assert {each.place.sheet for each in found.faults} == {sheet}


def test_an_error_value_in_a_definition_is_named(tmp_path: Path) -> None:
    candidates = t.sheets()["候補者"]
    candidates[2][2], candidates[2][4] = "#N/A", "#REF!"

    found = checked(tmp_path, 候補者=candidates)

    assert [(each.place.row, each.column) for each in found.faults] == [(3, "党派"), (3, "年齢")]
    assert all("エラー" in each.sentence for each in found.faults)


def test_titles_of_a_definition_are_left_out(tmp_path: Path) -> None:
    candidates = [["候補者の届出状況"], [], *t.sheets()["候補者"]]

    found = checked(tmp_path, 候補者=candidates)

    assert found.faults == []
    assert [note.place.row for note in found.notes if note.place.sheet == "候補者"] == [1]


def units(*changed: list[str]) -> t.Rows:
    return [t.sheets()["開票区"][0], *changed]


@pytest.mark.parametrize(
    ("code", "name", "day", "said"),
    [
        ("221317", "浜松市中区", "2026-02-08", "2024-01-01に廃止"),
        ("221317", "浜松市中区", "2022-07-10", ""),
        ("221384", "浜松市中央区", "2022-07-10", "2024-01-01から"),
        ("221384", "浜松市中央区", "2024-10-27", ""),
        ("221392", "浜松市中央区", "2024-10-27", "221384"),
        ("229997", "幻市", "2024-10-27", "団体コードにありません"),
        ("229997", "幻市", "2026-02-08", ""),
    ],
)
def test_a_code_is_one_of_the_polling_day(
    code: str, name: str, day: str, said: str, tmp_path: Path
) -> None:
    # In the column of municipalities, and in that of codes.
    for place, unit in enumerate((["", name, "静岡県", code, ""], [code, name, "静岡県", "", ""])):
        require_said(tmp_path / str(place), unit, day, said)


def require_said(folder: Path, unit: list[str], day: str, said: str) -> None:
    is_unheard_of = "229997" in unit
    sheets = {
        "選挙": [*t.sheets()["選挙"][:-1], ["投票日", day]],
        "開票区": units(unit),
        "選挙区": [
            t.sheets()["選挙区"][0],
            ["", "知事", "静岡県知事", "1", "静岡県", "", "すべて"],
        ],
        "候補者": [["選挙区", "氏名"], ["静岡県知事", "甲"]],
        "名簿": [["選挙区", "党派", "名称"]],
        "名簿登載者": [["選挙区", "名簿", "氏名"]],
        "裁判官": [["氏名"]],
        "機関": t.sheets()["機関"][:1] + t.sheets()["機関"][3:],
    }

    found = checked(folder, **sheets)

    sentences = "\n".join(map(str, found.faults))
    assert (said in sentences) if said else (sentences == "")
    notes = "\n".join(map(str, found.notes))
    assert ("登録簿の期間" in notes) == (day == "2026-02-08")
    is_after = day == "2026-02-08"
    assert ("登録簿（2025-01-01現在）にありません" in notes) == (is_unheard_of and is_after)
