"""Offices: who takes part in an election, in which role, for which units.

The line runs centre → municipality → prefecture → nation; auditors and the press stand beside it
and post nothing. Keys are aggregates of their own (`aggregates.election.key`).
"""

from typing import Annotated, ClassVar, Literal

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, FirstEvent
from aggregates.election.identifiers import (
    OfficeId,
    PrefectureCode,
    Text,
    UnitCode,
    office_stream,
)
from aggregates.errors import OfficeMalformed
from aggregates.rules import SECOND_RULES

Role = Literal["nation", "prefecture", "municipality", "centre", "auditor", "press"]

ROLES: dict[Role, str] = {
    "nation": "国",
    "prefecture": "都道府県",
    "municipality": "市区町村",
    "centre": "開票所",
    "auditor": "監査",
    "press": "報道",
}
"""Every role with its Japanese word, from the top of the line down."""

_PARENTS: dict[Role, frozenset[Role]] = {
    "nation": frozenset(),
    "prefecture": frozenset({"nation"}),
    "municipality": frozenset({"prefecture"}),
    "centre": frozenset({"municipality", "prefecture"}),
    "auditor": frozenset({"nation", "prefecture"}),
    "press": frozenset({"nation", "prefecture"}),
}
_BELOW_CITY: frozenset[Role] = frozenset({"municipality", "auditor", "press"})
"""Since rules 2: wards of a designated city (POEA 269), and who looks on at its elections."""
_LOCAL: frozenset[Role] = frozenset({"prefecture", "municipality", "centre"})
_BELOW_PREFECTURE: frozenset[Role] = frozenset({"municipality", "centre"})


class OfficeFacts(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What is fixed once about an office.

    Attributes:
        id: `centre-13101`; part of every posting.
        name: 千代田区開票所. Names of persons are nowhere in the log; officers are key ids.
        role: Decides what it may do.
        prefecture: Where it lies; only nation, auditors and press have none.
        units: Units that are its own: it posts for them without being anybody's substitute.
        parent: The office above it.
        signatures_required: 2 where two persons sign every posting (four eyes).
    """

    id: OfficeId
    name: Text
    role: Role
    prefecture: PrefectureCode | None = None
    units: Annotated[tuple[UnitCode, ...], msgspec.Meta(max_length=400)] = ()
    parent: OfficeId | None = None
    signatures_required: Annotated[int, msgspec.Meta(ge=1, le=2)] = 1


class OfficeRegistered(FirstEvent, frozen=True, kw_only=True):
    """The office takes part.

    Attributes:
        office: Its entry in the register.
        founder: It was named when the election was defined, and so attests others.
    """

    TOPIC: ClassVar[str] = "office.registered"
    office: OfficeFacts
    founder: bool

    @override
    def apply(self, aggregate: "Office") -> None:
        aggregate.facts = self.office
        aggregate.founder = self.founder


class Office(Aggregate):
    """One office of this election."""

    Event = Event
    first_event = OfficeRegistered

    facts: OfficeFacts
    founder: bool

    @classmethod
    def register(
        cls, facts: OfficeFacts, context: CommandContext, *, founder: bool = False
    ) -> "Office":
        """Enter an office into the register.

        Raises:
            OfficeMalformed: Its entry contradicts its role.
        """
        if fault := _fault(facts, founder=founder):
            raise OfficeMalformed(office=facts.id, detail=fault)
        return cls.begin(office_stream(facts.id), context, office=facts, founder=founder)


def parent_fault(facts: OfficeFacts, parent: OfficeFacts, *, rules: int) -> str:
    """Why an office cannot stand below another, in Japanese; empty when it can."""
    below_city = facts.role in _BELOW_CITY and parent.role == "municipality"
    if parent.role not in _PARENTS[facts.role] and not (below_city and rules >= SECOND_RULES):
        return f"{ROLES[facts.role]}は{ROLES[parent.role]}の下には置けません"
    if parent.prefecture is not None and parent.prefecture != facts.prefecture:
        return f"上級の機関「{parent.id}」と都道府県が違います"
    return ""


def is_below(facts: OfficeFacts, above: OfficeFacts) -> bool:
    """Whether an office stands below another in the line; the nation is above everyone."""
    if facts.id == above.id:
        return False
    if above.role == "nation":
        return True
    if above.role == "prefecture":
        return facts.role in _BELOW_PREFECTURE and facts.prefecture == above.prefecture
    return above.role == "municipality" and facts.parent == above.id


def _fault(facts: OfficeFacts, *, founder: bool) -> str:
    """What contradicts itself, in Japanese; empty when nothing does."""
    checks = (
        (
            facts.role not in _LOCAL or facts.prefecture is not None,
            f"{ROLES[facts.role]}には都道府県コードが必要です",
        ),
        (
            facts.role != "nation" or facts.prefecture is None,
            "国の機関に都道府県コードは付けられません",
        ),
        (facts.role in _LOCAL or not facts.units, f"{ROLES[facts.role]}は開票区を持てません"),
        (facts.role != "centre" or bool(facts.units), "開票所には開票区が必要です"),
        (len(set(facts.units)) == len(facts.units), "開票区が重複しています"),
        (
            founder or facts.role not in _BELOW_PREFECTURE or facts.parent is not None,
            f"{ROLES[facts.role]}には上級の機関が必要です",
        ),
        (facts.parent != facts.id, "自分自身を上級の機関にはできません"),
    )
    return next((said for holds, said in checks if not holds), "")
