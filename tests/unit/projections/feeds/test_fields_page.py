"""The page of fields names every field and every column that is published."""

import msgspec
import pytest

from projections.documents.render import build, document_types
from projections.feeds.tabular import document_table
from tests.support import feed_fields
from tests.unit.projections.test_golden_documents import small_election

WRITTEN = feed_fields.PAGE.read_text(encoding="utf-8")
AGAIN = "run python -m tests.support.feed_fields"


def section(heading: str, text: str = WRITTEN) -> str:
    """From a heading to the next one."""
    return text.partition(f"\n{heading}\n")[2].partition("\n#")[0]


@pytest.mark.parametrize("kind", sorted(document_types()))
def test_every_field_of_a_document_is_explained(kind: str) -> None:
    struct, *parts = feed_fields.structs(document_types()[kind])
    for heading, each in ((f"## `{kind}`", struct), *((f"### {p.__name__}", p) for p in parts)):
        told = section(heading)
        for field in msgspec.structs.fields(each):
            assert f"| `{field.name}`" in told, f"{heading} {field.name}: {AGAIN}"


def test_every_column_has_an_example() -> None:
    night = small_election().night
    for document in night.versions:
        told = section(f"## `{document.partition('/')[0]}`")
        for column in document_table(build(night, document)).columns:
            assert f"| `{column}` | " in told, f"{document} {column}: {AGAIN}"
