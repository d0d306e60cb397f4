"""Facts that no vote depends on and every report after the election needs.

Particulars complete what a nomination said of a person: the ministry's 新前元, the party as the
notice writes it, the name as the filing office's own system writes it. The previous election is
what its report said, in the cuts that this one is compared in.
"""

from typing import Annotated, Literal

import msgspec

from aggregates.election.ballot import Age, Sex, Standing
from aggregates.election.id_patterns import id_meta
from aggregates.election.identifiers import ContestKind, OptionalText, OptionId, PartyId, Text

Scope = Literal["all", "overseas"]
InferredField = Literal["sex", "age", "standing"]

Rate = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
"""Hundredths of a percent: 56.15 % is 5615."""

Area = Annotated[str, id_meta(r"(|[0-9]{2}|[a-z][a-z-]{0,31})")]
"""A prefecture's code, a block's id, or nothing for the whole nation."""


class Particulars(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What is known of one candidate or list member beyond the nomination; None changes nothing.

    Attributes:
        option: The candidate or member.
        filed_name: The name as the filing office's system writes it, where it differs from the
            readable one; it may hold characters that only that office's font has (外字).
        party_label: 党派 as the notice prints it, brackets included.
        nominated: Whether a party nominated the candidate as such (届出政党, POEA 86(1)).
        inferred: Fields nobody stated for this person: they were chosen so that every published
            sum holds. They are good for sums only and never shown of the person.
    """

    option: OptionId
    filed_name: OptionalText = ""
    sex: Sex | None = None
    age: Age | None = None
    standing: Standing | None = None
    party_label: OptionalText = ""
    nominated: bool | None = None
    inferred: tuple[InferredField, ...] = ()


class PreviousRate(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """投票率 of the last election, as its report printed it."""

    kind: ContestKind
    scope: Scope = "all"
    area: Area = ""
    male: Rate
    female: Rate
    total: Rate


class PreviousVotes(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Votes of a party at the last election, thousandths.

    Attributes:
        kind: Kind of contest they were cast in.
        name: The party's name in the table: a party of this election, or one that is gone.
        party: The party of this election that it is compared with; empty when there is none.
        votes: Thousandths.
    """

    kind: ContestKind
    name: Text
    party: PartyId = ""
    votes: Annotated[int, msgspec.Meta(ge=0, le=2**50)]


class PreviousElection(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What this election is compared with (前回)."""

    rates: tuple[PreviousRate, ...] = ()
    votes: tuple[PreviousVotes, ...] = ()

    def total_rates(self) -> dict[tuple[str, str], int]:
        """投票率 of men and women by kind of contest and area."""
        return {(each.kind, each.area): each.total for each in self.rates if each.scope == "all"}
