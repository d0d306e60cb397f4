"""A night left open in one prefecture: people type its counts from papers."""

import csv
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from aggregates.commands.election_commands import Command, PostTally, Submission
from aggregates.counting.count_events import TallyEvent
from aggregates.counting.declaration import OutcomeDeclared
from aggregates.counting.turnout import TurnoutFinalised
from aggregates.election.identifiers import VOTE
from infra.services.rehearsal import (
    RehearsalNight,
    declare_by_law,
    national_night,
    play,
    write_papers,
)
from infra.services.rehearsal.final_totals import standings
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION
from infra.services.rehearsal.scenario.poll import RehearsalPoll
from infra.services.rehearsal.scenario.scenario import Setting
from tests.unit.infra.services.rehearsal.recording import Recording

TOKYO = "13"
MIDNIGHT = datetime(2025, 11, 30, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def left(small: RehearsalNight) -> Recording:
    """The small night, played without Tokyo's counts."""
    return played(small.left_open(TOKYO))


def played(night: RehearsalNight) -> Recording:
    """A night, played to its end."""
    recording = Recording()
    play(night, recording.submit)
    return recording


def declared(recording: Recording) -> set[str]:
    """Contests that are decided."""
    return {event.contest for event in recording.events if isinstance(event, OutcomeDeclared)}


def polls_of(night: RehearsalNight) -> list[RehearsalPoll]:
    """Every count that somebody reports."""
    return [each for each in night.setting.polls if each.serial in night.setting.sheets]


def test_all_but_its_counts_is_reported(small: RehearsalNight, left: Recording) -> None:
    counted = {(e.contest, e.unit) for e in left.events if isinstance(e, TallyEvent)}
    voted = {(e.contest, e.unit) for e in left.events if isinstance(e, TurnoutFinalised)}

    every = {(poll.contest, poll.unit): poll.prefecture for poll in polls_of(small)}
    assert counted == {place for place, prefecture in every.items() if prefecture != TOKYO}
    assert voted == set(every)


def test_only_what_waits_for_its_counts_is_undecided(
    small: RehearsalNight, left: Recording
) -> None:
    facts = small.setting.facts.values()
    assert declared(left) == {each.id for each in facts if TOKYO not in each.prefectures}


def test_people_can_bring_it_to_its_end(small: RehearsalNight) -> None:
    # Given what was left open
    made, recording = small.setting, played(small.left_open(TOKYO))
    numbers = count(1)

    def people(office: str, command: Command) -> None:
        recording.submit(
            Submission(
                election=ELECTION,
                environment="rehearsal",
                office=office,
                submission_id=f"practice-{next(numbers)}",
                command=command,
            )
        )

    # When people post its sheets and decide as the law says
    for poll in polls_of(small):
        if poll.prefecture == TOKYO:
            sheet = made.sheets[poll.serial]
            post = PostTally(
                contest=poll.contest, unit=poll.unit, as_of=MIDNIGHT, final=True, tally=sheet
            )
            people("pref-13", post)
    for command in declare_by_law(standings(made)):
        if TOKYO in made.facts[command.contest].prefectures:
            people("nation", command)

    # Then everything is decided
    assert declared(recording) == set(made.facts)


def test_a_prefecture_without_units_cannot_be_left_open(small: RehearsalNight) -> None:
    with pytest.raises(ValueError, match="99"):
        small.left_open("99")


def test_papers_hold_every_figure_of_the_sheets(tmp_path: Path) -> None:
    made = national_night(seed=4, scale=0.03).setting

    written = write_papers(made, TOKYO, tmp_path / "papers")

    sheets = {p.serial: p for p in made.polls if p.prefecture == TOKYO and p.serial in made.sheets}
    assert written == len(sheets) == len(list((tmp_path / "papers").iterdir()))
    for poll in sheets.values():
        require_whole(made, poll, tmp_path / "papers" / f"{poll.unit}-{poll.kind}.csv")


def require_whole(made: Setting, poll: RehearsalPoll, path: Path) -> None:
    """The paper says what the sheet does, and its sums hold."""
    sheet = made.sheets[poll.serial]
    with path.open(encoding="utf-8-sig") as file:
        _, *lines = csv.reader(file)
    figures = {name: [round(float(each) * VOTE) for each in rest] for name, *rest in lines}
    options = lines[: len(sheet.votes)]
    assert len(options) == len(sheet.votes)
    assert [figures[name][0] for name, *_ in options] == list(sheet.votes.values())
    assert figures["有効投票数"] == [sheet.require_stated().valid * VOTE]
    assert figures["投票者数"] == [(sheet.voters or 0) * VOTE]
    if sheet.no is not None:
        assert [figures[name][1] for name, *_ in options] == list(sheet.no.values())
    else:
        votes = sum(figures[name][0] for name, *_ in options)
        shared = figures["按分の際切り捨てた票数"][0] + figures["いずれの候補者にも属さない票数"][0]
        assert votes + shared == sheet.require_stated().valid * VOTE
