"""Tables as offices have them: titles, totals, rates, printed moments; read, or named and left."""

from datetime import date, datetime
from pathlib import Path

import pytest

from aggregates.reference.japan_time import JAPAN_TIME
from infra.adapters.spreadsheets.delimited_text import read_text
from infra.adapters.spreadsheets.table_lines import HIDDEN_ROW, WHOLE_ROW, TableLine
from infra.services.importing.import_faults import Faults
from infra.services.importing.name_mapping import NOT_USED, Mapping
from infra.services.importing.table_source import read_sheets
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.report_assembly import Compiler, Draft, build_tally
from infra.services.importing.tallies.tallies_long import Defaults, figures
from projections.office_tables.number_parsing import NotExact, moment, thousandths
from tests.unit.infra.adapters.spreadsheets.table_files import FORMATS
from tests.unit.infra.services.importing.folds import register

POLLING_DAY = date(2026, 2, 8)
HEADING = ["選挙区", "開票区", "時刻", "区分"]
WHERE = ["東京都第1区", "千代田区", "2026-02-09 01:00", "確定"]
NAMES = ["髙橋　一郎", "高橋　一郎", "開票　花子"]
SHEET = ["有効", "無効", "投票総数", "投票者数"]
FIGURES = ["10", "20", "30", "60", "2", "62", "62"]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> RecordedRegister:
    return register(tmp_path_factory.mktemp("election"))


def read(
    lines: list[TableLine], known: RecordedRegister, words: Mapping | None = None
) -> tuple[list[Draft], Faults]:
    faults = Faults()
    said = words or Mapping()
    given = figures({"表": lines}, said, Defaults(), faults)
    return Compiler(known, said, faults).drafts(given), faults


def rows(*body: list[str], heading: list[str] | None = None) -> list[TableLine]:
    """A wide table with one unit, and whatever stands around it."""
    head = heading or [*HEADING, *NAMES, *SHEET]
    return [TableLine(number, row) for number, row in enumerate([head, *body], start=1) if any(row)]


def told(faults: Faults) -> str:
    return "\n".join(map(str, faults))


def require_read(lines: list[TableLine], known: RecordedRegister) -> Faults:
    """The one report of the table is the one that it says."""
    (draft,), faults = read(lines, known)
    found = build_tally(draft, faults)
    assert told(faults) == ""
    assert found is not None
    assert list(found.votes.values()) == [10_000, 20_000, 30_000]
    assert (found.valid, found.invalid, found.voters) == (60, 2, 62)
    return faults


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_report(
    name: str, known: RecordedRegister, tmp_path: Path
) -> None:
    plain = ["髙橋　一郎" if each == NAMES[0] else each for each in NAMES]
    path = tmp_path / name
    path.write_bytes(FORMATS[name]([[*HEADING, *plain, *SHEET], [*WHERE, *FIGURES]]))

    (lines,) = read_sheets(path, Faults()).values()

    require_read(lines, known)


def test_titles_above_the_heading_and_notes_below_are_left_out(known: RecordedRegister) -> None:
    lines = rows(
        [""], [*HEADING, *NAMES, *SHEET], [*WHERE, *FIGURES], ["（注）按分による小数があります。"],
        heading=["令和8年2月8日執行　衆議院議員総選挙"],
    )  # fmt: skip

    faults = require_read(lines, known)

    assert [note.place.row for note in faults.notes] == [1]


def test_headings_may_be_spaced_out(known: RecordedRegister) -> None:
    heading = ["選 挙 区", "開　票　区", "時 刻", "区\n分", *NAMES, "有 効", *SHEET[1:]]

    require_read(rows([*WHERE, *FIGURES], heading=heading), known)


def test_a_heading_in_two_rows_is_read_as_one(known: RecordedRegister) -> None:
    heading = [*HEADING, "候補者別得票数", "", "", *SHEET]
    lines = rows(["", "", "", "", *NAMES, *[""] * 4], [*WHERE, *FIGURES], heading=heading)
    merged = rows(
        [*HEADING, *NAMES, *SHEET],
        [*WHERE, *FIGURES],
        heading=[*HEADING, *["候補者別得票数"] * 3, *SHEET],
    )

    require_read(lines, known)
    require_read(merged, known)


def test_men_and_women_stand_below_what_they_are_of(known: RecordedRegister) -> None:
    heading = [*HEADING, "有権者数", "", "投票者数", ""]
    below = ["", "", "", "", "男", "女", "男", "女"]
    (draft,), faults = read(rows(below, [*WHERE, "1", "2", "3", "4"], heading=heading), known)

    assert told(faults) == ""
    assert {item.name: value for item, value in draft.values.items()} == {
        "electors.male": 1, "electors.female": 2, "voters.male": 3, "voters.female": 4,
    }  # fmt: skip


