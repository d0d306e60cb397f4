"""Changes of definitions, as `corrections` shows them: fields before and after, why, who, when."""

from datetime import datetime

import msgspec

from aggregates.election.ballot_names import ballot_names
from projections.documents.rows.field_names import FIELD_NAMES
from projections.state.election_state import Amendment, ElectionState


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
                field_name=FIELD_NAMES.get(field, field),
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
