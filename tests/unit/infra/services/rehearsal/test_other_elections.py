"""Rehearsals of the other elections: each plays to its last declaration without a refusal."""

from collections import Counter
from pathlib import Path

import pytest

from aggregates.commands.election_commands import PostTally
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import Outcome
from infra.services.rehearsal import RehearsalNight, play, rehearsal_night, write_papers
from infra.services.rehearsal.scenario.injected_errors import OF_POLLS, Mishap
from infra.services.rehearsal.scenario.other_elections import SETTINGS
from tests.unit.infra.services.rehearsal.recording import Recording

SMALL = 0.02


def record(night: RehearsalNight) -> Recording:
    """The log of a whole night."""
    recording = Recording()
    play(night, recording.submit)
    return recording


def recorded(night: RehearsalNight) -> Counter[str]:
    """Topic -> how many events the night leaves."""
    return Counter(event.TOPIC for event in record(night).events)


@pytest.mark.parametrize("election", sorted(SETTINGS))
@pytest.mark.parametrize("seed", [1, 2])
def test_every_contest_is_counted_and_declared(election: str, seed: int) -> None:
    night = rehearsal_night(election, seed, SMALL)
    topics = recorded(night)

    assert topics["declaration.declared"] == len(night.setting.facts)
    assert topics["count.tally-finalised"] == len(night.setting.sheets)
    assert "訓練" in night.setting.name


@pytest.mark.parametrize("election", sorted(SETTINGS))
def test_the_same_seed_gives_the_same_night_with_mishaps_of_its_own(election: str) -> None:
    nights = [rehearsal_night(election, seed, SMALL) for seed in (1, 1, 2)]
    first, same, other = ([*night.timeline()] for night in nights)

    assert first == same != other
    assert nights[0].setting.mishaps


def test_a_lot_is_drawn_and_nobody_votes_where_the_kind_has_it() -> None:
    assert recorded(rehearsal_night("city"))["declaration.lot-drawn"] == 1
    prefecture = rehearsal_night("prefecture").setting
    assert prefecture.rare.uncontested.startswith("prefectural-assembly/")
    # Nobody votes from abroad for a governor, so nobody is forgotten
    assert Mishap.OVERSEAS_FORGOTTEN not in prefecture.mishaps.values()


def test_the_upper_house_has_joint_districts_and_members_with_votes(tmp_path: Path) -> None:
    made = rehearsal_night("upper", 1, SMALL).setting

    assert made.facts["upper-district/31-32"].name == "鳥取・島根選挙区"
    [lists] = made.nominations.lists.values()
    special = [m.id for group in lists for m in group.members if m.priority is not None]
    assert len(special) == 2
    voted = {option for sheet in made.sheets.values() for option in sheet.votes}
    assert voted.isdisjoint(special)
    assert {m.id for group in lists for m in group.members} - {*special} <= voted
    # A paper to type from names every member who has a line
    assert write_papers(made, "31", tmp_path)
    paper = next(tmp_path.glob("*-upper-list.csv")).read_text(encoding="utf-8-sig")
    names = {m.name for group in lists for m in group.members if m.priority is None}
    assert all(f"{name}," in paper for name in names)


def test_an_assembly_by_election_names_the_seats_of_the_body() -> None:
    facts = rehearsal_night("by-election").setting.facts.values()

    [assembly] = [each for each in facts if each.kind == "prefectural-assembly"]
    assert (assembly.seats, assembly.full_seats) == (1, 4)


def outcomes(recording: Recording, night: RehearsalNight) -> list[Outcome | None]:
    """What was declared of each contest, in their order."""
    return [
        recording.get(Declaration, f"declaration/{each}").outcome for each in night.setting.facts
    ]


def test_a_referendum_carries_one_proposal_and_rejects_the_other(tmp_path: Path) -> None:
    night = rehearsal_night("referendum", 1, SMALL)
    made = night.setting

    assert outcomes(record(night), night) == [Outcome(adopted=("yes",)), Outcome(adopted=("no",))]
    assert set(made.mishaps.values()) == set(OF_POLLS)
    alone = next(n for n, mishap in made.mishaps.items() if mishap is Mishap.VOTES_ALONE)
    interims = [
        moment.submission.command
        for moment in night.timeline()
        if isinstance(moment.submission.command, PostTally)
        and moment.submission.command.unit == made.polls[alone].unit
        and moment.submission.command.contest == made.polls[alone].contest
    ]
    assert interims
    assert all((each.tally.valid is None) != each.final for each in interims)
    # A paper to type from has the two answers, and nothing of divided votes
    assert write_papers(made, "31", tmp_path) == len([*tmp_path.iterdir()])
    paper = next(tmp_path.glob("*-national-referendum-2.csv")).read_text(encoding="utf-8-sig")
    assert "賛成," in paper
    assert "按分" not in paper


def test_a_poll_by_ordinance_fails_where_too_few_vote_and_its_boxes_stay_closed() -> None:
    night = rehearsal_night("ordinance-poll", 1)
    recording = record(night)

    city, town = outcomes(recording, night)
    assert city == Outcome(adopted=("1",))
    assert town == Outcome(quorum_missed=True)
    [unopened] = [each for each in night.setting.polls if each.contest.endswith("951")]
    count = recording.get(Count, f"count/{unopened.contest}/{unopened.unit}")
    assert not count.is_final
    wrong = set(night.setting.mishaps.values())
    assert {Mishap.ABSENTEE_LEFT_OUT, Mishap.VOTES_ALONE, Mishap.LATE} <= wrong
