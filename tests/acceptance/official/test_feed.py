"""The feed of the real night of 2024: every document fits its schema all night long."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import jsonschema_rs
import msgspec
import pytest
from lxml import etree

from aggregates.base import Event
from infra.adapters.event_log.event_codec import decode
from infra.bootstrap import open_log
from infra.runtime.settings import Settings
from projections.election_projection import ElectionProjection
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT, HEADS, schema_name
from projections.feeds.pointer import pointer
from projections.feeds.schemas import schema_bytes, schema_names
from projections.snapshots import copy_projection
from tests.support.official import SHARED

pytestmark = pytest.mark.official

EVERY = 1000
NIST = SHARED / "nist-1500-100" / "NIST_V2_election_results_reporting"
NATIONAL_BYTES_MAX = 60_000
POINTER_BYTES_MAX = 10_000


@pytest.fixture(scope="module")
def events(data: Path) -> list[Event]:
    with open_log(Settings(data=data)) as log:
        return [decode(row.topic, row.state) for row in log.reader.rows()]


@pytest.fixture(scope="module")
def nights(events: list[Event]) -> list[ElectionProjection]:
    """The night at every 1,000th position and at its end."""
    night, found = ElectionProjection(), list[ElectionProjection]()
    for position, event in enumerate(events, start=1):
        night.apply(event, position)
        if position % EVERY == 0 or position == len(events):
            found.append(copy_projection(night))
    return found


def test_every_document_fits_its_schema_at_every_1000th_position(
    nights: list[ElectionProjection],
) -> None:
    schemas = {
        name: jsonschema_rs.Draft202012Validator(msgspec.json.decode(schema_bytes(name)))
        for name in schema_names()
    }
    checked, before = 0, 0
    for night in nights:
        # What did not change since the last time is the same bytes.
        for _, document in night.changed_since(before):
            body = msgspec.json.decode(write(night, document, FORMAT[".json"]))
            schemas[schema_name(document)].validate(body)
            checked += 1
        schemas["head"].validate(msgspec.json.decode(pointer(night, "00" * 32)))
        before = night.position
    assert checked > len(nights[-1].versions)


def test_budgets_hold_all_night(nights: list[ElectionProjection]) -> None:
    for night in nights:
        for body, limit in (
            (write(night, "national", FORMAT[".json"]), NATIONAL_BYTES_MAX),
            *((pointer(night, "ab" * 32, name), POINTER_BYTES_MAX) for name in HEADS),
        ):
            assert len(brotli.compress(body, quality=5)) <= limit


@pytest.mark.skipif(
    not NIST.with_suffix(".xsd").exists(), reason="needs ../shared/data/nist-1500-100"
)
def test_nist_is_valid_and_its_sums_agree(nights: list[ElectionProjection]) -> None:
    json_schema = jsonschema_rs.Draft4Validator(
        msgspec.json.decode(NIST.with_suffix(".json").read_bytes())
    )
    xml_schema = etree.XMLSchema(etree.parse(NIST.with_suffix(".xsd")))
    for night in nights[:: len(nights) // 3]:
        for document in ("national", "prefectures/13", "contests/house-district/13-01"):
            if document in night.versions:
                report = msgspec.json.decode(
                    write(night, document, FORMAT[".nist.json"]), type=dict[str, object]
                )
                json_schema.validate(report)
                xml_schema.assertValid(
                    etree.fromstring(write(night, document, FORMAT[".nist.xml"]))
                )
    national = msgspec.json.decode(write(nights[-1], "national", FORMAT[".nist.json"]))
    assert _total(national, "CandidateContest") == Decimal("54261877.952")
    assert _total(national, "PartyContest") == Decimal("54549720.109")


def _total(report: dict[str, Any], kind: str) -> Decimal:
    contests = report["Election"][0]["Contest"]
    return sum(
        (
            Decimal(str(votes["Count"]))
            for contest in contests
            if contest["@type"] == f"ElectionResults.{kind}"
            for selection in contest["ContestSelection"]
            for votes in selection["VoteCounts"]
        ),
        Decimal(0),
    )
