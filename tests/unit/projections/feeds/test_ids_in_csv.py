"""Ids in CSV: no spreadsheet and no pandas takes one for a figure, and imports read both forms.

What they take for a figure was tried with LibreOffice and pandas: decision 0022.
"""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.adapters.spreadsheets.delimited_text import read_text
from projections.election_projection import ElectionProjection
from projections.feeds.csv_cells import bare_ids, csv_text, id_cell
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from tests import builders as b
from tests.builders.amendments import amend_unit
from tests.support import keys
from tests.support import offices as o
from tests.unit.projections.nights import Office
from tests.unit.projections.streams import random_night

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_CONVERTED = re.compile(
    r"[-+]?\d[\d,]*\.?\d*%?|[-+]?\.?\d+e[-+]?\d+|[-+]?\d+\.\d*e[-+]?\d+"
    r"|\d+[-/.:]\d+([-/.:T ].*)?"
    rf"|({_MONTH})[a-z]*[-/ .]?\d+([-/ ,.]+\d+)?|\d+[-/ .]?({_MONTH})[a-z]*([-/ ,.]+\d+)?"
    r"|true|false|(?-i:NA|[Nn]/[Aa]|<NA>|-?[Nn]a[Nn]|NULL|null|None)|[-+]?inf(inity)?|#.*|",
    re.IGNORECASE,
)
"""Numbers, fractions, dates, times, truth values and missing ones."""
_FIGURES = re.compile(
    r"position|entry|replaces|rank|order|special_place|old|new|seats|vacant|is_declared|confirmed|uncontested"
    r"|withdrawn|contradicted|founder|elected|district_won|signatures_required|valid|invalid"
    r"|units|units_reporting|units_final|(list_|member_)?votes|.*_thousandths|.*_percent|.*_percent_.*|.*_seats"
    r"|electors_.*|voters_.*|as_of|.*_as_of|.*_at|turnout_final|.*estimated"
    r"|place|projected|margin|revived|ballots|list_seats_projected|.*_votes"
)
"""Columns of figures, moments and flags: what is converted there is what it is."""
_NAMES = re.compile(r".*names?|reason|kana|warning")
"""What people wrote; it stays as it is."""
_WORDS = re.compile(
    r"environment|status|decision|kind|topic|field|role|key_state|public_key|contest|district|block"
    r"|counted_basis|seats_by_list.*"
)
"""Words of ours, and ids that begin with one: `house-district/13-01`, `tokyo`."""


def test_every_column_of_every_document_is_figures_text_or_ids_of_a_kind() -> None:
    tables = list(_tables(_offices().night))
    for defined in (b.HOUSE, b.UPPER_LIST, b.GOVERNOR_RACE):
        tables += [
            table for seed in range(3) for table in _tables(random_night(defined, seed).night)
        ]
    for document, columns, rows in tables:
        for row in rows:
            assert len(row) == len(columns), f"{document}: {row}"
            for column, cell in zip(columns, row, strict=True):
                where = f"{document} {column} {cell}"
                if not cell or _FIGURES.fullmatch(column) or _NAMES.fullmatch(column):
                    continue
                assert not _CONVERTED.fullmatch(cell), where
                assert _WORDS.fullmatch(column) or bare_ids(cell) != cell, where


@pytest.mark.parametrize(
    "raw", ["01", "13-10-1", "1e5", "13101.1", "mar-1", "nan", "true", "inf", "12345678"]
)
def test_an_id_that_looks_like_a_figure_is_none_and_is_read_back(raw: str) -> None:
    assert _CONVERTED.fullmatch(raw)
    cell = id_cell("option", raw)

    assert not _CONVERTED.fullmatch(cell)
    for written in (cell, raw):
        [line] = read_text(csv_text([[written, "甲野 一"]]).encode())
        assert line.cells == [raw, "甲野 一"]


def test_several_ids_in_a_cell_are_each_of_their_kind() -> None:
    assert id_cell("unit", "13101 13102") == "unit:13101 unit:13102"
    assert id_cell("unit", "13101、13102") == "unit:13101、unit:13102"
    assert id_cell("party", "") == ""
    assert bare_ids("unit:13101、unit:13102") == "13101、13102"


@pytest.mark.parametrize(
    "text", ["house-district/13-01", "注記 unit:13101", "unit:", "時刻:12", "Unit:1", "a:1", ""]
)
def test_other_cells_are_read_as_they_are(text: str) -> None:
    assert bare_ids(text) == text


@given(ids=st.lists(st.from_regex(r"[a-z0-9][a-z0-9.-]{0,9}", fullmatch=True), max_size=4))
def test_what_is_written_is_read(ids: list[str]) -> None:
    assert bare_ids(id_cell("unit", " ".join(ids))) == " ".join(ids)


def test_amended_definitions_name_ids_by_kind_in_as_many_cells_as_there_are_columns() -> None:
    office = Office(*b.DISTRICT)
    office.post(amend_unit(b.CHUO, "中央区（全域）"))

    columns, rows = next(
        (columns, rows) for name, columns, rows in _tables(office.night) if name == "corrections"
    )

    place = columns.index("field_name")
    assert [f"unit:{b.CHUO}", "名称"] in [[row[7], row[place]] for row in rows]


def _offices() -> Office:
    return Office(
        *b.DISTRICT,
        o.register(o.TOKYO, "prefecture", prefecture="13"),
        keys.enrol(o.TOKYO, "tokyo-a"),
    )


def _tables(night: ElectionProjection) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    for document in night.versions:
        text = write(night, document, FORMAT[".csv"]).decode("utf-8-sig")
        columns, *rows = csv.reader(io.StringIO(text, newline=""))
        yield document, columns, rows
