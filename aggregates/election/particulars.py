"""Facts that no vote depends on and every report after the election needs.

Particulars complete what a nomination said of a person: the ministry's 新前元, the party as the
notice writes it, the name as the filing office's own system writes it. The previous election is
what its report said, in the cuts that this one is compared in: rates and votes of the whole, and
per contest who was elected, with how many votes, at which turnout.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec

from aggregates.election.ballot import Age, Sex, Standing
from aggregates.election.id_patterns import id_meta
from aggregates.election.identifiers import (
    ContestId,
    ContestKind,
    ElectionId,
    OptionalText,
    OptionId,
    PartyId,
    Text,
)

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


Relation = Literal["same", "redrawn", "new"]
"""Whether a contest covers what its predecessor covered, something else, or has none."""

HeldNumber = Annotated[int, msgspec.Meta(ge=1, le=500)]
Votes = Annotated[int, msgspec.Meta(ge=0, le=2**50)]
TimeOfDay = Annotated[str, id_meta(r"(|([01][0-9]|2[0-3]):[0-5][0-9])")]
"""Hour and minute of the polling day; nothing for the final figure."""
RootHash = Annotated[str, id_meta(r"[0-9a-f]{64}")]


class HeldSeats(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Seats of a party in the assembly: won last time, before the notice, or not up (非改選).

    Attributes:
        party: A party of this election; empty for independents, and where `name` is one that is
            not of this election.
        name: The party's name, where it is not of this election.
        seats: How many.
    """

    party: PartyId = ""
    name: OptionalText = ""
    seats: HeldNumber


class PreviousHolder(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Who was elected in a contest last time: a person, or a list with its seats.

    Attributes:
        name: Name of the person; empty for a list.
        party: As in `HeldSeats`.
        party_name: As `name` of `HeldSeats`.
        seats: Seats of a list; 1 for a person.
    """

    name: OptionalText = ""
    party: PartyId = ""
    party_name: OptionalText = ""
    seats: HeldNumber = 1


class PreviousShare(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Votes of one candidate or list of a contest last time, thousandths.

    Attributes:
        name: Name of the candidate; empty for a list.
        party: As in `HeldSeats`.
        party_name: As `name` of `HeldSeats`.
        votes: Thousandths.
    """

    name: OptionalText = ""
    party: PartyId = ""
    party_name: OptionalText = ""
    votes: Votes


class PreviousTurnout(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """投票率 of a contest last time: of an hour of the day, or the final one (no hour)."""

    at: TimeOfDay = ""
    rate: Rate


class PreviousContest(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The contest that this one is compared with.

    Attributes:
        contest: The contest of this election.
        relation: `same`; `redrawn`: another area, so that votes are not compared; `new`: it has
            no predecessor, so nobody holds or gains a seat in it.
        name: What the predecessor was called, where it was called otherwise.
        holders: Who was elected; empty where that is not known.
        votes: Votes of all who stood; empty where they are not known.
        turnout: By hour, and final.
    """

    contest: ContestId
    relation: Relation = "same"
    name: OptionalText = ""
    holders: tuple[PreviousHolder, ...] = ()
    votes: tuple[PreviousShare, ...] = ()
    turnout: tuple[PreviousTurnout, ...] = ()

    def lines(self) -> "tuple[PreviousHolder | PreviousShare, ...]":
        """Whatever names a party."""
        return (*self.holders, *self.votes)

    def fault(self) -> str:
        """What contradicts itself, in Japanese; empty when nothing does."""
        if self.relation == "new" and (self.holders or self.votes or self.turnout or self.name):
            return f"{self.contest}：新設の選挙区に前回はありません"
        hours = [each.at for each in self.turnout]
        if len(set(hours)) < len(hours):
            return f"{self.contest}：前回の投票率の時刻が重複しています"
        if any(line.party and line.party_name for line in self.lines()):
            return f"{self.contest}：今回ある党派に、ほかの名称は付けられません"
        return ""


class PreviousLog(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The log of the last election that figures were carried over from.

    Attributes:
        election: Id of that election.
        size: Entries read.
        root: Root of its transparency log at that size, hexadecimal (RFC 6962).
    """

    election: ElectionId
    size: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    root: RootHash


class PreviousElection(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What this election is compared with (前回), or a part of it.

    A nation's contests do not fit into one entry of the log, so there may be several: each states
    some contests, and what stands beside them only where it changes (`merge`).

    Attributes:
        rates: 投票率 by kind of contest and area.
        votes: Votes of parties by kind of contest.
        name: What the last election was called.
        polling_day: Its polling day.
        log: The log that the figures come from, where they do.
        contests: Contest by contest.
        won: Seats won last time (前回), of the assembly whose seats are filled now.
        before: Seats held before the notice (公示前・告示前), of all that are filled now.
        continuing: Seats that are not filled now (非改選).
    """

    rates: tuple[PreviousRate, ...] = ()
    votes: tuple[PreviousVotes, ...] = ()
    name: OptionalText = ""
    polling_day: date | None = None
    log: PreviousLog | None = None
    contests: tuple[PreviousContest, ...] = ()
    won: tuple[HeldSeats, ...] = ()
    before: tuple[HeldSeats, ...] = ()
    continuing: tuple[HeldSeats, ...] = ()

    def total_rates(self) -> dict[tuple[str, str], int]:
        """投票率 of men and women by kind of contest and area."""
        return {(each.kind, each.area): each.total for each in self.rates if each.scope == "all"}

    @property
    def is_partial(self) -> bool:
        """Whether it has anything beyond rates and votes, so that it changes only what it has."""
        return self != PreviousElection(rates=self.rates, votes=self.votes)

    @property
    def replaces_rates(self) -> bool:
        """Whether rates so far no longer stand."""
        return bool(self.rates) or not self.is_partial

    def merge(self, later: "PreviousElection") -> "PreviousElection":
        """What stands after a later record.

        One of rates and votes alone replaces both, as it always has. Any other replaces what it
        states: the contests it names, and every list that is not empty.
        """
        if not later.is_partial:
            return msgspec.structs.replace(self, rates=later.rates, votes=later.votes)
        contests = {each.contest: each for each in (*self.contests, *later.contests)}
        return PreviousElection(
            rates=later.rates or self.rates,
            votes=later.votes or self.votes,
            name=later.name or self.name,
            polling_day=later.polling_day or self.polling_day,
            log=later.log or self.log,
            contests=tuple(contests.values()),
            won=later.won or self.won,
            before=later.before or self.before,
            continuing=later.continuing or self.continuing,
        )

    def fault(self) -> str:
        """What contradicts itself, in Japanese; empty when nothing does."""
        named = [each.contest for each in self.contests]
        if len(set(named)) < len(named):
            return "前回の選挙区が重複しています"
        for held in (self.won, self.before, self.continuing):
            if len({(each.party, each.name) for each in held}) < len(held):
                return "前回の党派が重複しています"
            if any(each.party and each.name for each in held):
                return "今回ある党派に、ほかの名称は付けられません"
        return next((fault for each in self.contests if (fault := each.fault())), "")

    def parties(self) -> set[str]:
        """Every party of this election that it names; the empty id among them says nothing."""
        held = {each.party for each in (*self.won, *self.before, *self.continuing)}
        lines = {line.party for each in self.contests for line in each.lines()}
        return held | lines | {each.party for each in self.votes}
