"""Polls with options in tables, and kinds of contest out of a rule package."""

from pathlib import Path

import msgspec
import pytest

from aggregates.commands import election_commands as c
from aggregates.election.ballot import PollOption
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import RulePackage, package_bytes
from infra.services.importing.definition.definition_check import DefinitionCheck, check
from infra.services.importing.definition.recorded_diff import (
    Recorded,
    compare,
    read_recorded,
)
from infra.services.importing.import_faults import TablesUnreadable
from infra.services.importing.package_kinds import kind_words, read_package
from infra.services.importing.sheet_layouts import KINDS
from tests.support.amended_package import AMENDED
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.checks import commands, told
from tests.unit.infra.services.importing.folds import FoldDocuments, unsigned

POLL = "ordinance-poll-half/13101"
HEADING = ["選挙の種類", "名称", "定数", "開票区"]
OPTIONS = [
    ["選挙区", "コード", "名称"],
    ["庁舎の住民投票", "here", "現在地で建て替える"],
    ["庁舎の住民投票", "", "駅前に移す"],
]


def polls(
    folder: Path,
    *contests: list[str],
    options: t.Rows | None = None,
    package: RulePackage = JAPAN,
) -> DefinitionCheck:
    """An election with nothing but such polls."""
    sheets = unsigned()
    kept = {name: sheets[name] for name in ("選挙", "開票区", "機関")}
    kept["開票区"] = [row[:4] for row in kept["開票区"]]
    held = {**kept, "選挙区": [HEADING, *contests]}
    if options is not None:
        held["選択肢"] = options
    return check(t.write(folder, held), {}, package=package)


def city(folder: Path, options: t.Rows | None = None) -> DefinitionCheck:
    """A poll by ordinance in one municipality."""
    row = ["条例による住民投票（成立要件あり）", "庁舎の住民投票", "", "千代田区"]
    return polls(folder, row, options=OPTIONS if options is None else options)


def test_a_poll_by_ordinance_has_the_options_of_its_sheet(tmp_path: Path) -> None:
    found = city(tmp_path)

    assert found.faults == []
    (asked,) = (each for each in commands(found) if isinstance(each, c.RegisterOptions))
    assert (asked.contest, [option.id for option in asked.options]) == (POLL, ["here", "13101-2"])
    assert found.summary is not None
    assert [(row.kind, row.seats, row.candidates) for row in found.summary.kinds] == [
        ("条例による住民投票（成立要件あり）", 0, 2)
    ]
    assert any("2分の1に届かなければ成立しません" in note for note in found.summary.notes)


def test_a_referendum_asks_everywhere_what_its_kind_states(tmp_path: Path) -> None:
    found = polls(tmp_path, ["国民投票", "第1号議案", "", ""], ["国民投票", "第2号議案", "0", ""])

    assert found.faults == []
    defined = [each.contest for each in commands(found) if isinstance(each, c.DefineContest)]
    assert [(each.id, len(each.units)) for each in defined] == [
        ("national-referendum/1", 2),
        ("national-referendum/2", 2),
    ]
    assert found.summary is not None
    assert found.summary.notes == (
        "第1号議案：有効投票の過半数の選択肢に決まります。",
        "第2号議案：有効投票の過半数の選択肢に決まります。",
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([OPTIONS[0]], "選択肢が 0 です"),
        (OPTIONS[:2], "選択肢が 1 です"),
        ([*OPTIONS, ["庁舎の住民投票", "here", "やめる"]], "登録"),
    ],
)
def test_options_that_are_too_few_or_twice_are_named(
    tmp_path: Path, options: t.Rows, said: str
) -> None:
    (fault,) = city(tmp_path, options).faults

    assert said in fault.sentence


def test_a_kind_that_states_its_options_takes_no_others(tmp_path: Path) -> None:
    asked = [["選挙区", "名称"], ["第1号議案", "どちらでもない"]]

    found = polls(tmp_path, ["国民投票", "第1号議案", "", ""], options=asked)

    assert told(found) == [("選択肢", 2, "選挙区")]
    assert "賛成・反対" in found.faults[0].sentence


def test_kinds_are_those_of_the_package_which_the_first_entry_names(tmp_path: Path) -> None:
    row = ["市民投票", "市民の投票", "", "千代田区"]

    found = polls(tmp_path / "own", row, package=AMENDED)

    assert found.faults == []
    (begun,) = (each for each in commands(found) if isinstance(each, c.DefineElection))
    assert begun.rule_package == AMENDED
    (refused,) = polls(tmp_path / "japan", row).faults
    assert "「市民投票」は選べません" in refused.sentence
    assert kind_words(JAPAN) == {word: KINDS[word] for word in kind_words(JAPAN)}
    assert set(kind_words(JAPAN)) == set(KINDS)


def test_a_package_is_read_from_its_published_bytes_or_refused_with_what_to_do(
    tmp_path: Path,
) -> None:
    file = tmp_path / "rules.json"
    file.write_bytes(package_bytes(AMENDED))
    assert read_package(file) == AMENDED

    file.write_bytes(b'{"id":"x"}')
    with pytest.raises(TablesUnreadable, match="写して直した"):
        read_package(file)
    twice = msgspec.structs.replace(AMENDED, kinds=(*AMENDED.kinds, AMENDED.kinds[0]))
    file.write_bytes(package_bytes(twice))
    with pytest.raises(TablesUnreadable, match="規則どうしが合いません"):
        read_package(file)
    with pytest.raises(TablesUnreadable, match="読めません"):
        read_package(tmp_path / "none.json")


def test_what_is_on_record_of_a_poll_is_not_sent_again(tmp_path: Path) -> None:
    documents = FoldDocuments(*city(tmp_path / "a").submissions)

    again = city(tmp_path / "b")
    same = compare(again.definition, read_recorded(documents, again.definition))
    assert (same.contradictions, same.amended) == ([], [])
    # No document has a unit that is in no contest.
    assert [p.name for each in commands(again) for p in same.remaining_parts(each)] == [
        "register-units"
    ]

    renamed = [*OPTIONS[:2], ["庁舎の住民投票", "", "駅の北に移す"]]
    changed = city(tmp_path / "c", renamed)
    made = compare(changed.definition, read_recorded(documents, changed.definition))
    assert [command.name for _, command in made.amended] == ["amend-option"]

    more = city(tmp_path / "d", [*OPTIONS, ["庁舎の住民投票", "", "建て替えない"]])
    lone = compare(more.definition, read_recorded(documents, more.definition))
    assert ["一つだけ" in each.sentence for each in lone.contradictions] == [True]


def test_another_package_than_that_of_record_is_refused(tmp_path: Path) -> None:
    found = city(tmp_path)
    documents = FoldDocuments(*found.submissions)
    recorded: Recorded = read_recorded(documents, found.definition)
    recorded.package = AMENDED

    made = compare(found.definition, recorded)

    assert ["--rules" in each.sentence for each in made.contradictions] == [True]
    assert PollOption(id="here", name="現在地で建て替える") in recorded.options.values()
