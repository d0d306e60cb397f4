"""DCAT 3 catalogue of the feed as JSON-LD: what there is, in which formats, under which terms.

Addresses are relative to the catalogue, so that a mirror describes itself.
"""

import msgspec

from projections.election_projection import ElectionProjection
from projections.feeds.layout import (
    HEAD,
    Format,
    document_formats,
    head_address,
    schema_name,
    schema_path,
)
from projections.feeds.pointer import warning

_ENCODER = msgspec.json.Encoder(order="sorted")

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_TITLES = {
    "national": "全国",
    "blocks": "比例代表ブロック",
    "prefectures": "都道府県",
    "contests": "選挙区",
    "districts": "開票区",
    "turnout": "投票状況",
    "seats": "議席",
    "corrections": "訂正",
    "coverage": "報告状況",
    "pools": "按分票",
    "candidates": "候補者と得票",
    "results": "すべての選挙の結果",
    "declarations": "当選人の決定",
    "offices": "機関と鍵",
}

_NIST = "https://doi.org/10.6028/NIST.SP.1500-100r2"


def catalogue(state: ElectionProjection) -> bytes:
    """`catalogue.jsonld`: one dataset per document of the nation, one series per kind of others."""
    facts = state.register().facts
    mark = "【訓練】" if warning(state) else ""
    kinds = sorted({schema_name(document) for document in state.versions})
    body = {
        "@context": _CONTEXT,
        "@id": "",
        "@type": "dcat:Catalog",
        "dct:title": f"{mark}{facts.name}",
        "dct:description": warning(state) or "開票結果の公開データ",
        "dct:type": facts.environment,
        "dct:language": "ja",
        "dct:issued": {"@type": "xsd:date", "@value": facts.polling_day.isoformat()},
        "dct:temporal": facts.polling_day.isoformat(),
        "dcat:landingPage": HEAD,
        "dcat:dataset": [_dataset(state, kind, mark) for kind in kinds],
    }
    return _ENCODER.encode(body)


def _dataset(state: ElectionProjection, kind: str, mark: str) -> dict[str, object]:
    single = kind in state.versions
    title = f"{mark}{state.register().facts.name} {_TITLES.get(kind, kind)}"
    files = [_file(kind, form) for form in document_formats(kind)]
    # Which members a series has, and in which version, is what the pointer says.
    listed = [{"@type": "dcat:Distribution", "dcat:accessURL": {"@id": head_address(kind)}}]
    return {
        "@id": f"#{kind}",
        "@type": "dcat:Dataset" if single else "dcat:DatasetSeries",
        "dct:identifier": kind,
        "dct:title": title,
        "dct:description": warning(state) or title,
        "dct:type": state.register().facts.environment,
        "dct:accrualPeriodicity": "http://purl.org/cld/freq/continuous",
        "dcat:distribution": files if single else listed,
    }


def _file(document: str, form: Format) -> dict[str, object]:
    conforms = _NIST if "nist" in form.suffix else schema_path(schema_name(document))
    stated = {"dct:conformsTo": {"@id": conforms}} if form.suffix != ".csv" else {}
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": f"{document}{form.suffix}"},
        "dcat:mediaType": form.media_type,
        **stated,
    }
