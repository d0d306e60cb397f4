"""One row of a rule package: a kind of contest, as the law has it from a polling day on."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

import msgspec

from aggregates.law.thresholds import Thresholds
from aggregates.law.vacancies import ReElection

KindId: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z-]{0,39}$(?!\n)")]
PlaceCode: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^(0[1-9]|[1-3][0-9]|4[0-7])$(?!\n)")]
Slug: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,31}$(?!\n)")]
Words: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Positive: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2**31)]
Yen: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**40)]

Ballot = Literal["persons", "lists", "open-lists", "justices", "options"]
"""What is on the ballot, and with it the method: persons by most votes (POEA 95), lists by D'Hondt
in the order of the list (95-2) or with members named on the ballot (95-3), justices to be
dismissed (judicial review act 32), options with a majority."""

ManagingRole = Literal["nation", "prefecture", "municipality"]
"""Who manages an election (POEA 5), the widest first: each may hold what those after it may."""

SeatsRule = Literal["one", "any", "none"]
FullSeatsRule = Literal["free", "as-seats", "at-least-seats"]
Divided = Literal["nothing", "full-seats", "more-of-both"]
NoPoll = Literal["never", "candidates", "members", "members-or-one-list"]
Succession = Literal["none", "with-minimum", "lot-losers", "list-order"]
Majority = Literal["over-half", "most"]


class Row(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A value of a package: what is default is left out of its bytes."""


class Block(Row, frozen=True, kw_only=True):
    """A block in which lists are elected (POEA 13(2), annexed table 2).

    Attributes:
        id: Its id.
        name: 東北.
        prefectures: Codes of the prefectures of which it consists.
        seats: Its seats; None where they are not known.
    """

    id: Slug
    name: Words
    prefectures: Annotated[tuple[PlaceCode, ...], msgspec.Meta(min_length=1, max_length=47)]
    seats: Positive | None = None


class RegularSeats(Row, frozen=True, kw_only=True):
    """Seats that a district fills at a regular election (POEA 14, annexed table 3).

    Attributes:
        prefectures: Codes of the prefectures of the district, ascending.
        seats: Half of what the table states for both halves of the House.
    """

    prefectures: Annotated[tuple[PlaceCode, ...], msgspec.Meta(min_length=1, max_length=47)]
    seats: Positive


class ListDeposit(Row, frozen=True, kw_only=True):
    """Yen for each member of a list (POEA 92(2), (3)).

    Attributes:
        member: For each member.
        dual: For one who stands in a district of the same election as well.
    """

    member: Yen
    dual: Yen = 0


class Missing(Row, frozen=True, kw_only=True):
    """How many missing seats alone call for another election (POEA 109, 110(1), 113(1)).

    Attributes:
        at_least: So many, or all there are where there are fewer; None where a share decides.
        more_than: Numerator and denominator of the share of 議員定数 they have to exceed.
    """

    at_least: Positive | None = None
    more_than: tuple[Positive, Positive] | None = None


class Answer(Row, frozen=True, kw_only=True):
    """What one can answer, where every contest of the kind has the same answers: 賛成, 反対."""

    id: Slug
    name: Words
    english: Words


class Quorum(Row, frozen=True, kw_only=True):
    """A share that ballots must reach for anything to be decided.

    Attributes:
        share: Numerator and denominator.
        of: 当日有権者数, or the electors that are registered for the contest on the day that the
            law names.
        unopened: Below it the boxes are not opened, and no count follows.
    """

    share: tuple[Positive, Positive]
    of: Literal["electors", "registered"] = "electors"
    unopened: bool = False


