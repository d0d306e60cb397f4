"""What one can vote for: candidates, party lists with their members, justices."""

from typing import Annotated, Literal

import msgspec

from aggregates.identity import ContestId, OptionId, PartyId, Text

Sex = Literal["male", "female"]
Standing = Literal["new", "incumbent", "former"]
"""新 never sat, 前 sat until the dissolution, 元 sat once."""

WithdrawalCause = Literal["withdrawn", "died", "dismissed"]

Age = Annotated[int, msgspec.Meta(ge=18, le=130)]


class Party(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A party or political group; the id "" stands for independents."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,31}$")]
    name: Text
    short: Text
    color: Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-f]{6}$")] | None = None


class DualCandidacy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """重複立候補: the district candidate that a list member is as well (POEA 86-2)."""

    contest: ContestId
    candidate: OptionId


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Particulars of a candidate, as notified.

    Attributes:
        name: As shown on the ballot notice (通称 included).
        registered_name: 戸籍名, where it differs.
        kana: Reading.
        party_label: The party as notified, where it differs from the registered party's name.
    """

    id: OptionId
    name: Text
    registered_name: str = ""
    kana: str = ""
    party: PartyId = ""
    party_label: str = ""
    sex: Sex | None = None
    age: Age | None = None
    standing: Standing | None = None
    occupation: str = ""


class Candidate(Person, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One who stands in a contest of persons."""

    dual_list: ContestId | None = None


class Member(Person, frozen=True, kw_only=True, forbid_unknown_fields=True):
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
    kana: str = ""


Option = Candidate | PartyList | Justice
