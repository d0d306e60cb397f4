"""Rehearsals of the other elections: each plays to its last declaration without a refusal."""

from collections import Counter
from pathlib import Path

import pytest

from infra.services.rehearsal import RehearsalNight, play, rehearsal_night, write_papers
from infra.services.rehearsal.scenario.injected_errors import Mishap
from infra.services.rehearsal.scenario.other_elections import SETTINGS
from tests.unit.infra.services.rehearsal.recording import Recording

SMALL = 0.02


def recorded(night: RehearsalNight) -> Counter[str]:
    """Topic -> how many events the night leaves."""
    recording = Recording()
    play(night, recording.submit)
    return Counter(event.TOPIC for event in recording.events)


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
