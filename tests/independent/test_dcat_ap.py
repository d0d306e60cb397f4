"""The catalogue against the shapes of DCAT-AP, read by pySHACL, where both are at hand.

`KAIHYO_DCAT_AP_SHAPES` names a folder with `shapes.ttl` and `range.ttl` of DCAT-AP 3.
What they ask of our catalogue is also held by `tests/unit/projections/feeds/test_catalogue.py`.
"""

import os
from pathlib import Path

import pytest

from projections.feeds.dcat_catalogue import catalogue
from tests import builders as b
from tests.unit.projections.nights import Office

SHAPES = os.environ.get("KAIHYO_DCAT_AP_SHAPES", "")
BASE = "https://results.example/v1/elections/house50/catalogue.jsonld"


@pytest.mark.skipif(not SHAPES, reason="KAIHYO_DCAT_AP_SHAPES names no folder with shapes")
def test_no_shape_of_dcat_ap_is_violated() -> None:
    rdflib = pytest.importorskip("rdflib")
    pyshacl = pytest.importorskip("pyshacl")
    shapes, ours = rdflib.Graph(), rdflib.Graph()
    for name in ("shapes.ttl", "range.ttl"):
        shapes.parse(Path(SHAPES, name), format="turtle")
    ours.parse(data=catalogue(Office(*b.HOUSE).night), format="json-ld", publicID=BASE)

    _, _, said = pyshacl.validate(ours, shacl_graph=shapes)

    assert len(ours) > 100
    assert "Severity: sh:Violation" not in said, said
