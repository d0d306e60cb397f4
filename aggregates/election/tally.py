"""One tally sheet: the cumulative figures of a Count at one moment.

The letters A-I and the identities D = A + B + C, F = D + E, I = F + G + H are those of the
statutory counting record (開票録).
"""

from typing import Annotated, Literal

import msgspec

from aggregates.election.identifiers import VOTE
from aggregates.errors import (
    ReasonsExceedInvalid,
    SheetUnbalanced,
    VotersMissing,
    VotesNegative,
    VotesNotWhole,
)
from aggregates.law.balance import SheetTotals, differences

Ballots = Annotated[int, msgspec.Meta(ge=-(2**40), le=2**40)]

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

Estimated = Literal["invalid", "taken_away", "rejected", "voters"]


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
        valid: D, ballots.
        invalid: E, ballots.
        ballots: F, ballots.
        taken_away: G, 持ち帰りと思われる票; below zero when there are more ballots than voters.
        rejected: H, 不受理.
        voters: I; stated on a final sheet.
        invalid_by_reason: E by statutory reason, where known.
        estimated: Fields that were not counted here but spread over units.
    """

    votes: dict[str, Ballots]
    valid: Ballots
    invalid: Ballots
    ballots: Ballots
    no: dict[str, Ballots] | None = None
    cut: Ballots = 0
    nobody: Ballots = 0
    taken_away: Ballots = 0
    rejected: Ballots = 0
    voters: Ballots | None = None
    invalid_by_reason: dict[InvalidReason, Ballots] | None = None
    estimated: tuple[Estimated, ...] = ()


def require_sound(tally: Tally, *, final: bool) -> None:
    """Refuse a sheet that cannot be true.

    Raises:
        VotesNegative: A figure other than G is below zero.
        VotersMissing: A final sheet without I.
        VotesNotWhole: Decimals in the review of justices.
        SheetUnbalanced: An identity does not hold; names it and the difference.
        ReasonsExceedInvalid: The reasons do not sum to E.
    """
    _require_not_negative(tally)
    if final and tally.voters is None:
        raise VotersMissing
    _require_balanced(tally, final=final)
    by_reason = tally.invalid_by_reason
    if by_reason is not None and sum(by_reason.values()) != tally.invalid:
        raise ReasonsExceedInvalid(sum=sum(by_reason.values()), invalid=tally.invalid)


def _require_not_negative(tally: Tally) -> None:
    wholes = {
        "cut": tally.cut,
        "nobody": tally.nobody,
        "valid": tally.valid,
        "invalid": tally.invalid,
        "ballots": tally.ballots,
        "rejected": tally.rejected,
        "voters": tally.voters or 0,
    }
    for figures in (wholes, tally.votes, tally.no or {}, tally.invalid_by_reason or {}):
        for field, value in figures.items():
            if value < 0:
                raise VotesNegative(field=field, value=value)


def _require_balanced(tally: Tally, *, final: bool) -> None:
    if tally.no is not None:
        _require_review_fits(tally)
    candidate_votes = sum(tally.votes.values()) if tally.no is None else tally.valid * VOTE
    totals = SheetTotals(
        candidate_votes=candidate_votes,
        cut=tally.cut,
        nobody=tally.nobody,
        valid=tally.valid,
        invalid=tally.invalid,
        ballots=tally.ballots,
        taken_away=tally.taken_away,
        rejected=tally.rejected,
        voters=tally.voters or 0,
    )
    for wrong in differences(totals, final=final):
        # Only the sum of votes has decimals; the other identities are in whole ballots.
        unit = 1 if "A" in wrong.identity else VOTE
        raise SheetUnbalanced(
            identity=wrong.identity,
            stated=_format_votes(wrong.stated * unit),
            computed=_format_votes(wrong.computed * unit),
            difference=_format_votes((wrong.stated - wrong.computed) * unit),
        )


def _require_review_fits(tally: Tally) -> None:
    """Per justice, yes + no is at most the valid ballots: the rest is invalid for that justice."""
    for figures in (tally.votes, tally.no or {}):
        for justice, value in figures.items():
            if value % VOTE:
                raise VotesNotWhole(field=justice, value=_format_votes(value))
    for justice, blank in (tally.no or {}).items():
        marked = tally.votes.get(justice, 0) + blank
        if marked > tally.valid * VOTE:
            raise SheetUnbalanced(
                identity=f"{justice}: ×+白 ≤ D",
                stated=str(tally.valid),
                computed=_format_votes(marked),
                difference=_format_votes(tally.valid * VOTE - marked),
            )


def _format_votes(thousandths: int) -> str:
    """Votes as people write them: `1234`, or `1234.567` where there are decimals."""
    whole, rest = divmod(abs(thousandths), VOTE)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{whole}.{rest:03d}" if rest else f"{sign}{whole}"
