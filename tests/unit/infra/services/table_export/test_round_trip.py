"""What is exported, imported into an empty log: the same definitions, figures, lots, decisions."""

from pathlib import Path

import pytest

from infra.services.rehearsal import rehearsal_night
from infra.services.table_export.definition_tables import NotAsTable, definition_tables
from infra.services.table_export.report_tables import report_table
from tests.support.round_trip import played, require_same
from tests.unit.infra.services.official_results.driven import replayed_night
from tests.unit.infra.services.official_results.small_folder import small_folder
from tests.unit.infra.services.official_results.small_upper import write_small_upper


@pytest.mark.parametrize("election", ["prefecture", "city", "by-election", "referendum"])
def test_an_exported_election_is_imported_as_it_was(election: str, tmp_path: Path) -> None:
    night = rehearsal_night(election, seed=3, scale=0.02)
    steps = (step.submission for step in night.timeline())

    before, topics = played((*night.definitions(), *steps))

    assert all(each.declared is not None for each in before.contests.values())
    require_same(before, topics, tmp_path)


def test_estimates_of_a_replay_stay_estimates(tmp_path: Path) -> None:
    state = replayed_night(small_folder().write(tmp_path))

    marked = [row for row in report_table(state)[1:] if row[4]]

    assert {mark for row in marked for mark in row[4].split()} >= {"turnout", "ballots", "voters"}


def test_the_nation_as_one_unit_is_in_no_table(tmp_path: Path) -> None:
    state = replayed_night(write_small_upper(tmp_path))

    with pytest.raises(NotAsTable, match="全国"):
        definition_tables(state)
