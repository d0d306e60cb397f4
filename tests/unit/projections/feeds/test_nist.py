"""NIST SP 1500-100: valid against the published schemas, exact, and its sums agree."""

from decimal import Decimal
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from lxml import etree

from projections.election_projection import ElectionProjection
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from tests import builders as b
from tests.support.official import SHARED
from tests.unit.projections.nights import Office
from tests.unit.projections.streams import random_night

NIST = SHARED / "nist-1500-100"
NAME = "NIST_V2_election_results_reporting"

needs_nist = pytest.mark.skipif(
    not NIST.is_dir(),
    reason="the NIST schemas (../shared/data/nist-1500-100) are not beside the project",
)

ELECTIONS = [b.HOUSE, b.UPPER_LIST, b.GOVERNOR_RACE]


def reports(night: ElectionProjection) -> list[str]:
    kinds = ("national", "prefectures", "contests")
    return [document for document in night.versions if document.startswith(kinds)]


@needs_nist
@pytest.mark.parametrize("defined", ELECTIONS)
@pytest.mark.parametrize("seed", range(3))
def test_json_is_valid(defined: tuple[dict[str, object], ...], seed: int) -> None:
    schema = jsonschema_rs.Draft4Validator(
        msgspec.json.decode((NIST / f"{NAME}.json").read_bytes())
    )
    night = random_night(defined, seed).night
    for document in reports(night):
        schema.validate(msgspec.json.decode(write(night, document, FORMAT[".nist.json"])))


@needs_nist
@pytest.mark.parametrize("defined", ELECTIONS)
@pytest.mark.parametrize("seed", range(3))
def test_xml_is_valid(defined: tuple[dict[str, object], ...], seed: int) -> None:
    schema = etree.XMLSchema(etree.parse(NIST / f"{NAME}.xsd"))
    night = random_night(defined, seed).night
    for document in reports(night):
        schema.assertValid(etree.fromstring(write(night, document, FORMAT[".nist.xml"])))


def counts_of(report: dict[str, Any]) -> list[dict[str, Decimal]]:
    """Per selection: reporting unit -> votes."""
    return [
        {
            each["GpUnitId"]: Decimal(str(each["Count"]))
            for each in selection["VoteCounts"]
            if each["Type"] == "total"
        }
        for election in report["Election"]
        for contest in election["Contest"]
        for selection in contest["ContestSelection"]
        if "VoteCounts" in selection  # not before the first report
    ]


@pytest.mark.parametrize("defined", ELECTIONS)
@pytest.mark.parametrize("seed", range(5))
def test_units_sum_to_the_whole(defined: tuple[dict[str, object], ...], seed: int) -> None:
    night = random_night(defined, seed).night
    for document in reports(night):
        report = msgspec.json.decode(write(night, document, FORMAT[".nist.json"]))
        for counts in counts_of(report):
            units = {place: votes for place, votes in counts.items() if place.startswith("gp.u.")}
            [whole] = [votes for place, votes in counts.items() if place not in units]
            if document != "national":
                assert sum(units.values()) == whole


def test_votes_are_exact_decimals() -> None:
    shared = {
        "votes": {b.A: 60500, b.B: 39499},
        "cut": 1,
        "valid": 100,
        "invalid": 0,
        "pools_unstated": "—",
    }
    office = Office(*b.DISTRICT, b.tally({**shared, "ballots": 100, "voters": 100}))
    body = write(office.night, f"contests/{b.DISTRICT_1}", FORMAT[".nist.json"])

    assert b'"Count":60.500' in body
    assert b'"Count":39.499' in body


def test_a_national_list_has_its_members_and_what_names_it_alone() -> None:
    votes = {"ao": 11, "ao-1": 5, "ao-2": 7, "aka": 9, "aka-1": 2, "aka-2": 0}
    office = Office(*b.UPPER_LIST, b.OPEN, *b.finals(b.UPPER, b.sheet(votes)))
    report = msgspec.json.decode(write(office.night, "national", FORMAT[".nist.json"]))

    [contest] = report["Election"][0]["Contest"]
    told: dict[str, list[tuple[str, int]]] = {
        selection["@id"].rpartition(".")[2]: [
            (each["Type"], int(each["Count"])) for each in selection.get("VoteCounts", ())
        ]
        for selection in contest["ContestSelection"]
    }
    assert told == {
        "ao": [("total", 23), ("other", 11)],
        "ao-1": [("total", 5)],
        "ao-2": [("total", 7)],
        "ao-first": [],
        "aka": [("total", 11), ("other", 9)],
        "aka-1": [("total", 2)],
        "aka-2": [("total", 0)],
    }
    assert {each["@id"].rpartition(".")[2] for each in report["Election"][0]["Candidate"]} == {
        "ao-1", "ao-2", "ao-first", "aka-1", "aka-2",
    }  # fmt: skip
