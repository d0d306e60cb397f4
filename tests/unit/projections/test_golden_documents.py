"""Golden documents: the bytes of every kind for a small election, fixed.

KAIHYO_UPDATE_GOLDEN=1 writes them anew; look at the difference before you commit it.
"""

import os
from pathlib import Path

import pytest

from projections.documents.render import document_types
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.unit.projections.nights import Office, rendered

GOLDEN = Path(__file__).parents[2] / "golden" / "documents"


def small_election() -> Office:
    """Two districts, a block, two justices; a correction, a return, a declaration; an office."""
    registered = o.register(o.TOKYO, "prefecture", prefecture="13")
    office = Office(
        *b.HOUSE,
        b.OPEN,
        b.turnout(b.figures((1000, 1100), (500, 520)), b.DISTRICT_1, b.CHIYODA),
        b.turnout(b.figures((1000, 1100), (300, 310)), b.BLOCK, b.CHIYODA, final=False),
        b.tally(b.sheet({"d1-ao": 200, "d1-aka": 100}), b.DISTRICT_1, final=False),
        b.tally(b.sheet({"d1-ao": 600, "d1-aka": 400}, invalid=20), b.DISTRICT_1),
        b.correction(
            b.sheet({"d1-ao": 590, "d1-aka": 410}, invalid=20), b.DISTRICT_1, supersedes=3
        ),
        b.confirm(b.DISTRICT_1),
        b.declare(b.DISTRICT_1, "d1-ao"),
        b.tally(b.sheet({"d2-ao": 30, "d2-aka": 70}), b.DISTRICT_2, b.CHUO),
        b.give_back(b.DISTRICT_2, b.CHUO),
        b.tally(
            # Of three shared ballots two and one: 600 and 300.
            b.sheet_with_pools({"ao": 598, "aka": 299}, b.pool("党", 3, "ao", "aka")),
            b.BLOCK,
            b.CHIYODA,
        ),
        b.tally(b.review_sheet({"j1": (10, 80), "j2": (60, 40)}, 100), b.JUSTICES, b.CHIYODA),
        b.PAUSE,
        b.RESUME,
        registered,
        keys.enrol(o.TOKYO, "tokyo-a"),
        keys.enrol(o.TOKYO, "tokyo-lost"),
        keys.revoke(o.TOKYO, "tokyo-lost"),
    )
    approval = {**keys.approve(o.TOKYO, "tokyo-a"), "record": registered["office"]}
    office.post(approval, office="ministry")
    office.post(keys.rotate(o.TOKYO, "tokyo-a", "tokyo-b"), office=o.TOKYO)
    return office


def path_of(document: str) -> Path:
    return GOLDEN / f"{document.replace('/', '_')}.json"


DOCUMENTS = rendered(small_election().night)


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_the_bytes_of_a_document_stay(document: str) -> None:
    if os.environ.get("KAIHYO_UPDATE_GOLDEN") == "1":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        path_of(document).write_bytes(DOCUMENTS[document])
    assert path_of(document).read_bytes() == DOCUMENTS[document]


def test_every_kind_has_a_golden_document() -> None:
    assert {document.partition("/")[0] for document in DOCUMENTS} == set(document_types())
    assert {path.name for path in GOLDEN.iterdir()} == {path_of(d).name for d in DOCUMENTS}
