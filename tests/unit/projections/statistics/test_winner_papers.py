"""当選人の告示, 告知 and 当選証書 of each kind: who says what by which article."""

from projections.statistics.ledger import Ledger
from projections.statistics.paper.winner_papers import WinnerPaper, winner_papers
from tests import builders as b
from tests.builders.succession import depart, succeed
from tests.support.gwt import Command
from tests.unit.projections.nights import Office
from tests.unit.projections.statistics.elections import (
    ASSEMBLY,
    GOVERNOR,
    LIST,
    MAYOR,
    UPPER,
)
from tests.unit.projections.statistics.reading import report, rows

WON = b.sheet({b.A: 30, b.B: 20})
DECIDED = (*b.DISTRICT, *b.finals(b.DISTRICT_1, WON, WON), b.declare(b.DISTRICT_1, b.A))


def papers(*commands: Command) -> list[WinnerPaper]:
    return list(winner_papers(Ledger(Office(*commands).night)))


def notices(*commands: Command) -> list[WinnerPaper]:
    return [paper for paper in papers(*commands) if paper.kind.startswith("当選人の告示")]


def test_the_body_and_the_article_follow_from_the_kind() -> None:
    said = [
        (paper.body, article)
        for held in (DECIDED, GOVERNOR, MAYOR, UPPER)
        for paper in notices(*held)
        for article in ("第101条第2項", "第101条の3第2項", "第101条の2の2第2項", "第106条")
        if article in paper.sentence
    ]

    assert said == [
        ("東京都選挙管理委員会", "第101条第2項"),
        ("鳥取県選挙管理委員会", "第101条の3第2項"),
        ("開票区31201選挙管理委員会", "第106条"),
        ("鳥取県及び島根県参議院合同選挙区選挙管理委員会", "第101条の3第2項"),
        ("中央選挙管理会", "第101条の2の2第2項"),
    ]


def test_every_winner_has_a_letter_and_a_certificate() -> None:
    made = papers(*DECIDED)

    assert [(paper.kind, paper.recipient) for paper in made] == [
        ("当選人の告示", ""),
        ("当選の告知", "13-01-A　様"),
        ("当選証書", "13-01-A"),
    ]
    assert all(paper.sentence.count("令和6年10月27日執行") == 1 for paper in made)
    assert made[0].rows == (("13-01-A", "無所属", "60.000", ""),)


def test_what_was_held_is_called_an_election_whatever_its_contest_is_called() -> None:
    def held(name: str) -> str:
        renamed = [
            {**each, "contest": {**contest, "name": name}}
            if isinstance(contest := each.get("contest"), dict) else each
            for each in MAYOR
        ]  # fmt: skip
        return notices(*renamed)[0].sentence.partition("において")[0]

    assert held("架空市長").endswith("執行の架空市長選挙")
    assert held("架空市長選挙").endswith("執行の架空市長選挙")
    assert held("第1区").endswith("選挙（第1区）")


def test_nobody_is_announced_before_a_decision() -> None:
    assert papers(*DECIDED[:-1]) == []


def test_without_a_poll_there_are_no_votes_and_too_few_winners_are_said() -> None:
    _, uncontested, short = notices(*ASSEMBLY)

    assert "投票を行わず" in uncontested.sentence
    assert [row[2] for row in uncontested.rows] == ["—"]
    assert "1人足りない" in short.sentence


def test_members_of_the_special_frame_have_no_votes_of_their_own() -> None:
    table = report(*UPPER).table("elected_list")

    assert [(each["name"], each["votes"]) for each in rows(table, contest=LIST)] == [
        ("AKA-1", 3_000),
        ("AO-FIRST", None),
        ("AO-2", 9_000),
    ]


def test_who_moves_up_is_announced_apart() -> None:
    gone = depart(LIST, "ao-2", "2025-08-01"), succeed(LIST, "ao-2", "ao-1")
    moved = [paper for paper in notices(*UPPER, *gone) if "繰上補充" in paper.kind]

    assert [paper.rows[0][0] for paper in moved] == ["AO-1"]
    assert "AO-2について欠員" in moved[0].sentence


def test_figures_that_lead_elsewhere_are_said_on_every_paper() -> None:
    other = b.correction(b.sheet({b.A: 0, b.B: 50}))

    assert all("違う結果" in paper.note for paper in papers(*DECIDED, other))
    assert not any(paper.note for paper in papers(*DECIDED))
