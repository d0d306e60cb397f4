"""A definition beside the record: new, the same, or contradicting; and what is sent of it."""

from collections.abc import Iterable
from pathlib import Path

from aggregates.commands import election_commands as c
from aggregates.commands import reception_commands as r
from infra.services.importing.content_id import content_id
from infra.services.importing.definition.command_plan import submission
from infra.services.importing.definition.definition_check import DefinitionCheck, check
from infra.services.importing.definition.recorded_diff import RecordedDiff, compare, read_recorded
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.folds import FoldDocuments, recorded, unsigned


def compared(
    documents: FoldDocuments, folder: Path, sheets: dict[str, t.Rows]
) -> tuple[DefinitionCheck, RecordedDiff]:
    found = check(t.write(folder, sheets), {})
    assert found.faults == []
    return found, compare(found.definition, read_recorded(documents, found.definition))


def left(found: DefinitionCheck, made: RecordedDiff) -> list[c.Command]:
    commands: Iterable[c.Command] = (each.command for each in found.submissions)
    return [part for command in commands for part in made.remaining_parts(command)]


def test_before_the_election_is_defined_everything_is_new(tmp_path: Path) -> None:
    found, made = compared(FoldDocuments(), tmp_path, unsigned())

    assert left(found, made) == [each.command for each in found.submissions]
    assert (made.same, made.contradictions) == (set(), [])
    assert {sheet: len(places) for sheet, places in made.new.items()} == {
        "選挙": 1, "党派": 2, "開票区": 2, "機関": 4,
        "選挙区": 3, "候補者": 3, "名簿": 2, "裁判官": 2,
    }  # fmt: skip


def test_the_same_file_leaves_nothing_to_register(tmp_path: Path) -> None:
    found, made = compared(recorded(tmp_path / "a"), tmp_path / "b", unsigned())

    assert [command.name for command in left(found, made)] == ["record-particulars"]
    assert (made.new, made.contradictions) == ({}, [])


def test_new_rows_are_sent_without_the_old_ones(tmp_path: Path) -> None:
    sheets = unsigned()
    sheets["候補者"].append(["東京都第1区", "新人　四郎"])
    sheets["党派"].append(["kiiro", "黄色い党", "黄", ""])

    found, made = compared(recorded(tmp_path / "a"), tmp_path / "b", sheets)

    parties, candidates, _ = left(found, made)
    assert isinstance(parties, c.RegisterParties)
    assert isinstance(candidates, c.RegisterCandidates)
    assert [party.id for party in parties.parties] == ["kiiro"]
    assert [each.id for each in candidates.candidates] == ["13-01-4"]


def test_units_that_documents_do_not_show_are_tried_one_by_one(tmp_path: Path) -> None:
    sheets = unsigned()
    sheets["開票区"] += [
        ["", "港区", "東京都", "131032", ""],
        ["", "新宿区", "東京都", "131041", ""],
    ]
    for contest in sheets["選挙区"][2:]:
        contest[6] = "千代田区、中央区"

    found, made = compared(recorded(tmp_path / "a"), tmp_path / "b", sheets)

    units = [each.units for each in left(found, made) if isinstance(each, c.RegisterUnits)]
    assert [[unit.code for unit in each] for each in units] == [["13103"], ["13104"]]


def test_whatever_contradicts_the_record_is_named_with_what_the_record_says(
    tmp_path: Path,
) -> None:
    sheets = unsigned()
    sheets["選挙"][2][1] = "第52回衆議院議員総選挙"
    sheets["党派"][1][2] = "紺"
    sheets["開票区"][2][1] = "中央"
    sheets["候補者"][2][4] = "51"
    sheets["名簿登載者"][2][3] = "青井　五郎"
    sheets["機関"][2][1] = "都選管"
    documents = recorded(tmp_path / "a")

    _, made = compared(documents, tmp_path / "b", sheets)

    told = {(each.place.sheet, each.place.row): each.sentence for each in made.contradictions}
    assert set(told) == {("選挙", 2), ("開票区", 3), ("機関", 3)}
    assert "名称 中央区" in told["開票区", 3]
    assert {(place.sheet, place.row): command.name for place, command in made.amended} == {
        ("党派", 2): "amend-party",
        ("候補者", 3): "amend-candidate",
        ("名簿", 2): "amend-list",
    }


def test_ids_follow_from_content() -> None:
    note = r.NoteChange(note="集計機を交換")
    made = submission("nation", "house51", "live", note)

    assert made == submission("nation", "house51", "live", r.NoteChange(note="集計機を交換"))
    others = {
        content_id("nation", "house51", "live", r.NoteChange(note="集計機を戻した")),
        content_id("nation", "house51", "rehearsal", note),
        content_id("nation", "house52", "live", note),
        content_id("pref-13", "house51", "live", note),
    }
    assert len(others | {made.submission_id}) == 5
