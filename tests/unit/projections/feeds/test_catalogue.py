"""The catalogue: each document in each format, values that are things as things (DCAT-AP 3)."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from projections.feeds.dcat_catalogue import catalogue
from projections.feeds.layout import document_formats
from tests import builders as b
from tests.unit.projections.nights import Office

Node = dict[str, Any]

THINGS = (
    "dct:type", "dct:language", "dct:publisher", "dct:spatial", "dct:temporal", "dct:format",
    "dct:accrualPeriodicity", "dct:conformsTo", "dcat:mediaType", "dcat:theme",
    "dcatap:availability", "foaf:homepage",
)  # fmt: skip


@pytest.fixture(scope="module")
def body() -> Node:
    found: Node = msgspec.json.decode(catalogue(Office(*b.HOUSE, b.OPEN).night))
    return found


def nodes(value: Any) -> Iterator[Node]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)


def test_values_that_are_things_have_a_class_and_no_literal_stands_for_one(body: Node) -> None:
    classes = {node["@id"] for node in nodes(body) if "@id" in node and "@type" in node}
    found = [node[name] for node in nodes(body) for name in THINGS if name in node]

    assert found
    for value in found:
        assert isinstance(value, dict)
        assert "@type" in value or value["@id"] in classes, value


def test_every_concept_has_a_label(body: Node) -> None:
    concepts = [node for node in nodes(body) if node.get("@type") == "skos:Concept"]

    assert concepts
    assert all(node["skos:prefLabel"]["@value"] for node in concepts)


def test_every_distribution_says_where_it_is(body: Node) -> None:
    for dataset in body["dcat:dataset"]:
        files = dataset["dcat:distribution"]
        assert all(each["dcat:accessURL"]["@id"] for each in files)
        if dataset["@type"] == "dcat:Dataset":
            kind = dataset["dct:identifier"]
            assert [each["dcat:downloadURL"]["@id"] for each in files] == [
                f"{kind}{form.suffix}" for form in document_formats(kind)
            ]


def test_tables_of_results_and_candidates_are_listed(body: Node) -> None:
    files = {
        each["dcat:accessURL"]["@id"]
        for dataset in body["dcat:dataset"]
        for each in dataset["dcat:distribution"]
    }

    assert {"results.csv", "candidates.csv"} <= files
