"""Contests of municipalities in tables: by-elections with all seats beside those to be filled."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from aggregates.commands import election_commands as c
from aggregates.rule_package.japan import JAPAN
from infra.services.importing.definition.definition_check import DefinitionCheck
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.checks import checked, commands, told

COUNCIL = "municipal-assembly/13101"


def council(
    folder: Path,
    seats: str,
    full_seats: str,
    offices: t.Rows | None = None,
    *,
    day: str = "",
    causes: str = "",
) -> DefinitionCheck:
    """The small election with nothing but a council."""
    return checked(
        folder,
        機関=offices or t.sheets()["機関"],
        選挙区=[
            ["選挙の種類", "名称", "定数", "議員定数", "投票日", "事由", "開票区"],
            ["市区町村議会", "千代田区議会議員補欠選挙", seats, full_seats, day, causes, "13101"],
        ],
        開票区=[["名称", "都道府県", "団体コード"], ["千代田区", "東京都", "131016"]],
        候補者=[["選挙区", "氏名"], [COUNCIL, "甲野"], [COUNCIL, "乙野"]],
        名簿=[["選挙区", "党派", "名称"]],
        名簿登載者=[["選挙区", "名簿", "順位", "氏名"]],
        裁判官=[["氏名"]],
    )


@pytest.mark.parametrize(("full_seats", "stated"), [("30", 30), ("", None), ("1", None)])
def test_all_seats_are_stated_where_they_differ(
    tmp_path: Path, full_seats: str, stated: int | None
) -> None:
    found = council(tmp_path, "1", full_seats)

    assert found.faults == []
    (defined,) = (each for each in commands(found) if isinstance(each, c.DefineContest))
    rule = JAPAN.rule(defined.contest.kind, date(2026, 2, 8))
    assert (defined.contest.seats, defined.contest.all_seats(rule)) == (1, stated or 1)
    assert (defined.contest.full_seats is msgspec.UNSET) == (stated is None)


def test_a_contest_may_be_held_on_a_later_day(tmp_path: Path) -> None:
    found = council(tmp_path, "1", "", day="2026-02-15")

    assert found.faults == []
    (defined,) = (each for each in commands(found) if isinstance(each, c.DefineContest))
    assert defined.contest.polling_day == date(2026, 2, 15)
    assert "より後" in council(tmp_path, "1", "", day="2026-02-01").faults[0].sentence


def test_a_table_says_why_a_contest_is_held(tmp_path: Path) -> None:
    found = council(tmp_path, "1", "30", causes="再選挙、補欠選挙")

    assert found.faults == []
    (defined,) = (each for each in commands(found) if isinstance(each, c.DefineContest))
    assert defined.contest.causes == ("by-election", "re-election")
    assert "選べません" in council(tmp_path, "1", "30", causes="やり直し").faults[0].sentence


@pytest.mark.parametrize(
    ("founders", "managed_by"),
    [
        (["市区町村"], "municipality"),
        (["市区町村", "都道府県"], "municipality"),
        (["都道府県", "都道府県"], "prefecture"),
        (["国", "国"], None),
    ],
)
def test_who_manages_follows_from_the_founders(
    tmp_path: Path, founders: list[str], managed_by: str | None
) -> None:
    offices = [
        [f"office-{n}", f"機関{n}", role, "" if role == "国" else "東京都", "", "2", "○"]
        for n, role in enumerate(founders)
    ]
    heading = ["コード", "名称", "役割", "都道府県", "開票区", "署名の数", "設立"]

    found = council(tmp_path, "1", "", [heading, *offices])

    assert found.faults == []
    (defined,) = (each for each in commands(found) if isinstance(each, c.DefineElection))
    assert defined.election.managed_by == (managed_by or msgspec.UNSET)
    assert found.submissions[0].office == "office-0"


@pytest.mark.parametrize("full_seats", ["0", "501", "三十"])
def test_what_is_no_number_of_seats_is_named(tmp_path: Path, full_seats: str) -> None:
    assert ("選挙区", 2, "議員定数") in told(council(tmp_path, "1", full_seats))


def test_fewer_seats_than_are_filled_are_refused(tmp_path: Path) -> None:
    assert "議員定数 2" in council(tmp_path, "3", "2").faults[0].sentence
