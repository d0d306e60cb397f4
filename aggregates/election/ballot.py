"""What one can vote for: candidates, party lists with their members, justices, options."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from aggregates.election.id_patterns import id_meta
from aggregates.election.identifiers import (
    ContestId,
    OptionalText,
    OptionId,
    PartyId,
    Text,
    contest_kind,
)
from aggregates.rule_package.kind_rule import KindRule

Sex = Literal["male", "female"]
Standing = Literal["new", "incumbent", "former"]
"""新 never sat, 前 sat until the dissolution, 元 sat once."""

WithdrawalCause = Literal["withdrawn", "died", "dismissed"]

Age = Annotated[int, msgspec.Meta(ge=18, le=130)]


class Party(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A party or political group; the id "" stands for independents."""

    id: Annotated[str, id_meta(r"[a-z0-9][a-z0-9.-]{0,31}")]
    name: Text
    short: Text
    color: Annotated[str, id_meta(r"#[0-9a-f]{6}")] | None = None


class DualCandidacy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """重複立候補: the district candidate that a list member is as well (POEA 86-2)."""

    contest: ContestId
    candidate: OptionId


class BallotPerson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Particulars of a candidate, as notified.

    Attributes:
        name: As shown on the ballot notice (通称 included).
        registered_name: 戸籍名, where it differs.
        kana: Reading.
        party_label: The party as notified, where it differs from the registered party's name.
    """

    id: OptionId
    name: Text
    registered_name: OptionalText = ""
    kana: OptionalText = ""
    party: PartyId = ""
    party_label: OptionalText = ""
    sex: Sex | None = None
    age: Age | None = None
    standing: Standing | None = None
    occupation: OptionalText = ""


class Candidate(BallotPerson, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One who stands in a contest of persons."""

    dual_list: ContestId | None = None


class Member(BallotPerson, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One on a party list.

    Attributes:
        rank: Place on the list; dual candidates may share one. For the Upper House: 0.
        priority: Place in the 特定枠 of an Upper House list, or None.
        dual: The district candidate this member is as well.
    """

    rank: Annotated[int, msgspec.Meta(ge=0, le=999)] = 0
    priority: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None
    dual: DualCandidacy | None = None


class PartyList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """名簿: a party's list in one contest."""

    id: OptionId
    name: Text
    party: PartyId
    members: tuple[Member, ...]


class Justice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A justice of the Supreme Court under review (最高裁判所裁判官国民審査法)."""

    id: OptionId
    name: Text
    kana: OptionalText = ""


class PollOption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one can answer in a poll: 賛成, 反対, or an option of an ordinance."""

    id: OptionId
    name: Text


Option = Candidate | PartyList | Justice | PollOption


def house_list_fault(members: Sequence[Member], dual_kind: str) -> str:
    """What is against the form of a House list (POEA 86-2), in Japanese; empty when nothing is."""
    ranks = [member.rank for member in members]
    for member in members:
        if member.priority is not None:
            return f"{member.id}：特定枠は参議院の名簿にだけあります"
        if member.dual is None and ranks.count(member.rank) > 1:  # POEA 86-2(6)
            return f"{member.id}：同順位（{member.rank}位）にできるのは重複立候補者だけです"
        if member.dual is not None and contest_kind(member.dual.contest) != dual_kind:
            return f"{member.id}：重複立候補できるのは小選挙区だけです"
    return ""


def upper_list_fault(members: Sequence[Member]) -> str:
    """What is against the form of an Upper House list (POEA 86-3), in Japanese; or empty."""
    places = [member.priority for member in members if member.priority is not None]
    for member in members:
        if member.dual is not None:
            return f"{member.id}：参議院の名簿に重複立候補はありません"
        if places.count(member.priority or 0) > 1:
            return f"{member.id}：特定枠の順位（{member.priority}）が重なっています"
    return ""


def list_fault(rule: KindRule, members: Sequence[Member]) -> str:
    """What is against the form of a list of this kind of contest, in Japanese; or empty."""
    if rule.ballot == "lists":
        return house_list_fault(members, rule.dual_kind)
    return upper_list_fault(members)
