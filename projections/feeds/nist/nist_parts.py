"""Nodes of a NIST report: a type, an id, and fields in the order of the XML Schema."""

from typing import NamedTuple

Node = dict[str, object]

LANGUAGE = "ja"


class Exact(NamedTuple):
    """Votes in thousandths, written as an exact decimal number."""

    thousandths: int

    def __str__(self) -> str:
        whole, rest = divmod(self.thousandths, 1000)
        return f"{whole}.{rest:03d}" if rest else str(whole)


def node(kind: str, own_id: str = "", **fields: object) -> Node:
    """A node; fields that are None are left out."""
    named: Node = {"@type": f"ElectionResults.{kind}"}
    if own_id:
        named["@id"] = own_id
    return named | {name: value for name, value in fields.items() if value is not None}


def text(content: str) -> Node:
    """A text in Japanese."""
    return node(
        "InternationalizedText",
        Text=[node("LanguageString", Content=content, Language=LANGUAGE)],
    )


def external(kind: str, value: str) -> Node:
    """An id of ours, as everywhere else in the feed."""
    return node("ExternalIdentifier", Type="other", OtherType=f"kaihyo:{kind}", Value=value)


def identifier(*names: str) -> str:
    """An id within the report: what an XML id may be made of."""
    return ".".join(names).replace("/", ".")


def vote_counts(place: str, thousandths: int) -> Node:
    """Votes of one selection in one reporting unit."""
    return node("VoteCounts", GpUnitId=place, Type="total", Count=Exact(thousandths))


def other_counts(place: str, kind: str, thousandths: int) -> Node:
    """A part of the votes of one selection in one reporting unit, by a name of ours."""
    own = f"kaihyo:{kind}"
    return node("VoteCounts", GpUnitId=place, Type="other", OtherType=own, Count=Exact(thousandths))
