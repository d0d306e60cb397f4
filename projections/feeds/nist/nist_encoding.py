"""A NIST report as JSON and as XML."""

from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import msgspec

from projections.feeds.nist.nist_parts import Exact, Node

NAMESPACE = "http://itl.nist.gov/ns/voting/1500-100/v2"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

_ABSTRACT = frozenset({
    "ReportingUnit", "CandidateContest", "PartyContest", "RetentionContest",
    "CandidateSelection", "PartySelection", "BallotMeasureSelection",
})  # fmt: skip
"""Types whose element is named after a more general one."""


def as_json(report: Node) -> bytes:
    """The report as JSON; votes as exact decimal numbers."""
    return msgspec.json.encode(_plain(report))


def _plain(value: object) -> object:
    match value:
        case Exact():
            return msgspec.Raw(str(value).encode())
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case _:
            return value


def as_xml(report: Node) -> bytes:
    """The report as XML."""
    register_namespace("", NAMESPACE)
    register_namespace("xsi", _INSTANCE)
    root = Element(f"{{{NAMESPACE}}}ElectionReport")
    _fill(root, report)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _fill(element: Element, report: Node) -> None:
    kind = str(report["@type"]).removeprefix("ElectionResults.")
    if kind in _ABSTRACT:
        element.set(f"{{{_INSTANCE}}}type", kind)
    if "@id" in report:
        element.set("ObjectId", str(report["@id"]))
    if kind == "LanguageString":
        element.set("Language", str(report["Language"]))
        element.text = str(report["Content"])
        return
    for name, value in report.items():
        if not name.startswith("@"):
            _add(element, name, value)


def _add(parent: Element, name: str, value: object) -> None:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        for each in value:
            _fill(SubElement(parent, f"{{{NAMESPACE}}}{name}"), each)
    elif isinstance(value, list):
        if value:
            SubElement(parent, f"{{{NAMESPACE}}}{name}").text = " ".join(map(str, value))
    elif isinstance(value, dict):
        _fill(SubElement(parent, f"{{{NAMESPACE}}}{name}"), value)
    elif isinstance(value, bool):
        SubElement(parent, f"{{{NAMESPACE}}}{name}").text = "true" if value else "false"
    else:
        SubElement(parent, f"{{{NAMESPACE}}}{name}").text = str(value)
