"""One tally sheet: the cumulative figures of a Count at one moment.

The letters A-I and the identities D = A + B + C, F = D + E, I = F + G + H are those of the
statutory counting record (開票録).
"""

from typing import Annotated, Literal, NamedTuple

import msgspec

from aggregates.election.identifiers import VOTE, OptionId, Text
from aggregates.election.unpublished import STATED, Unpublished
from aggregates.errors import (
    BallotsUnstated,
    ListTotalsMisplaced,
    ReasonsExceedInvalid,
    SheetUnbalanced,
    VotersMissing,
    VotesNegative,
    VotesNotWhole,
)
from aggregates.law.balance import SheetTotals, differences
from aggregates.rules import FIRST_RULES, SECOND_RULES

Ballots = Annotated[int, msgspec.Meta(ge=-(2**40), le=2**40)]
_OwnVotes = Annotated[int, msgspec.Meta(ge=0, le=2**40)]

InvalidReason = Literal[
    "not-official-paper",
    "not-a-candidate",
    "may-not-stand",
    "party-not-entitled",
    "several-names",
    "not-eligible",
    "anything-besides-the-name",
    "not-own-hand",
    "unclear-whom",
    "blank",
    "scribble",
    "mark-or-sign",
]
"""Why a ballot is invalid (POEA 68); in a list ballot read "list" for "candidate"."""

Estimated = Literal[
    "cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters", "votes"
]


