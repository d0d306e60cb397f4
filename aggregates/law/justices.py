"""Review of justices (最高裁判所裁判官国民審査法 32): who is dismissed. Whole votes."""

from dataclasses import dataclass

from aggregates.law.refusals import natural

ELECTORS_PER_BALLOT = 100
"""Ballots must reach one hundredth of the electors."""


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a justice is dismissed, and whether enough ballots were cast for that at all."""

    dismissed: bool
    enough_ballots: bool


def review(yes: int, no: int, ballots: int, electors: int) -> Review:
    """Decide for one justice.

    Args:
        yes: votes for dismissal (罷免を可とする投票).
        no: votes without a mark (罷免を可としない投票).
        ballots: all ballots of the nation, valid or not (投票の総数).
        electors: all electors registered for the review.

    Raises NegativeFigure.
    """
    for what, figure in (("yes", yes), ("no", no), ("ballots", ballots), ("electors", electors)):
        natural(what, figure)
    # Article 32, proviso: below a hundredth of the electors nobody is dismissed.
    enough = ballots * ELECTORS_PER_BALLOT >= electors
    # Article 32: more for dismissal than against; a tie keeps the justice.
    return Review(dismissed=enough and yes > no, enough_ballots=enough)
