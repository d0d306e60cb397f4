"""Tables in the layouts that offices publish, read to the figures that must come out."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from infra.services.importing.definition.definition_check import check
from infra.services.importing.import_faults import Faults
from infra.services.importing.name_mapping import Mapping
from infra.services.importing.table_source import read_sheets
from infra.services.importing.tallies.office_sheets import all_figures, as_grid
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.report_assembly import Compiler, build_tally, build_turnout
from infra.services.importing.tallies.table_words import table_vocabulary
from infra.services.importing.tallies.tallies_long import Defaults
from projections.documents.models import decimal
from projections.office_tables.figure_names import FigureItem
from projections.office_tables.table_entries import ROW_SUM, FigureKey
from projections.office_tables.table_reading import OfficeTable, read_table
from projections.office_tables.vocabulary import ContestWords, TableVocabulary
from tests.support.official import SHARED
from tests.unit.infra.services.importing.folds import FoldDocuments

LAYOUTS = SHARED / "layouts"
SAMPLES = sorted(path for path in LAYOUTS.glob("[0-9]*") if path.suffix != ".json")
SHEET = ("cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters")
CONFIRMED = {
    "08": Defaults(contest="比例代表"),
    "07": Defaults("2026-02-09 04:00", "中間"),
}
"""What no one can read from a file, and has to be said once."""
NO_REPORT = {
    "04": "候補者や開票区の名が並ぶ表が見つかりません",
    "10": "2017-10-22 執行の表です",
}

pytestmark = pytest.mark.skipif(not SAMPLES, reason="the samples are not beside the project")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> RecordedRegister:
    defined = check(LAYOUTS / "definition", {})
    assert defined.faults == []
    return RecordedRegister(
        FoldDocuments(*defined.submissions), tmp_path_factory.mktemp("register")
    )


def wanted(path: Path) -> dict[str, Any]:
    decoded: dict[str, Any] = msgspec.json.decode(
        path.with_name(path.stem + ".expected.json").read_bytes()
    )
    return decoded


def tables(path: Path, vocabulary: TableVocabulary) -> list[OfficeTable]:
    sheets = read_sheets(path, Faults(), needs_all=False)
    return [read_table(as_grid(name, lines), vocabulary) for name, lines in sheets.items()]


def thousandths(text: str | float) -> int:
    whole, _, rest = str(text).partition(".")
    return int(whole) * 1000 + int(rest.ljust(3, "0") or 0)


def expected_figures(said: dict[str, Any], contest: ContestWords) -> dict[FigureKey, int]:
    """The figures of a unit as the samples have them, under our names."""
    ids = {names[0]: option for option, names in contest.options.items()}
    found = {
        FigureKey(FigureItem("votes", ids[name])): thousandths(text)
        for name, text in said.get("votes", {}).items()
    }
    found |= {
        FigureKey(FigureItem("figure", name)): thousandths(said[name])
        for name in SHEET
        if name in said and not isinstance(said[name], dict)
    }
    for field in ("electors", "voters"):
        if isinstance(said.get(field), dict):
            found |= {
                FigureKey(FigureItem("turnout", f"{field}.{sex}")): number * 1000
                for sex, number in said[field].items()
            }
    for name, parts in said.items():
        if name in ids and isinstance(parts, dict):
            item = FigureItem("votes", ids[name])
            found[FigureKey(item)] = thousandths(parts["total"])
            found[FigureKey(item, "name")] = thousandths(parts["name"])
            found[FigureKey(item, "members")] = thousandths(parts["members_together"])
    if "total" in said:
        found[ROW_SUM] = thousandths(said["total"])
    return found


def _drop_what_the_sheet_leaves_open(
    expected: dict[FigureKey, int], values: dict[FigureKey, int]
) -> None:
    """不受理 stands in no line of a sheet whose voters are all told already (I = F + G + H)."""
    voters, ballots, away, rejected = (
        FigureKey(FigureItem("figure", name))
        for name in ("voters", "ballots", "taken_away", "rejected")
    )
    if rejected not in values and rejected in expected:
        assert values[voters] - values[ballots] - values[away] == expected.pop(rejected)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_comes_out(path: Path, known: RecordedRegister) -> None:
    said = wanted(path)
    if "units" not in said:
        return
    number = path.name[:2]
    sheets = read_sheets(path, Faults(), needs_all=False)
    grids = [as_grid(name, lines) for name, lines in sheets.items()]
    confirmed = CONFIRMED.get(number, Defaults()).contest
    vocabulary = table_vocabulary(known, grids, {}, confirmed)

    found = [table for table in tables(path, vocabulary) if table.rows]

    (table,) = found
    assert (table.doubts, table.row_doubts) == ((), ())
    assert (table.as_of and table.as_of.isoformat()) == said["as_of"]
    rows = {vocabulary.units()[row.unit]: row for row in table.rows}
    assert set(rows) == set(said["units"])
    for name, figures in said["units"].items():
        row = rows[name]
        contest = vocabulary.contest(row.contest)
        if said.get("contest"):
            assert contest.name == said["contest"]
        state = figures.get("state", said["state"])
        assert row.state == {"final": "確定", "interim": "中間", None: ""}[state]
        values = {figure.key: figure.value for figure in row.figures}
        expected = expected_figures(figures, contest)
        _drop_what_the_sheet_leaves_open(expected, values)
        checks = {key for key in values if key == ROW_SUM or key.item.name.endswith(".together")}
        assert {key: value for key, value in values.items() if key in expected} == expected
        assert set(values) - set(expected) <= checks


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_report_per_unit_can_be_sent_or_the_reason_is_said(
    path: Path, known: RecordedRegister
) -> None:
    number, faults = path.name[:2], Faults()
    sheets = read_sheets(path, faults, needs_all=False)
    given = all_figures(sheets, known, Mapping(), CONFIRMED.get(number, Defaults()), faults)

    drafts = Compiler(known, Mapping(), faults).drafts(given)
    made = [build_tally(draft, faults) or build_turnout(draft, faults) for draft in drafts]

    told = "\n".join(map(str, faults))
    assert NO_REPORT.get(number, "") in told
    assert bool(told) == (number in NO_REPORT)
    assert None not in made
    assert len(made) == (0 if number in NO_REPORT else len(wanted(path)["units"]))


def test_votes_by_sex_in_blocks_below_each_other() -> None:
    (path,) = (each for each in SAMPLES if each.name.startswith("04"))
    said = wanted(path)["prefectures"]
    parties = next(iter(said.values()))
    vocabulary = TableVocabulary(
        tuple(
            ContestWords(
                contest=f"parties/{place}",
                name="党派別得票数",
                kind="選挙区",
                polling_day=date(2026, 2, 8),
                units={name: name for name in said},
                options={party: (party,) for party in group},
            )
            for place, group in enumerate((list(parties)[:2], list(parties)[2:]))
        )
    )
    (table,) = tables(path, vocabulary)

    assert (table.doubts, table.row_doubts) == ((), ())
    found: dict[str, dict[str, dict[str, str]]] = {}
    names = {"male": "men", "female": "women", "together": "together"}
    for row in table.rows:
        for figure in row.figures:
            item, part = figure.key
            by_sex = found.setdefault(row.unit, {}).setdefault(item.name, {})
            by_sex[names[part]] = decimal(figure.value).removesuffix(".000")
    assert found == said