class PoolShare(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One of those between whom a pool is divided.

    Attributes:
        option: Candidate, list, or member of an Upper House list.
        own: What the division is in proportion to, thousandths: the votes valid without any pool
            (POEA 68-2(4), (5)). On a recorded sheet always there. An office states it where the
            sheet has no line for it: ballots naming a member of the 特定枠, and ballots with
            nothing but the name of a list that has such members.
        share: What is added to the votes, thousandths, cut after the third decimal.
    """

    option: OptionId
    own: _OwnVotes | None = None
    share: _OwnVotes | None = None


class BallotPool(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Valid ballots that fit several and are divided between them (按分票, POEA 68-2).

    Attributes:
        name: What the ballots have written on them.
        ballots: How many.
        sharers: Between whom.
    """

    name: Text
    ballots: Annotated[int, msgspec.Meta(ge=1, le=2**30)]
    sharers: Annotated[tuple[PoolShare, ...], msgspec.Meta(min_length=2, max_length=100)]


class Tally(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Cumulative figures of one contest in one unit.

    Votes are integer thousandths; everything else is whole ballots.

    Attributes:
        votes: A, per option. In the review of justices: votes for dismissal.
        no: Review of justices only: blank ballots per justice.
        cut: B, 按分の際切り捨てた票数, in thousandths.
        nobody: C, いずれの候補者にも属さない票, in thousandths.
        valid: D, ballots; None with E and F on a sheet with votes alone (interim, or of a replay),
            and so is whatever of B and C is 0.
        invalid: E, ballots.
        ballots: F, ballots.
        taken_away: G, 持ち帰りと思われる票; below zero when there are more ballots than voters.
        rejected: H, 不受理.
        voters: I; stated on a final sheet, but in a replay where it was not published.
        invalid_by_reason: E by statutory reason, where known.
        estimated: Fields that were not counted here but spread over units; `votes` where
            fractions of them were spread over those whose sum is known.
        list_totals: Upper House lists, interim: the votes are those of each list together with its
            members, who are not known one by one.
        pools: Shared ballots (from rules 3). Where they state no shares, `votes` are what each
            option has without them, and the decision divides; what is recorded is divided always.
        pools_unstated: Why divided figures come without their pools.
    """

    votes: dict[str, Ballots]
    valid: Ballots | None = None
    invalid: Ballots | None = None
    ballots: Ballots | None = None
    no: dict[str, Ballots] | None = None
    cut: Ballots = 0
    nobody: Ballots = 0
    taken_away: Ballots = 0
    rejected: Ballots = 0
    voters: Ballots | None = None
    invalid_by_reason: dict[InvalidReason, Ballots] | None = None
    estimated: tuple[Estimated, ...] = ()
    list_totals: bool = False
    pools: Annotated[tuple[BallotPool, ...], msgspec.Meta(max_length=100)] = ()
    pools_unstated: Annotated[str, msgspec.Meta(max_length=2000)] = ""

    @property
    def stated(self) -> "StatedBallots | None":
        """D, E and F; None on a sheet with votes alone."""
        if self.valid is None or self.invalid is None or self.ballots is None:
            return None
        return StatedBallots(self.valid, self.invalid, self.ballots)

    @property
    def has_division(self) -> bool:
        """Whether it has pools, or says why divided figures come without them."""
        return bool(self.pools or self.pools_unstated)

    def require_stated(self) -> "StatedBallots":
        """D, E and F of a sheet that has to state them.

        Raises:
            BallotsUnstated: It has votes alone.
        """
        if (stated := self.stated) is None:
            raise BallotsUnstated(missing=("valid", "invalid", "ballots"))
        return stated

    @property
    def ballots_at_least(self) -> int:
        """F; on a sheet with votes alone the ballots that its votes must come from."""
        if self.ballots is not None:
            return self.ballots
        if self.no is not None:
            marked = (own + self.no.get(justice, 0) for justice, own in self.votes.items())
            return max(marked, default=0) // VOTE
        # What belongs to nobody was on ballots as well; of sheets without pools it is not known.
        nobody = self.nobody if self.pools else 0
        return -(-(sum(self.votes.values()) + nobody) // VOTE)


class StatedBallots(NamedTuple):
    """D, E and F of a sheet that states them."""

    valid: int
    invalid: int
    ballots: int


def require_sound(
    tally: Tally,
    *,
    final: bool,
    rules: int = FIRST_RULES,
    unpublished: Unpublished = STATED,
) -> None:
    """Refuse a sheet that cannot be true.

    `unpublished` says what a final sheet may leave out.

    Raises:
        BallotsUnstated: D, E or F is missing on a final sheet, or only some of them are there; an
            interim sheet may have votes alone (rules 2).
        ListTotalsMisplaced: Votes of whole lists on a final sheet.
        VotesNegative: A figure other than G is below zero.
        VotersMissing: A final sheet without I.
        VotesNotWhole: Decimals in the review of justices.
        SheetUnbalanced: An identity does not hold; names it and the difference.
        ReasonsExceedInvalid: The reasons do not sum to E.
    """
    _require_not_negative(tally)
    if final and tally.list_totals:
        raise ListTotalsMisplaced
    stated = tally.stated
    if stated is None:
        may = unpublished.ballots if final else rules >= SECOND_RULES
        _require_votes_alone(tally, may=may)
        return
    if final and tally.voters is None and not unpublished.voters:
        raise VotersMissing
    _require_balanced(tally, stated, final=final and tally.voters is not None)
    by_reason = tally.invalid_by_reason
    if by_reason is not None and sum(by_reason.values()) != stated.invalid:
        raise ReasonsExceedInvalid(sum=sum(by_reason.values()), invalid=stated.invalid)


def _require_votes_alone(tally: Tally, *, may: bool) -> None:
    figures = {"valid": tally.valid, "invalid": tally.invalid, "ballots": tally.ballots}
    missing = tuple(name for name, value in figures.items() if value is None)
    if not may or len(missing) < len(figures) or tally.invalid_by_reason is not None:
        raise BallotsUnstated(missing=missing)


def _require_not_negative(tally: Tally) -> None:
    if not _has_negative(tally):
        return
    wholes = {
        "cut": tally.cut,
        "nobody": tally.nobody,
        "valid": tally.valid or 0,
        "invalid": tally.invalid or 0,
        "ballots": tally.ballots or 0,
        "rejected": tally.rejected,
        "voters": tally.voters or 0,
    }
    for figures in (wholes, tally.votes, tally.no or {}, tally.invalid_by_reason or {}):
        for field, value in figures.items():
            if value < 0:
                raise VotesNegative(field=field, value=value)


def _has_negative(tally: Tally) -> bool:
    """Whether any figure but G is below zero; hardly any sheet has one, so no name is asked for."""
    least = min(
        tally.cut,
        tally.nobody,
        tally.rejected,
        tally.valid or 0,
        tally.invalid or 0,
        tally.ballots or 0,
        tally.voters or 0,
        *tally.votes.values(),
    )
    if least < 0:
        return True
    no, by_reason = tally.no, tally.invalid_by_reason
    return bool((no and min(no.values()) < 0) or (by_reason and min(by_reason.values()) < 0))


def _require_balanced(tally: Tally, stated: StatedBallots, *, final: bool) -> None:
    if tally.no is not None:
        _require_review_fits(tally, stated.valid)
    candidate_votes = sum(tally.votes.values()) if tally.no is None else stated.valid * VOTE
    totals = SheetTotals(
        candidate_votes=candidate_votes,
        cut=tally.cut,
        nobody=tally.nobody,
        valid=stated.valid,
        invalid=stated.invalid,
        ballots=stated.ballots,
        taken_away=tally.taken_away,
        rejected=tally.rejected,
        voters=tally.voters or 0,
    )
    for wrong in differences(totals, final=final):
        # Only the sum of votes has decimals; the other identities are in whole ballots.
        unit = 1 if "A" in wrong.identity else VOTE
        raise SheetUnbalanced(
            identity=wrong.identity,
            stated=format_votes(wrong.stated * unit),
            computed=format_votes(wrong.computed * unit),
            difference=format_votes((wrong.stated - wrong.computed) * unit),
        )


def _require_review_fits(tally: Tally, valid: int) -> None:
    """Per justice, yes + no is at most the valid ballots: the rest is invalid for that justice."""
    for figures in (tally.votes, tally.no or {}):
        for justice, value in figures.items():
            if value % VOTE:
                raise VotesNotWhole(field=justice, value=format_votes(value))
    for justice, blank in (tally.no or {}).items():
        marked = tally.votes.get(justice, 0) + blank
        if marked > valid * VOTE:
            raise SheetUnbalanced(
                identity=f"{justice}: ×+白 ≤ D",
                stated=str(valid),
                computed=format_votes(marked),
                difference=format_votes(valid * VOTE - marked),
            )


def format_votes(thousandths: int) -> str:
    """Votes as people write them: `1234`, or `1234.567` where there are decimals."""
    whole, rest = divmod(abs(thousandths), VOTE)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{whole}.{rest:03d}" if rest else f"{sign}{whole}"
