"""Pages for those who check: histories, two moments side by side, proofs in the browser."""

import unicodedata
from collections.abc import Callable

import msgspec
from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from aggregates.election.geography import PREFECTURES
from api.http.position_convertor import DIGITS_MAX
from api.web.diff_lines import line
from api.web.log_state import log_state
from api.web.page_request import AVisit, Context, PageRequest
from api.web.staleness import FreshnessMonitor
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from projections.feeds.public_entry import entry_bytes
from projections.views.document_diff import Json, differences
from projections.views.entry_history import contest_history, marks, unit_history

router = APIRouter(include_in_schema=False)

_MARKS = 24
_DIFFERENCES_MAX = 1000


@router.get("/audit")
def audit(visit: AVisit) -> Response:
    """Where to begin."""
    watch: FreshnessMonitor = visit.request.app.state.watch
    state = log_state(visit.services, watch.status())

    def build(folded: ElectionProjection) -> Context:
        return {"end": folded.position, "marks": marks(folded, _MARKS), "log": state}

    stamp = "" if state is None else f"-{state.size}-{state.signed_at.timestamp():.0f}"
    return visit.page("audit.html", ("national",), build, stamp=stamp)


@router.get("/audit/contests/{kind}/{slug}")
def contest(kind: str, slug: str, visit: AVisit) -> Response:
    """The history of a race, and its totals computed again."""
    id_ = f"{kind}/{slug}"

    def build(folded: ElectionProjection) -> Context:
        rows = contest_history(folded, id_)
        name = folded.contests[id_].facts.name
        return _history(folded, rows, name, f"/contests/{id_}", f"contests/{id_}")

    return visit.page("history.html", (f"contests/{id_}",), build)


@router.get("/audit/districts/{code}")
def district(code: str, visit: AVisit) -> Response:
    """The history of a unit."""

    def build(folded: ElectionProjection) -> Context:
        rows = unit_history(folded, code)
        name = folded.register().units[code].name
        return _history(folded, rows, name, f"/districts/{code}", f"districts/{code}")

    return visit.page("history.html", (f"districts/{code}",), build)


def _history(
    folded: ElectionProjection, rows: object, name: str, page: str, document: str
) -> Context:
    return {
        "rows": rows,
        "name": name,
        "page": page,
        "document": document,
        "end": folded.position,
        "units": folded.register().units,
        "contests": {contest.facts.id: contest.facts.name for contest in folded.contests.values()},
    }


@router.get("/audit/entry")
def chosen_entry(visit: AVisit, position: str = "") -> Response:
    """The entry whose position somebody typed, in full or half width, with or without commas."""
    typed = unicodedata.normalize("NFKC", position).replace(",", "").strip()
    if not typed.isascii() or not typed.isdigit() or len(typed) > DIGITS_MAX:
        return visit.missing()
    return RedirectResponse(visit.link(f"/audit/entries/{int(typed)}"), 303)


@router.get("/audit/entries/{position}")
def entry(position: int, visit: AVisit) -> Response:
    """One entry of the log, readable, with the proof that it is in the tree."""
    if not visit.services.election or not 0 < position <= visit.services.live.position:
        return visit.missing()
    # An entry says the same at every moment, also at one before it.
    visit.at = 0
    row = visit.services.log.reader.row(position)
    text = entry_bytes(position, row.topic, row.state)

    def build(folded: ElectionProjection) -> Context:
        return {
            "entry_position": position,
            "topic": row.topic,
            "recorded_at": folded.times[position - 1],
            "text": msgspec.json.format(text, indent=2).decode(),
            "end": folded.position,
        }

    return visit.page("entry.html", ("national",), build)


@router.get("/audit/diff")
def diff(visit: AVisit, document: str = "national", old: int = 0, new: int = 0) -> Response:
    """Two moments of a document side by side."""
    if not visit.services.election or not visit.has_position:
        return visit.missing()
    end = visit.services.live.position
    # The slider of any page leads here with the moment it stands at.
    old, visit.at = visit.at or old, 0
    after = min(max(new or end, 1), end)
    before = min(max(old or after - 1, 1), after)
    older, newer = (_document(visit, document, position) for position in (before, after))
    known = older is not None or newer is not None
    found = differences(older, newer) if known else []

    def build(folded: ElectionProjection) -> Context:
        names = _names(folded)
        return {
            "key": document,
            "page": "/" if document == "national" else f"/{document}",
            "old": before,
            "new": after,
            "old_at": folded.times[before - 1],
            "new_at": folded.times[after - 1],
            "known": known,
            "found": [line(each, names) for each in found[:_DIFFERENCES_MAX]],
            "total": len(found),
            "names": names,
            "marks": marks(folded, _MARKS),
        }

    asked = {"document": document, "old": str(before), "new": str(after)}
    return visit.page("diff.html", ("national",), build, query=asked)


def _document(visit: PageRequest, key: str, position: int) -> Json:
    """A document as it was; None when there was none."""

    def read(folded: ElectionProjection) -> Json:
        found: Json = msgspec.json.decode(render(folded, key))
        return found

    reading: Callable[[ElectionProjection], Json] = read
    try:
        return visit.read_past(position, reading)
    except KeyError:
        return None


def _names(folded: ElectionProjection) -> dict[str, str]:
    """Words for the ids in a path."""
    names = dict(PREFECTURES)
    names |= {unit.code: unit.name for unit in folded.register().units.values()}
    names |= {party.id: party.name for party in folded.register().parties.values()}
    for contest in folded.contests.values():
        names[contest.facts.id] = contest.facts.name
        names |= {option.id: option.name for option in contest.options.values()}
    kinds = folded.register().package.kinds
    return names | {row.kind: row.name for row in kinds}