class KindRule(Row, frozen=True, kw_only=True):
    """What the law says of a kind of contest, from a polling day on.

    Attributes:
        kind: Its id, the first part of the ids of its contests.
        since: Polling day from which the row applies; a later row of the kind replaces it.
        name: What pages call it.
        english: The same in English.
        ballot: What is on the ballot.
        managed_by: The narrowest role that may manage it.
        source: Articles that the row carries out.
        report: What reports call it; empty: as pages do.
        tier: Part of the ids of report tables; empty: the kind.
        seats: How many seats a contest fills.
        full_seats: What 議員定数 can be beside the seats to be filled.
        regular_seats: 議員定数 of districts by place; those that are not listed are unknown.
        blocks: The blocks in which it is held.
        minimum_divisor: 法定得票数 is the valid votes divided by this; None: there is none.
        deposit_divisor: 供託物没収点, as `minimum_divisor`.
        divided_by: Whether seats divide the valid votes first: all there are, or those to be
            filled where they are more.
        no_poll: When nobody votes (POEA 100).
        missing: When missing seats alone call for another election; None: never.
        succession: Who moves up for a winner who is gone (POEA 97, 97-2, 112).
        deposits: Yen of one candidate, by what the municipality is; `any` where it does not matter.
        list_deposit: Yen of a list.
        dual_kind: The kind in which list members may stand as well; empty: none.
        answers: The options of every contest of the kind; empty where each contest has its own.
        majority: Which option is adopted: one with more than half of the valid votes (equal votes
            adopt none), or the one with the most.
        quorum: A share of electors below which nothing is decided.
    """

    kind: KindId
    since: date
    name: Words
    english: Words
    ballot: Ballot
    managed_by: ManagingRole
    source: str = ""
    report: str = ""
    tier: str = ""
    seats: SeatsRule = "any"
    full_seats: FullSeatsRule = "free"
    regular_seats: tuple[RegularSeats, ...] = ()
    blocks: tuple[Block, ...] = ()
    minimum_divisor: Positive | None = None
    deposit_divisor: Positive | None = None
    divided_by: Divided = "nothing"
    no_poll: NoPoll = "never"
    missing: Missing | None = None
    succession: Succession = "none"
    deposits: dict[str, Yen] = {}
    list_deposit: ListDeposit | None = None
    dual_kind: str = ""
    answers: tuple[Answer, ...] = ()
    majority: Majority = "over-half"
    quorum: Quorum | None = None

    @property
    def is_list(self) -> bool:
        """Whether lists stand, not persons."""
        return self.ballot in {"lists", "open-lists"}

    @property
    def joins_terms(self) -> bool:
        """Whether seats of a long and of a short term are filled by one election.

        So it is in the Upper House (POEA 115(1)(i)): where a joint election may fill more seats
        than a regular one, and for open lists.
        """
        return self.divided_by == "more-of-both" or self.ballot == "open-lists"

    @property
    def thresholds(self) -> Thresholds:
        """The fractions of 法定得票数 and 供託物没収点."""
        return Thresholds(
            self.minimum_divisor,
            self.deposit_divisor,
            per_seat=self.divided_by != "nothing",
            by_more=self.divided_by == "more-of-both",
        )

    @property
    def re_election(self) -> ReElection:
        """How many missing seats alone call for another election."""
        if self.missing is None:
            return ReElection()
        share = self.missing.more_than
        return ReElection(
            at_least=self.missing.at_least, more_than=None if share is None else Fraction(*share)
        )

    def district_seats(self, prefectures: tuple[str, ...]) -> int | None:
        """議員定数 of a district by its prefectures, ascending; None where unknown."""
        return next((d.seats for d in self.regular_seats if d.prefectures == prefectures), None)

    def block_seats(self) -> dict[str, int]:
        """Seats by block; without the blocks whose seats are not known."""
        return {block.id: block.seats for block in self.blocks if block.seats is not None}

    def find_block(self, block: str) -> Block | None:
        """The block of an id, or None."""
        return next((each for each in self.blocks if each.id == block), None)

    def is_managed_by(self, role: ManagingRole) -> bool:
        """Whether a contest of the kind may be held in the log of an office of that role."""
        return _ROLES.index(role) <= _ROLES.index(self.managed_by)


_ROLES: tuple[ManagingRole, ...] = ("nation", "prefecture", "municipality")
