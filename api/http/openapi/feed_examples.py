"""Examples of the feed for the OpenAPI description; a test holds their shape against answers."""

from typing import Any

from projections.documents.document_format import DOCUMENT_FORMAT
from projections.feeds.layout import FORMATS, JSON

_SAID = {
    "election": "house50",
    "environment": "rehearsal",
    "warning": "訓練データです。実際の選挙結果ではありません。 REHEARSAL - NOT REAL RESULTS",
}
_ROOT = "6b1c7a0f5a5d4f6e0b3f7c1d2e3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c"

HEAD: dict[str, Any] = {
    **_SAID,
    "election_name": "第50回衆議院議員総選挙",
    "format": DOCUMENT_FORMAT,
    "position": 81234,
    "size": 81234,
    "root": _ROOT,
    "as_of": "2024-10-27T13:14:05Z",
    "progress": {
        "house-district": {
            "units": 1925,
            "reporting": 1800,
            "final": 412,
            "contested": 0,
            "counted_percent": 61.52,
        }
    },
    "documents": {
        "national": 81234,
        "prefectures/13": 81200,
        "contests/house-district/13-01": 80990,
    },
}
DISTRICTS_HEAD = {**HEAD, "progress": {}, "documents": {"districts/13101": 80990}}
PARTS_HEAD = {
    **HEAD,
    "progress": {},
    "documents": {"contest-candidates/house-district/13-01": 80990},
}
CHANGES: dict[str, Any] = {
    **_SAID,
    "after": 81000,
    "position": 81234,
    "root": _ROOT,
    "changes": [{"position": 81200, "document": "prefectures/13"}],
    "next": 81234,
    "is_truncated": False,
}
ENTRY: dict[str, Any] = {"event": {}, "position": 1, "topic": "election.defined"}
CATALOGUE: dict[str, Any] = {"@type": "dcat:Catalog", "dct:title": "第50回衆議院議員総選挙"}
RULES: dict[str, Any] = {"id": "japan", "name": "日本の選挙", "kinds": []}
SCHEMAS = {"national": "/v1/schemas/national.json"}
SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "…"}
DOCUMENT = {"head": {**_SAID, "document": "national", "position": 81234}}
STREAM = (
    'id: 81234\nevent: changes\ndata: {"election":"house50","environment":"rehearsal",'
    '"after":81200,"position":81234,"documents":{"national":81234}}\n\n'
)

_TEXTS = {
    ".csv": "environment,election,position,kind,party,…\r\nrehearsal,house50,81234,…\r\n",
    ".atom": '<feed xmlns="http://www.w3.org/2005/Atom">…</feed>',
    ".nist.xml": '<ElectionReport xmlns="http://itl.nist.gov/ns/voting/1500-100/v2">…',
}


def of(media_type: str, example: object) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that answers like this."""
    return {200: {"content": {media_type: {"example": example}}}}


def json_responses(example: object) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that answers JSON like this."""
    return of(JSON, example)


DOCUMENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            form.media_type: {"example": _TEXTS.get(form.suffix, DOCUMENT)} for form in FORMATS
        }
    },
    302: {"description": "`?as_of=`: the immutable address of the version of then."},
    304: {"description": "The version that the client named is the present one."},
    404: {"description": "No such document, or no such position yet."},
    429: {"description": "Too many requests; wait for `Retry-After` seconds."},
}
