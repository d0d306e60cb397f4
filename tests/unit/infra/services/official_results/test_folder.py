"""What is wrong with a folder is said with its place."""

from datetime import date
from pathlib import Path

import pytest

from infra.services.official_results.table_files import read_folder
from projections.official.tables.official_rows import ResultArea, party_key
from projections.official.tables.official_tables import FolderUnusable
from tests.unit.infra.services.official_results.small_folder import small_folder


def _refusal(path: Path) -> str:
    with pytest.raises(FolderUnusable) as refused:
        read_folder(path)
    return str(refused.value)


def test_the_election_and_its_day_come_from_the_folder(tmp_path: Path) -> None:
    folder = read_folder(small_folder().write(tmp_path))

    assert folder.election == "house48"
    assert folder.polling_day == date(2017, 10, 22)
    assert set(folder.ballots) == {ResultArea(t, p) for t in ("smd", "pr") for p in ("01", "13")}


@pytest.mark.parametrize(
    ("written", "day"),
    [("r06-10-27", date(2024, 10, 27)), ("h26-12-14", date(2014, 12, 14))],
)
def test_days_are_written_in_eras(tmp_path: Path, written: str, day: date) -> None:
    made = small_folder()
    for rows in made.tables.values():
        for row in rows:
            row["election_id"] = written

    assert read_folder(made.write(tmp_path)).polling_day == day


@pytest.mark.parametrize(
    ("table", "column", "cell", "said"),
    [
        ("smd_candidates", "votes", "12,3x", "数が必要です"),
        ("smd_candidates", "votes", "-5", "0以上の数が必要です"),
        ("smd_candidates", "votes", "1.2345", "小数は3桁までです"),
        ("smd_candidates", "votes", "NaN", "0以上の数が必要です"),
        ("smd_candidates", "votes", "", "空欄です"),
        ("pr_party_blocks", "votes", "", "空欄です"),
        ("smd_candidates", "prefecture", "江戸", "都道府県名ではありません"),
        ("smd_candidates", "elected", "yes", "true か false が必要です"),
        ("smd_candidates", "status", "旧", "新・前・元 のいずれかが必要です"),
        ("smd_candidates", "name_display", "", "空欄です"),
        ("smd_candidates", "occupation", "#N/A", "表計算のエラーです"),
        ("smd_candidates", "name_display", "#REF!", "表計算のエラーです"),
        ("turnout", "voters_total", "#####", "表計算のエラーです"),
        ("smd_candidates", "age", "150", "18歳から130歳までです"),
        ("smd_candidates", "order_in_district", "0", "1以上の番号が必要です"),
        ("pr_party_blocks", "block", "江戸", "比例代表のブロック名ではありません"),
        ("pr_party_blocks", "seats", "1.5", "整数が必要です"),
        ("electorate", "voters_male", "多数", "数が必要です"),
        ("turnout", "election_id", "r06-10-27", "の選挙ではありません"),
    ],
)
def test_a_wrong_cell_is_named(
    tmp_path: Path, table: str, column: str, cell: str, said: str
) -> None:
    made = small_folder()
    made.rows(table)[0][column] = cell

    refusal = _refusal(made.write(tmp_path))

    assert f"official-tables/{table}.csv 2行目 {column}列「{cell}」" in refusal
    assert said in refusal


def test_a_wrong_code_below_the_prefecture_is_named(tmp_path: Path) -> None:
    made = small_folder()
    made.tables["district-votes-by-counting-district.csv"][3]["jis5"] = "札幌"

    assert "district-votes-by-counting-district.csv 5行目 jis5列" in _refusal(made.write(tmp_path))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    path = small_folder().write(tmp_path)
    (path / "official-tables" / "turnout.csv").unlink()

    assert "official-tables/turnout.csv" in _refusal(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    made = small_folder()
    for row in made.rows("pr_list_entries"):
        del row["list_rank"]

    assert "pr_list_entries.csv: 列がありません: list_rank" in _refusal(made.write(tmp_path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空のファイルです"),
        (b"\xff\xfe\x00", "UTF-8ではありません"),
        (
            b"block,party,divisor,quotient,seat_rank,election_id\n1,2\n",
            "2行目: 2列あります",
        ),
        (b"block,party,divisor,quotient,seat_rank,election_id\n", "行がありません"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = small_folder().write(tmp_path)
    (path / "official-tables" / "dhondt_quotients.csv").write_bytes(content)

    refusal = _refusal(path)

    assert "dhondt_quotients.csv" in refusal
    assert said in refusal


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "フォルダーがありません" in _refusal(tmp_path / "house99-2099")


def test_a_folder_without_an_election_in_its_name(tmp_path: Path) -> None:
    assert "フォルダー名" in _refusal(small_folder().write(tmp_path, "第48回"))


@pytest.mark.parametrize(
    ("marks", "sexes"),
    [
        (("男", "女"), ("male", "female")),
        (("", "女"), ("male", "female")),
        (("", ""), (None, None)),
    ],
)
def test_an_empty_sex_means_men_only_where_women_are_marked(
    tmp_path: Path, marks: tuple[str, str], sexes: tuple[str | None, str | None]
) -> None:
    made = small_folder()
    for row in made.rows("smd_candidates"):
        row["gender"] = marks[1] if row["gender"] == "女" else marks[0]

    first, second, *_ = read_folder(made.write(tmp_path)).candidates

    assert (first.sex, second.sex) == sexes


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("（日本保守党）", "日本保守党"),
        ("無所属", ""),
        ("無所属・本人届出等(空欄)", ""),
        ("（無所属連合）", "無所属連合"),
        ("", ""),
        ("ＮＨＫと裁判してる党", "NHKと裁判してる党"),
    ],
)
def test_parties_are_compared_without_brackets_and_widths(written: str, key: str) -> None:
    assert party_key(written) == key
