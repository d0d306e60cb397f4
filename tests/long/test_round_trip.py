"""Nations exported and imported again: rehearsals of both houses, and the House of 2024."""

from pathlib import Path

import pytest

from infra.services.official_results.replay import replay
from infra.services.official_results.table_files import read_folder
from infra.services.rehearsal import rehearsal_night
from projections.official.plan.replay_plan import plan_replay
from tests.support.official import HOUSE50
from tests.support.round_trip import play_in_memory, require_same
from tests.unit.infra.services.official_results.driven import Driven

pytestmark = pytest.mark.timeout(1800)


@pytest.mark.parametrize("election", ["house", "upper"])
def test_a_rehearsal_of_the_nation(election: str, tmp_path: Path) -> None:
    night = rehearsal_night(election, seed=3, scale=0.02)
    steps = (step.submission for step in night.timeline())

    before, topics = play_in_memory((*night.definitions(), *steps))

    require_same(before, topics, tmp_path)


def test_the_general_election_of_2024(tmp_path: Path) -> None:
    """As a rehearsal, for nobody has the keys of its offices."""
    driven = Driven()
    plan = plan_replay(read_folder(HOUSE50), "rehearsal")
    replay(plan, driven.recording.submit, driven.night)
    topics = {event.TOPIC for event in driven.recording.events}

    require_same(driven.night(), topics, tmp_path)
