"""Every document has a JSON Schema, and is what its schema says."""

import msgspec
import pytest

from projections.documents.render import document_types, render
from tests import builders as b
from tests.support import offices as o
from tests.unit.projections.nights import Office
from tests.unit.projections.streams import random_night


@pytest.mark.parametrize("kind", document_types())
def test_a_schema_can_be_published(kind: str) -> None:
    struct = document_types()[kind]

    schema = msgspec.json.schema(struct)

    assert schema["$ref"] == f"#/$defs/{struct.__name__}"
    definition = schema["$defs"][struct.__name__]
    assert "head" in definition["required"]
    assert definition["description"]


@pytest.mark.parametrize("defined", [b.HOUSE, b.UPPER_LIST, b.GOVERNOR_RACE])
@pytest.mark.parametrize("seed", range(5))
def test_documents_read_back_as_they_were_written(
    defined: tuple[dict[str, object], ...], seed: int
) -> None:
    night = random_night(defined, seed).night

    for document in night.versions:
        body = render(night, document)
        struct = document_types()[document.partition("/")[0]]
        again = msgspec.json.decode(body, type=struct)
        assert msgspec.json.encode(again, order="sorted") == body


def test_every_kind_of_document_exists() -> None:
    shared = b.sheet_with_pools({"d1-ao": 2, "d1-aka": 1}, b.pool("名", 1, "d1-ao", "d1-aka"))
    registered = o.register(o.TOKYO, "prefecture", prefecture="13")
    night = Office(*b.HOUSE, b.OPEN, registered, b.tally(shared)).night

    assert {document.partition("/")[0] for document in night.versions} == set(document_types())
