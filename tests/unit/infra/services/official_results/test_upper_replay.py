"""A small Upper House election, replayed: what was published is equal, what was not is unknown."""

import json
from collections import deque
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from aggregates.commands.election_commands import DefineElection, Submission
from aggregates.errors import CommandMalformed
from infra.services.official_results.replay import Replayed, plan_publication
from infra.services.official_results.table_files import read_publication
from infra.services.reporting.published_comparison import compare_upper_house
from projections.documents.render import render
from projections.official.replay_summary import Seats
from projections.official.tables.official_tables import FolderUnusable
from tests.unit.infra.services.official_results.driven import Driven, replay_publication
from tests.unit.infra.services.official_results.small_upper import Cells, write_small_upper

Tables = dict[str, list[Cells]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Driven, Replayed]:
    return replay_publication(write_small_upper(tmp_path_factory.mktemp("upper")))


def _document(driven: Driven, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(driven.night(), name))
    return found


def test_every_published_figure_is_equal(played: tuple[Driven, Replayed]) -> None:
    _, done = played

    assert done.checked.mismatches == ()
    assert done.checked.checked > 500
    assert done.summary().national.seats == {"青の党": Seats(3, 2), "赤の党": Seats(1, 1)}
    assert done.summary().national.list_votes == "1400.375"


def test_the_last_of_the_elected_has_the_shorter_term(played: tuple[Driven, Replayed]) -> None:
    tokyo = _document(played[0], "contests/upper-district/13")

    assert tokyo["seats"] == 3
    assert tokyo["declared"]["elected"] == ["13-1", "13-2", "13-3"]
    assert tokyo["declared"]["long_terms"] == ["13-1", "13-2"]


def test_what_was_not_published_is_unknown_and_not_zero(played: tuple[Driven, Replayed]) -> None:
    national = _document(played[0], "contests/upper-list/national")
    tokyo = _document(played[0], "contests/upper-district/13")

    lists = national["sheet"]
    for field in ("cut", "nobody", "valid", "invalid", "ballots", "voters", "taken_away"):
        assert lists[field] is None
    assert national["units"][0]["valid"] is None
    assert tokyo["sheet"]["valid"] == 1381
    assert tokyo["sheet"]["voters"] is None
    assert tokyo["poll"]["electors"]["total"] is None


def test_lists_belong_to_no_prefecture(played: tuple[Driven, Replayed]) -> None:
    driven, _ = played

    assert {each["code"] for each in _document(driven, "national")["prefectures"]} == {
        "13", "31", "32",
    }  # fmt: skip
    assert [each["kind"] for each in _document(driven, "prefectures/13")["tiers"]] == [
        "upper-district"
    ]
    assert "prefectures/00" not in driven.night().versions


def test_lost_fractions_are_put_back_and_marked(played: tuple[Driven, Replayed]) -> None:
    tokyo = _document(played[0], "contests/upper-district/13")

    votes = {each["id"]: each["votes"]["votes"] for each in tokyo["options"]}
    assert (votes["13-4"], votes["13-5"]) == ("100.301", "60.300")
    assert tokyo["sheet"]["estimated_fields"] == ["votes"]


def test_votes_of_a_joint_district_are_those_of_each_prefecture(
    played: tuple[Driven, Replayed],
) -> None:
    [shimane] = _document(played[0], "districts/p32")["contests"]

    assert shimane["tally"]["votes"]["31-32-1"] == 70_000
    assert sum(shimane["tally"]["votes"][f"31-32-{n}"] for n in (3, 4)) == 10_000
    assert shimane["tally"]["estimated"] == ["votes"]


def test_a_changed_figure_is_named(tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables["official-tables/dhondt_quotients"][1]["quotient"] = "450.064"
        tables["candidates/list_members"][3]["elected_order"] = ""

    driven, done = replay_publication(write_small_upper(tmp_path, change))

    assert [(each.table, each.official, each.ours) for each in done.checked.mismatches] == [
        ("list_members", "", "1"),
        ("dhondt_quotients", "450.064", "450.063"),
    ]
    compared = compare_upper_house(driven.night(), tmp_path / "upper26-2022")
    assert len(compared.mismatches) == 2
    assert compared.checked == compared.equal + 2


@pytest.mark.parametrize(
    ("table", "column"),
    [("candidates/district_candidates", "gender"), ("candidates/list_members", "status")],
)
def test_a_word_that_is_none_of_those_printed_is_refused(
    table: str, column: str, tmp_path: Path
) -> None:
    def change(tables: Tables) -> None:
        tables[table][0][column] = "不詳"

    with pytest.raises(FolderUnusable, match=f"{column}列「不詳」"):
        plan_publication(read_publication(write_small_upper(tmp_path, change)))


def test_members_with_more_votes_than_their_list_are_refused(tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables["candidates/list_members"][1]["votes"] = "901"

    with pytest.raises(FolderUnusable, match="得票総数を超えます"):
        plan_publication(read_publication(write_small_upper(tmp_path, change)))


@pytest.mark.parametrize(
    "table", ["candidates/list_members", "candidates/district_candidates", "official-tables/lists"]
)
def test_whose_votes_were_not_published_is_not_played_with_none(table: str, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        row = next(each for each in tables[table] if each["votes"])
        row["votes"] = ""

    with pytest.raises(FolderUnusable, match=r"votes列.*空欄"):
        plan_publication(read_publication(write_small_upper(tmp_path, change)))


def test_only_a_replay_has_the_nation_as_a_unit(tmp_path: Path) -> None:
    plan = plan_publication(read_publication(write_small_upper(tmp_path)))
    opening = map(_on_the_night, plan.stages[0].submissions)

    with pytest.raises(CommandMalformed, match="再現にだけ"):
        deque(map(Driven().staff.post, opening), 0)


def _on_the_night(submission: Submission) -> Submission:
    """The same, but of an election that is no replay."""
    command = submission.command
    if not isinstance(command, DefineElection):
        return submission
    facts = replace(command.election, replay=UNSET)
    return replace(submission, command=replace(command, election=facts))