@pytest.mark.parametrize("word", ["計", "合計", "★県計", "郡部計"])
def test_a_total_is_named_and_the_rest_is_sent(word: str, known: RecordedRegister) -> None:
    total = [word, "", "", "", *FIGURES]
    in_unit = [WHERE[0], word, *WHERE[2:], *FIGURES]

    faults = require_read(rows([*WHERE, *FIGURES], total, in_unit), known)

    assert [note.place.row for note in faults.notes] == [3, 4]
    assert all(word in note.sentence for note in faults.notes)


def test_a_rate_is_left_out_by_itself_and_any_column_by_the_mapping(
    known: RecordedRegister,
) -> None:
    heading = [*HEADING, *NAMES, *SHEET, "無効投票率", "残票数"]
    lines = rows([*WHERE, *FIGURES, "#DIV/0!", "3"], heading=heading)
    words = Mapping()
    words.add("残票数", NOT_USED[0])

    (draft,), faults = read(lines, known, words)
    without, unmapped = read(lines, known)

    assert told(faults) == ""
    assert build_tally(draft, faults) is not None
    assert [note.column for note in faults.notes] == ["無効投票率"]
    assert without == []
    assert NOT_USED[0] in told(unmapped)


def test_a_cell_with_an_error_takes_its_report_away(known: RecordedRegister) -> None:
    text = f"{','.join([*HEADING, *NAMES, *SHEET])}\n{','.join([*WHERE, '#REF!', *FIGURES[1:]])}\n"

    drafts, faults = read(read_text(text.encode()), known)

    assert drafts == []
    assert "表 2行目「髙橋　一郎」" in told(faults)
    assert "#REF!" in told(faults)


def test_a_hidden_row_is_named_and_the_rest_is_sent(known: RecordedRegister) -> None:
    shown = TableLine(2, [*WHERE, *FIGURES])
    hidden = TableLine(3, [WHERE[0], "中央区", *WHERE[2:], *FIGURES], {WHOLE_ROW: HIDDEN_ROW})

    drafts, faults = read([*rows(), shown, hidden], known)

    assert [draft.unit for draft in drafts] == ["13101"]
    assert "表 3行目" in told(faults)


def test_thousands_without_quotes_are_named(known: RecordedRegister) -> None:
    tidy = "選挙区,開票区,時刻,区分,項目,数,理由\n" + f"{','.join(WHERE)},髙橋　一郎,1,984\n"
    wide = f"{','.join([*HEADING, *NAMES])}\n{','.join(WHERE)},1,984,2,002,3,004\n"

    for text in (tidy, wide):
        drafts, faults = read(read_text(text.encode()), known)
        assert drafts == []
        assert "桁区切りのカンマ" in told(faults)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("83526.99900000001", 83_526_999),
        ("0.30000000000000004", 300),
        ("26118.999999999996", 26_119_000),
        ("▲12", -12_000),
        ("–3", -3_000),
        ("1\u200b984", 1_984_000),
    ],
)
def test_a_number_is_what_people_see(text: str, value: int) -> None:
    assert thousandths(text) == value


@pytest.mark.parametrize("text", ["0.3333333333333333", "83526.9994", "83526.9990001"])
def test_decimals_that_are_no_noise_are_refused(text: str) -> None:
    with pytest.raises(NotExact, match="千分の一票"):
        thousandths(text)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026年2月8日23時30分", 23, 30),
        ("令和8年2月8日23時30分", 23, 30),
        ("令和８年２月８日　午後１１時３１分", 23, 31),
        ("令和8年2月8日 23時", 23, 0),
        ("2月8日 23時32分", 23, 32),
        ("2/8 23:32現在", 23, 32),
        ("令和8年2月8日 午前0時5分", 0, 5),
        ("2026-02-07 24:00", 0, 0),
        ("2026-02-07 24:10", 0, 10),
    ],
)
def test_moments_as_they_are_printed(text: str, hour: int, minute: int) -> None:
    assert moment(text, POLLING_DAY) == datetime(2026, 2, 8, hour, minute, tzinfo=JAPAN_TIME)


def test_a_day_without_a_year_is_the_one_nearest_to_the_polling_day() -> None:
    assert moment("1月1日 0時30分", date(2026, 12, 31)).year == 2027
    with pytest.raises(NotExact):
        moment("2月8日 23時32分")


@pytest.mark.parametrize("text", ["2月8日 午後12時30分", "2月30日 1時0分", "23時30分"])
def test_a_moment_that_can_mean_two_is_refused(text: str) -> None:
    with pytest.raises(NotExact):
        moment(text, POLLING_DAY)
