"""`corrections`: every figure that a correction changed, as people write it, and by name."""

from datetime import datetime
from typing import Final, Literal

import msgspec

from aggregates.election.ballot import PartyList
from projections.documents import document_parts
from projections.documents.models import Head, Votes, both_forms
from projections.documents.rows.amendment_rows import AmendmentRow, amendment_rows
from projections.state.election_state import Correction, ElectionState

Side = Literal["old", "new"]


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure that a correction changed.

    Attributes:
        field: `votes/…`, `no/…`, `seats/…`, `elected/…`, `long/…` (a long term), `dismissed/…`
            with an id; `pools/…` with what is written on shared ballots; a field of the sheet;
            `electors/male` and the like.
        name: The same in words.
        old: The figure that stood: votes in both forms, people, ballots and seats whole; null
            where it was not stated. Until format 4 votes were integer thousandths here.
        new: The figure that stands now, likewise.
        estimated: Which of `old` and `new` was spread over units, not counted there (推計).
    """

    field: str
    old: Votes | int | None
    new: Votes | int | None
    name: str = ""
    estimated: tuple[Side, ...] = ()


class CorrectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A correction: what changed, why, who, when.

    Attributes:
        position: The entry of the correction.
        replaces: The entry it replaced.
        topic: Of a tally, a turnout or a declaration.
        contest: Id.
        contest_name: Its name.
        unit: Unit code; empty for a declaration.
        unit_name: Its name.
        reason: Why.
        office: Who sent it.
        office_name: Its name; the id where it is not registered.
        recorded_at: When the log took it.
        changes: Old and new figures that differ.
    """

    position: int
    replaces: int
    topic: str
    contest: str
    unit: str
    reason: str
    office: str
    recorded_at: datetime
    changes: list[Change]
    contest_name: str = ""
    unit_name: str = ""
    office_name: str = ""


class CorrectionsDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every correction, the latest first.

    Attributes:
        head: Election, environment, position.
        corrections: The corrections.
        amendments: Changes of definitions: names, seats, units.
    """

    head: Head
    corrections: list[CorrectionRow]
    amendments: list[AmendmentRow] = []


def corrections_document(state: ElectionState, key: str) -> CorrectionsDocument:
    """Build `corrections`."""
    rows = [_row(state, correction) for correction in reversed(state.corrections)]
    return CorrectionsDocument(
        head=document_parts.head(state, key), corrections=rows, amendments=amendment_rows(state)
    )


def _row(state: ElectionState, correction: Correction) -> CorrectionRow:
    event = correction.event
    unit, office = getattr(event, "unit", ""), event.provenance.office
    return CorrectionRow(
        position=correction.position,
        replaces=correction.replaces,
        topic=event.TOPIC,
        contest=event.contest,
        contest_name=state.contests[event.contest].facts.name,
        unit=unit,
        unit_name=state.register().units[unit].name if unit else "",
        reason=event.reason,
        office=office,
        office_name=state.offices[office].facts.name if office in state.offices else office,
        recorded_at=event.timestamp,
        changes=list(_changes(state, correction)),
    )


def _changes(state: ElectionState, correction: Correction) -> list[Change]:
    before, after = correction.before, correction.after
    names = _option_names(state, correction.event.contest)
    return [
        Change(
            field=field,
            name=field_name(field, names),
            old=_figure(field, before.get(field, _absent(field))),
            new=_figure(field, after.get(field, _absent(field))),
            estimated=_estimated_sides(correction, field),
        )
        for field in {**before, **after}
        if before.get(field, _absent(field)) != after.get(field, _absent(field))
    ]


def _estimated_sides(correction: Correction, field: str) -> tuple[Side, ...]:
    sides: tuple[tuple[Side, frozenset[str]], ...] = (
        ("old", correction.estimated_before),
        ("new", correction.estimated_after),
    )
    return tuple(side for side, fields in sides if field in fields)


def _absent(field: str) -> int | None:
    """A sheet or a decision that does not name somebody gives them nothing; a figure is unknown."""
    return 0 if "/" in field and field.partition("/")[0] not in _PEOPLE else None


def is_votes(field: str) -> bool:
    """Whether a field holds votes, in thousandths, and not people, ballots or seats."""
    return field.startswith(("votes/", "no/")) or field in {"cut", "nobody"}


def _figure(field: str, figure: int | None) -> Votes | int | None:
    return both_forms(figure) if is_votes(field) and figure is not None else figure


def _option_names(state: ElectionState, contest_id: str) -> dict[str, str]:
    """Names of candidates, lists, members and justices of one contest: ids may recur in another."""
    options = state.contests[contest_id].options.values()
    names = {option.id: option.name for option in options}
    for option in options:
        if isinstance(option, PartyList):
            names |= {member.id: member.name for member in option.members}
    return names


_PEOPLE: Final = {
    "electors": "当日有権者数",
    "voters": "投票者数",
    "overseas_electors": "在外の有権者数",
    "overseas_voters": "在外の投票者数",
}
_SEXES: Final = {"male": "男", "female": "女"}
_OF_OPTION: Final = {
    "votes": "{}の得票",
    "no": "{}（罷免を可としない票）",
    "seats": "{}の議席",
    "elected": "{}の当選",
    "long": "{}の長い任期での当選",
    "dismissed": "{}の罷免",
}
SHEET_FIELDS: Final = {
    "valid": "有効投票",
    "invalid": "無効投票",
    "ballots": "投票総数",
    "cut": "按分の際切り捨てた票",
    "nobody": "いずれにも属さない票",
    "taken_away": "持ち帰りと思われる票",
    "rejected": "不受理",
    "voters": "投票者数",
}


def field_name(field: str, options: dict[str, str]) -> str:
    """A field of a correction in words."""
    kind, _, rest = field.partition("/")
    if kind == "pools" and rest:
        return f"按分票「{rest}」"
    if kind in _OF_OPTION and rest:
        return _OF_OPTION[kind].format(options.get(rest, rest))
    if kind in _PEOPLE and rest:
        return f"{_PEOPLE[kind]}（{_SEXES.get(rest, rest)}）"
    return SHEET_FIELDS.get(field, field)
