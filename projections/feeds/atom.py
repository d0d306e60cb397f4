"""Atom (RFC 4287) of corrections and declarations: one entry per decision, the latest first.

Ids are URNs of log entries and links are relative, so a mirror anywhere is right as it is.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import msgspec

from projections.documents.corrections_document import (
    Change,
    CorrectionRow,
    CorrectionsDocument,
)
from projections.documents.models import Head, Votes
from projections.documents.whole_election.declarations_document import (
    DeclarationRow,
    DeclarationsDocument,
)

ATOM = "http://www.w3.org/2005/Atom"

_TITLES = {"corrections": "訂正", "declarations": "当選人の決定"}
_TOPICS = {
    "count.tally-corrected": "開票結果の訂正",
    "turnout.corrected": "投票者数の訂正",
    "declaration.revised": "当選人の決定の変更",
}


_ESTIMATED = "（推計）"


class FeedEntry(NamedTuple):
    """One entry of a feed."""

    position: int
    recorded_at: datetime
    office: str
    title: str
    text: str


def atom(document: msgspec.Struct) -> bytes:
    """The feed of a document.

    Raises:
        KeyError: This kind of document has none.
    """
    match document:
        case CorrectionsDocument():
            return _feed(document.head, map(_correction, document.corrections))
        case DeclarationsDocument():
            return _feed(document.head, map(_declaration, document.declarations))
        case _:
            raise KeyError(type(document).__name__)


def _feed(head: Head, news: Iterator[FeedEntry]) -> bytes:
    register_namespace("", ATOM)
    feed = Element(f"{{{ATOM}}}feed", {"xml:lang": "ja"})
    _text(feed, "title", f"{_mark(head)}{head.election_name} {_TITLES[head.document]}")
    if head.warning:
        _text(feed, "subtitle", head.warning)
    _text(feed, "id", f"urn:kaihyo:{head.election}:{head.environment}:{head.document}")
    _text(feed, "updated", _moment(head.updated_at))
    _link(feed, "self", f"{head.document}.atom")
    _link(feed, "alternate", f"{head.document}.json", "application/json")
    for each in news:
        _entry(feed, head, each)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Element, head: Head, news: FeedEntry) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "title", _mark(head) + news.title)
    _text(entry, "id", f"urn:kaihyo:{head.election}:{head.environment}:{news.position}")
    _text(entry, "updated", _moment(news.recorded_at))
    author = SubElement(entry, f"{{{ATOM}}}author")
    _text(author, "name", news.office or head.election_name)
    SubElement(entry, f"{{{ATOM}}}category", {"term": head.environment})
    _link(entry, "alternate", f"log/{news.position}", "application/json")
    warning = [head.warning] if head.warning else []
    _text(entry, "content", "\n".join([*warning, news.text]))


def _mark(head: Head) -> str:
    return "【訓練】" if head.warning else ""


def _correction(row: CorrectionRow) -> FeedEntry:
    where = f"{row.contest_name} {row.unit_name}".strip()
    changes = "、".join(map(_change, row.changes))
    return FeedEntry(
        row.position,
        row.recorded_at,
        row.office_name,
        f"{_TOPICS.get(row.topic, row.topic)} {where}",
        f"理由: {row.reason}\n変更: {changes}\n{row.position} は {row.replaces} に代わるものです。",
    )


def _change(change: Change) -> str:
    old, new = (
        _format_figure(figure) + _ESTIMATED * (side in change.estimated)
        for side, figure in (("old", change.old), ("new", change.new))
    )
    return f"{change.name}: {old} → {new}"


def _format_figure(figure: Votes | int | None) -> str:
    """A figure as people write it: votes as votes, with decimals where there are any."""
    if figure is None:
        return "—"
    if isinstance(figure, int):
        return f"{figure:,}"
    whole, _, rest = figure.votes.partition(".")
    return f"{int(whole):,}.{rest}" if rest.strip("0") else f"{int(whole):,}"


def _declaration(row: DeclarationRow) -> FeedEntry:
    elected = "、".join(person.name for person in row.elected)
    dismissed = "、".join(person.name for person in row.dismissed)
    adopted = "、".join(p.name for p in row.adopted or ())
    long = "、".join(person.name for person in row.elected if person.id in (row.long_terms or ()))
    lines = [
        f"当選: {elected}" if elected else "",
        f"任期の長い議員: {long}" if long else "",
        f"罷免: {dismissed}" if dismissed else "",
        f"可決: {adopted}" if adopted else "",
        "" if elected or dismissed or adopted else _nobody(row),
        f"欠員: {row.vacant}{'（再選挙）' if row.re_election else ''}" if row.vacant else "",
        f"理由: {row.reason}" if row.reason else "",
        _CONTRADICTED if row.contradicted else "",
    ]
    return FeedEntry(row.position, row.recorded_at, "", row.name, "\n".join(filter(None, lines)))


_CONTRADICTED = (
    "決定の後に数が訂正され、いまの得票と法律から出る結果はこの決定と違います。"
    "選挙会の新しい決定を待っています。"
)


def _nobody(row: DeclarationRow) -> str:
    if row.ballot == "options":
        return "不成立（成立要件に届かず）" if row.quorum_missed else "可決された選択肢なし"
    return "罷免を可とされた者なし" if row.ballot == "justices" else "当選人なし"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: Element, relation: str, address: str, media_type: str = "") -> None:
    kind = {"type": media_type} if media_type else {}
    SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address, **kind})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
