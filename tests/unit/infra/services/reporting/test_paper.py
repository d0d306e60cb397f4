"""The PDF as it is printed: nothing clipped, nothing over anything, no heading left behind."""

from pathlib import Path

import msgspec
import pytest

from infra.services.reporting import report_pdf
from infra.services.reporting.font_coverage import characters, missing, printable
from infra.services.reporting.issued_report import Issue
from infra.services.reporting.text_width import lines, width
from projections.statistics.grid import Layout
from projections.statistics.table import Column, Table, columns, keys
from projections.statistics.table_layouts import table_layout
from tests.unit.infra.services.reporting.issued import issued
from tests.unit.infra.services.reporting.paper import Page, clipped, overlapping, pages_of, widows

_PARTIES = [f"{name}を考える党" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"]
_LONG = "交通事故の被害者救済を専門とする法律事務所の代表弁護士、元県議会議員"


def _long(rows: int) -> Table:
    """A table of many rows, longer than a page where `rows` says so."""
    return Table(
        id=f"long_{rows}",
        number="1",
        title=f"{rows}行の表",
        columns=(*keys(("place", "都道府県"), ("no", "選挙区")), Column("votes", "得票数", "votes"),
                 Column("job", "職業"), Column("mark", "供託物没収点未満", "flag")),
        rows=tuple(
            ("東京都", f"第{n}区", 54_261_877_952 + n, "弁護士" if n % 9 else _LONG, n % 2 == 0)
            for n in range(rows)
        ),
    )  # fmt: skip


def _wide() -> Table:
    """Parties across, more than a page is wide."""
    return Table(
        id="party_votes_by_block_pref",
        number="2",
        title="横に長い表",
        columns=(*keys(("block", "ブロック"), ("prefecture", "都道府県"), ("party", "党派")),
                 *columns("votes", ("votes", "得票数"))),
        rows=tuple(
            ("北陸信越", f"県{n}", party, 12_345_678_901 - n)
            for n in range(48)
            for party in _PARTIES
        ),
    )  # fmt: skip


def _parts(sizes: tuple[int, ...]) -> Table:
    """Small grids under headings of their own, which have to stay with them."""
    return Table(
        id="party_votes_by_block",
        number="3(10)",
        title="小さな表の続く表",
        columns=(*keys(("block", "ブロック")), Column("rank", "順位", "count"),
                 Column("party", "党派", key=True), Column("votes", "得票数", "votes"),
                 Column("share_pct", "得票率", "percent")),
        rows=tuple(
            (f"第{part}ブロック", n, f"党{n}", 1000 * n, 5)
            for part, size in enumerate(sizes)
            for n in range(size)
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def issue() -> Issue:
    made = issued()
    tables = (
        _long(30),
        _long(49),
        _long(58),
        _long(150),
        _wide(),
        _parts((3, 12, 31, 40, 2, 70, 9)),
    )
    return made._replace(report=msgspec.structs.replace(made.report, tables=tables))


@pytest.fixture(scope="module")
def pages(issue: Issue, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    (path,) = report_pdf.write(issue, tmp_path_factory.mktemp("paper"))
    return pages_of(path)


def test_no_word_is_clipped_or_printed_over(pages: list[Page]) -> None:
    assert clipped(pages) == []
    assert overlapping(pages) == []


def test_no_heading_stands_at_the_foot_of_a_page(pages: list[Page]) -> None:
    assert widows(pages[1:]) == []
    assert all(page.body for page in pages)


def test_a_long_table_has_its_headings_on_every_page(pages: list[Page]) -> None:
    text = [" ".join(word.text for word in page.body) for page in pages]
    found = [n for n, said in enumerate(text) if "第140区" in said or "第80区" in said]

    assert len(found) == 2
    for number in found:
        assert pages[number].first_line().startswith("都道府県 選挙区 得票数")


def test_every_page_says_its_number_and_that_it_is_a_rehearsal(pages: list[Page]) -> None:
    for page in pages:
        said = "".join(word.text for word in page.words)
        assert f"{page.number}/{len(pages)}" in said
        assert "【訓練】実際の結果ではありません" in said


def test_columns_are_as_wide_as_the_type_in_them(pages: list[Page]) -> None:
    """Columns are measured beforehand; the font must not be wider than was thought."""
    for page in pages:
        for word in page.body:
            assert (word.right - word.left) / word.height * 100 <= width(word.text) + 2, word


def test_a_long_text_takes_several_lines() -> None:
    assert lines("弁護士", 1600) == 1
    assert lines(_LONG, 1600) == 3


def test_the_layouts_of_these_tables_are_those_of_the_report() -> None:
    assert table_layout(_wide()) != Layout()
    assert table_layout(_parts((1,))) != Layout()


def test_the_font_has_what_names_need_and_says_what_it_lacks() -> None:
    assert missing("髙橋 﨑山 𠮷田 辻󠄀 德永 神󠄀 ①") == ()
    assert len(characters()) > 40_000
    assert missing("陳\U0002f9f4𬼂") == ("𬼂",)
    assert printable("𬼂田") == "〓田"


def test_a_character_without_a_glyph_is_marked_and_named(tmp_path: Path) -> None:
    made = issued()
    table = Table(id="t", number="1", title="表", columns=keys(("name", "氏名")), rows=(("𬼂田",),))
    report = msgspec.structs.replace(made.report, tables=(table,))

    (path,) = report_pdf.write(made._replace(report=report), tmp_path)

    text = ["".join(word.text for word in page.words) for page in pages_of(path)]
    assert "この書体にない文字（U+2CF02）は〓で示しています" in text[0]
    assert "〓田" in text[-1]
