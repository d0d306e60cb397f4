"""DCAT catalogue of the feed as JSON-LD: what there is, in which formats, under which terms.

DCAT 3 in the application profile DCAT-AP 3: values that are things have an address and a class, and
those of the European Union's lists stand under their addresses. A licence and a contact are
nobody's to invent: the profile recommends them, and an office that has them adds them.

Addresses are relative to the catalogue, so that a mirror describes itself.
"""

from typing import Final

import msgspec

from projections.election_projection import ElectionProjection
from projections.feeds.layout import (
    HEAD,
    JSON,
    Format,
    document_formats,
    head_address,
    schema_name,
    schema_path,
)
from projections.feeds.pointer import warning

_ENCODER = msgspec.json.Encoder(order="sorted")

_Node = dict[str, object]

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types"
_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_FILE_TYPES: Final = {".csv": "CSV", ".nist.xml": "XML", ".atom": "ATOM"}
"""Names on the list of file types; everything else is JSON."""

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
    "contest-candidates": "選挙区ごとの候補者と得票",
    "contest-units": "都道府県ごとに分けた選挙区の開票区",
    "prefecture-coverage": "都道府県ごとの報告状況",
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
    body: _Node = {
        "@context": _CONTEXT,
        "@id": "",
        "@type": "dcat:Catalog",
        "dct:title": _japanese(f"{mark}{facts.name}"),
        "dct:description": _japanese(warning(state) or "開票結果の公開データ"),
        "dct:language": _thing(f"{_AUTHORITY}/language/JPN", "dct:LinguisticSystem"),
        "dct:issued": _day(facts.polling_day.isoformat()),
        "dct:publisher": _publisher(state),
        "dct:spatial": _japan(),
        "dct:temporal": _polling_day(state),
        "dcat:dataset": [_dataset(state, kind, mark) for kind in kinds],
        "foaf:homepage": _thing(HEAD, "foaf:Document"),
    }
    return _ENCODER.encode(body)


def _thing(address: str, kind: str, **said: object) -> _Node:
    return {"@id": address, "@type": kind, **said}


def _japanese(text: str) -> _Node:
    return {"@language": "ja", "@value": text}


def _day(day: str) -> _Node:
    return {"@type": "xsd:date", "@value": day}


def _japan() -> _Node:
    return _thing(f"{_AUTHORITY}/country/JPN", "dct:Location")


def _polling_day(state: ElectionProjection) -> _Node:
    day = _day(state.register().facts.polling_day.isoformat())
    return {"@type": "dct:PeriodOfTime", "dcat:endDate": day, "dcat:startDate": day}


def _publisher(state: ElectionProjection) -> _Node:
    """The office that founded the log; where none is registered, its keeper, unnamed."""
    founders = (office.facts.name for office in state.offices.values() if office.founder)
    name = next(founders, f"{state.register().facts.name} の記録を公開する機関")
    return _thing("#publisher", "foaf:Agent", **{"foaf:name": _japanese(name)})


def _concept(address: str, label: str) -> _Node:
    return _thing(
        address, "skos:Concept", **{"skos:prefLabel": {"@language": "en", "@value": label}}
    )


def _dataset(state: ElectionProjection, kind: str, mark: str) -> _Node:
    single = kind in state.versions
    environment = state.register().facts.environment
    title = f"{mark}{state.register().facts.name} {_TITLES.get(kind, kind)}"
    description = _japanese(warning(state) or title)
    files = [_file(kind, form, description) for form in document_formats(kind)]
    # Which members a series has, and in which version, is what the pointer says.
    listed = [_distribution(head_address(kind), JSON, "JSON", description)]
    return {
        "@id": f"#{kind}",
        # A series is a dataset as well (DCAT 3, 6.7), and readers of the profile look for datasets.
        "@type": "dcat:Dataset" if single else ["dcat:Dataset", "dcat:DatasetSeries"],
        "dct:identifier": kind,
        "dct:title": _japanese(title),
        "dct:description": description,
        "dct:type": _concept(f"#{environment}", environment),
        "dct:accrualPeriodicity": _thing(f"{_AUTHORITY}/frequency/CONT", "dct:Frequency"),
        "dct:publisher": {"@id": "#publisher"},
        "dct:spatial": _japan(),
        "dct:temporal": _polling_day(state),
        "dcat:distribution": files if single else listed,
        "dcat:keyword": [_japanese(word) for word in ("選挙", "開票", _TITLES.get(kind, kind))],
        "dcat:theme": _concept(f"{_AUTHORITY}/data-theme/GOVE", "Government and public sector"),
    }


def _file(document: str, form: Format, description: _Node) -> _Node:
    conforms = _NIST if "nist" in form.suffix else schema_path(schema_name(document))
    found = _distribution(
        f"{document}{form.suffix}",
        form.media_type,
        _FILE_TYPES.get(form.suffix, "JSON"),
        description,
    )
    if form.suffix != ".csv":
        found["dct:conformsTo"] = _thing(conforms, "dct:Standard")
    return {**found, "dcat:downloadURL": {"@id": f"{document}{form.suffix}"}}


def _distribution(address: str, media_type: str, file_type: str, description: _Node) -> _Node:
    return {
        "@type": "dcat:Distribution",
        "dct:description": description,
        "dct:format": _thing(f"{_AUTHORITY}/file-type/{file_type}", "dct:MediaTypeOrExtent"),
        "dcat:accessURL": {"@id": address},
        "dcat:mediaType": _thing(f"{_MEDIA_TYPES}/{media_type}", "dct:MediaType"),
        "dcatap:availability": _concept(
            f"{_AUTHORITY}/planned-availability/AVAILABLE", "Available"
        ),
    }
