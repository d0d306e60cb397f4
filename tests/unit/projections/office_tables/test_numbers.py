"""Numbers and moments as offices write them: exact, or refused."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from aggregates.reference.japan_time import JAPAN_TIME
from infra.services.importing.import_faults import Faults
from infra.services.importing.table_source import read_sheets
from projections.documents.models import decimal
from projections.office_tables.number_parsing import NotExact, day, moment, thousandths, whole

EXACT = st.integers(min_value=-(10**13), max_value=10**13)


@given(EXACT)
def test_what_is_written_is_read_to_the_thousandth(value: int) -> None:
    assert thousandths(decimal(value)) == value


@given(st.integers(min_value=0, max_value=10**12), st.booleans())
def test_separators_and_wide_digits_change_nothing(value: int, wide: bool) -> None:
    written = f"{value // 1000:,}.{value % 1000:03d}"
    if wide:
        written = written.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})

    assert thousandths(written) == value


@pytest.mark.parametrize(
    ("text", "value"), [("△12", -12_000), ("−0.5", -500), ("０", 0), ("1.50", 1_500)]
)
def test_other_ways_of_writing(text: str, value: int) -> None:
    assert thousandths(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "1,23", "12,3456", "1.2345", "1.2340", "1e3", "nan", "1 000", "1..2", "十", "1/2", "0x10",
     "1,000,00", "--1", "5票", "1" * 14],
)  # fmt: skip
def test_what_is_not_exact_is_refused(text: str) -> None:
    with pytest.raises(NotExact):
        thousandths(text)


def test_a_figure_that_is_whole_has_no_decimals() -> None:
    assert whole("1,024.000") == 1024
    with pytest.raises(NotExact, match="整数ではありません"):
        whole("1.5")


@pytest.mark.parametrize(
    "text", ["2026-02-08", "2026/2/8", "2026年2月8日", "令和8年2月8日", "Ｒ８.2.8"]
)
def test_days(text: str) -> None:
    assert day(text) == date(2026, 2, 8)


@pytest.mark.parametrize(
    "text",
    ["2026-02-09 01:05", "2026-02-09T01:05", "2026/2/9 1:05", "令和8年2月9日 1時05分",
     "2026-02-09 01:05:00", "2026-02-08T16:05:00Z", "2026-02-09T01:05:00+09:00"],
)  # fmt: skip
def test_moments(text: str) -> None:
    found = moment(text)

    assert found == datetime(2026, 2, 9, 1, 5, tzinfo=JAPAN_TIME)
    assert found.astimezone(UTC).hour == 16


@pytest.mark.parametrize(
    "text", ["01:05", "22時", "2026-02-09", "2026-02-30 01:00", "2026-02-09 36:00"]
)
def test_a_time_without_its_day_is_refused(text: str) -> None:
    with pytest.raises(NotExact):
        moment(text)


def test_numbers_of_a_workbook_are_exact_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cells: list[float | str] = [
        240.125,
        2000.333,
        1 / 3,
        1e22,
        9007199254740993.0,
        12,
        "12.500",
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("票")
        for row, cell in enumerate(cells):
            sheet.write(row, 0, cell)

    read = [line.cells[0] for line in read_sheets(path, Faults())["票"]]

    assert [thousandths(text) for text in (*read[:2], *read[5:])] == [
        240_125,
        2_000_333,
        12_000,
        12_500,
    ]
    for text in read[2:5]:
        with pytest.raises(NotExact):
            thousandths(text)


def test_moments_of_a_workbook_are_whole_seconds(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        style = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for row, minute in enumerate(range(60)):
            naive = datetime(2026, 2, 8, 22, minute)  # noqa: DTZ001 - spreadsheets know no zone
            book_sheet = book.get_worksheet_by_name("票") or book.add_worksheet("票")
            book_sheet.write_datetime(row, 0, naive, style)

    read = [moment(line.cells[0]).minute for line in read_sheets(path, Faults())["票"]]

    assert read == list(range(60))
