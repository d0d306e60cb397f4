"""Parts of long documents: together they say what the whole says, and change when it does."""

import msgspec
import pytest

from projections.documents.contest_document import contest_document, contest_units_document
from projections.documents.nation_tables import (
    candidates_document,
    contest_candidates_document,
    coverage_document,
    prefecture_coverage_document,
)
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from tests import builders as b
from tests.unit.projections.nights import TWO_PREFECTURES, Office
from tests.unit.projections.streams import random_night


def parts(night: ElectionProjection, kind: str) -> list[str]:
    return [document for document in night.versions if document.startswith(f"{kind}/")]


@pytest.fixture(params=[b.HOUSE, TWO_PREFECTURES, b.UPPER_LIST], ids=["house", "two", "upper-list"])
def night(request: pytest.FixtureRequest) -> ElectionProjection:
    return random_night(request.param, 11).night


def test_ballots_of_contests_are_those_of_the_whole(night: ElectionProjection) -> None:
    whole = candidates_document(night, "candidates")
    found = [contest_candidates_document(night, key) for key in parts(night, "contest-candidates")]

    assert [part.contests for part in found] == [[ballot] for ballot in whole.contests]
    assert all(party in whole.parties for part in found for party in part.parties)


def test_a_ballot_has_the_parties_that_it_names() -> None:
    night = Office(*b.HOUSE, b.OPEN).night
    key = next(iter(parts(night, "contest-candidates")))
    part = contest_candidates_document(night, key)

    named = {each.party for each in part.contests[0].candidates} - {""}
    assert named & {party.id for party in part.parties} == named & set(night.register().parties)


def test_coverage_by_prefecture_adds_up(night: ElectionProjection) -> None:
    whole = coverage_document(night, "coverage")
    found = [
        prefecture_coverage_document(night, key) for key in parts(night, "prefecture-coverage")
    ]
    units: dict[str, dict[str, str]] = {}
    for part in found:
        for contest in part.contests:
            units.setdefault(contest.contest, {}).update(contest.units)

    assert units == {contest.contest: contest.units for contest in whole.contests}
    assert {status: sum(part.counts[status] for part in found) for status in whole.counts} == (
        whole.counts
    )


def test_units_of_a_contest_by_prefecture_are_all_its_units() -> None:
    night = random_night(TWO_PREFECTURES, 11).night
    found: dict[str, dict[str, object]] = {}
    for key in parts(night, "contest-units"):
        part = contest_units_document(night, key)
        found.setdefault(part.contest, {}).update({row.unit: row for row in part.units})
        assert {row.prefecture for row in part.units} <= {part.prefecture}

    assert found
    for contest, rows in found.items():
        whole = contest_document(night, f"contests/{contest}")
        assert rows == {row.unit: row for row in whole.units}


def test_a_race_of_one_prefecture_has_no_parts_of_units() -> None:
    night = Office(*b.HOUSE, b.OPEN).night

    spanning = {
        name
        for name, contest in night.contests.items()
        if len(contest.facts.prefectures) > 1 or contest.facts.block
    }
    assert {key.partition("/")[2].rpartition("/")[0] for key in parts(night, "contest-units")} == (
        spanning
    )


def test_units_without_a_report_have_a_row_in_csv() -> None:
    night = Office(*TWO_PREFECTURES, b.OPEN).night
    for key in parts(night, "contest-units"):
        lines = write(night, key, FORMAT[".csv"]).decode().splitlines()
        assert len(lines) == 1 + len(msgspec.json.decode(render(night, key))["units"])
