"""The catalogue of every kind of election against the shapes of DCAT-AP 3, read by pySHACL.

The shapes are not ours to copy: `KAIHYO_DCAT_AP_SHAPES` names the folder with `shapes.ttl` and
`range.ttl`, which may also lie where published schemas do (`tests/support/official.py`).
What they ask of our catalogue is also held by `tests/unit/projections/feeds/test_catalogue.py`.
"""

import os
from pathlib import Path

import pyshacl
import pytest
import rdflib

from infra.services.rehearsal import rehearsal_night
from projections.feeds.dcat_catalogue import catalogue
from tests.support.official import SHARED
from tests.support.round_trip import play_in_memory

SHAPES = Path(os.environ.get("KAIHYO_DCAT_AP_SHAPES", SHARED / "dcat-ap-3.0.1"))
BASE = "https://results.example/v1/elections/house50/catalogue.jsonld"

pytestmark = [
    pytest.mark.skipif(
        not (SHAPES / "shapes.ttl").exists(),
        reason="the shapes of DCAT-AP are not here; KAIHYO_DCAT_AP_SHAPES names their folder",
    ),
    # The library's own reader of JSON-LD calls what it has renamed.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ("shapes.ttl", "range.ttl"):
        graph.parse(SHAPES / name, format="turtle")
    return graph


def _violations(body: bytes, shapes: rdflib.Graph) -> str:
    """The sentences of the validator where a shape is violated; empty when none is."""
    ours = rdflib.Graph()
    ours.parse(data=body, format="json-ld", publicID=BASE)
    assert len(ours) > 100
    _, _, said = pyshacl.validate(ours, shacl_graph=shapes)
    return said if "Severity: sh:Violation" in said else ""


@pytest.mark.parametrize(
    "election", ["house", "upper", "prefecture", "city", "by-election", "referendum"]
)
def test_no_shape_of_dcat_ap_is_violated(election: str, shapes: rdflib.Graph) -> None:
    state, _ = play_in_memory(rehearsal_night(election, seed=3, scale=0.01).definitions())

    assert _violations(catalogue(state), shapes) == ""


def test_a_publisher_without_a_class_would_be_found(shapes: rdflib.Graph) -> None:
    state, _ = play_in_memory(rehearsal_night("city", seed=3, scale=0.01).definitions())
    broken = catalogue(state).replace(b'"@type":"foaf:Agent"', b'"@type":"foaf:Document"')

    assert "publisher" in _violations(broken, shapes)
