"""Changes of definitions, as `corrections` shows them: fields before and after, why, who, when."""

from datetime import datetime
from typing import Final

import msgspec

from aggregates.election.ballot_names import ballot_names
from projections.state.election_state import Amendment, ElectionState

_FIELDS: Final = {
    "name": "名称",
    "short": "略称",
    "color": "色",
    "kana": "ふりがな",
    "registered_name": "戸籍名",
    "party": "党派",
    "party_label": "党派の表記",
    "sex": "性別",
    "age": "年齢",
    "standing": "新前元",
    "occupation": "職業",
    "members": "名簿登載者",
    "order": "順",
    "seats": "選挙すべき数",
    "full_seats": "議員定数",
    "polling_day": "投票日",
    "prefecture": "都道府県",
    "prefectures": "都道府県",
    "units": "開票区",
    "set_aside": "集計から外した開票区",
    "block": "ブロック",
    "kind": "種類",
    "municipalities": "市区町村",
}


class TextChange(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a definition that an amendment changed; empty where nothing is stated.

    Attributes:
        field: Its name in events.
        field_name: The same in words.
        old: What stood.
        new: What stands now.
    """

    field: str
    old: str
    new: str
    field_name: str


class AmendmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a definition.

    Attributes:
        position: The entry of the change.
        topic: What kind of change.
        contest: Id; empty for the register of units and parties.
        contest_name: Its name.
        about: Option, unit or party; empty for the contest itself.
        about_name: Its name.
        reason: Why.
        office: Who.
        recorded_at: When the log took it.
        changes: Fields before and after.
    """

    position: int
    topic: str
    contest: str
    about: str
    reason: str
    office: str
    recorded_at: datetime
    changes: list[TextChange]
    contest_name: str = ""
    about_name: str = ""


def amendment_rows(state: ElectionState) -> list[AmendmentRow]:
    """Every change of a definition, the latest first."""
    return [_row(state, amendment) for amendment in reversed(state.amendments)]


def _row(state: ElectionState, amendment: Amendment) -> AmendmentRow:
    before, after = amendment.before, amendment.after
    contest, about = amendment.contest, amendment.about
    names = _names(state, contest)
    return AmendmentRow(
        position=amendment.position,
        topic=amendment.event.TOPIC,
        contest=contest,
        contest_name=state.contests[contest].facts.name if contest else "",
        about=about,
        about_name=names.get(about, about),
        reason=getattr(amendment.event, "reason", ""),
        office=amendment.event.provenance.office,
        recorded_at=amendment.event.timestamp,
        changes=[
            TextChange(
                field=field,
                field_name=_FIELDS.get(field, field),
                old=before.get(field, ""),
                new=after.get(field, ""),
            )
            for field in {**before, **after}
            if before.get(field, "") != after.get(field, "")
        ],
    )


def _names(state: ElectionState, contest: str) -> dict[str, str]:
    """Names of what an amendment can be about: of the ballot, or of the register."""
    if contest:
        return ballot_names(state.contests[contest].options.values())
    register = state.register()
    units = {unit.code: unit.name for unit in register.units.values()}
    return {**units, **{party.id: party.name for party in register.parties.values()}}
