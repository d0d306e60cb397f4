"""The JSON Schemas of everything the feed publishes, generated from what is encoded."""

from functools import cache

import msgspec

from projections.documents.render import document_types
from projections.feeds.layout import SCHEMAS, schema_path
from projections.feeds.pointer import Batch, Changes, Pointer

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FEED: dict[str, type[msgspec.Struct]] = {"head": Pointer, "changes": Changes, "stream": Batch}


def schema_names() -> list[str]:
    """Every schema: `national`, `prefectures`, …, and `head`, `changes`, `stream`."""
    return sorted({*document_types(), *_FEED})


@cache
def schema_bytes(name: str) -> bytes:
    """One schema. Formulas of percentages are in the descriptions.

    Raises:
        KeyError: There is none of this name.
    """
    struct = {**document_types(), **_FEED}[name]
    schema = {"$schema": _DIALECT, "$id": schema_path(name), **msgspec.json.schema(struct)}
    return msgspec.json.encode(schema, order="sorted")


def index_bytes() -> bytes:
    """`/v1/schemas/index.json`: the name and the address of every schema."""
    return msgspec.json.encode({name: schema_path(name) for name in schema_names()})


INDEX = f"{SCHEMAS}/index.json"
