"""What must add up on a tally sheet (開票録): the three identities of the official form.

The letters are the form's: A candidate votes, B cut, C nobody's, D valid, E invalid, F ballots,
G taken away, H rejected, I voters.
"""

from typing import Literal, NamedTuple

THOUSANDTHS = 1000
"""One vote is a thousand thousandths."""

Identity = Literal["D = A + B + C", "F = D + E", "I = F + G + H"]


class SheetTotals(NamedTuple):
    """The totals of one tally sheet.

    `candidate_votes` (A), `cut` (B) and `nobody` (C) are thousandths of a vote; all the others are
    whole. `taken_away` (G) may be negative: more ballots than voters happens, and is explained in
    writing rather than refused. `voters` (I) come from the turnout.
    """

    candidate_votes: int
    cut: int
    nobody: int
    valid: int
    invalid: int
    ballots: int
    taken_away: int
    rejected: int
    voters: int


class Difference(NamedTuple):
    """An identity that does not hold: what the sheet states, and what its parts come to.

    For "D = A + B + C" both are thousandths of a vote, for the other two whole ballots.
    """

    identity: Identity
    stated: int
    computed: int


def differences(totals: SheetTotals, final: bool) -> tuple[Difference, ...]:  # noqa: FBT001
    """Return the identities that do not hold, in the order of the form; empty means balanced.

    An interim sheet is asked the first two only: while ballots lie uncounted, ballots and voters
    cannot agree yet.
    """
    valid = totals.candidate_votes + totals.cut + totals.nobody
    ballots = totals.valid + totals.invalid
    voters = totals.ballots + totals.taken_away + totals.rejected
    wrong: list[Difference] = []
    if totals.valid * THOUSANDTHS != valid:
        wrong.append(Difference("D = A + B + C", totals.valid * THOUSANDTHS, valid))
    if totals.ballots != ballots:
        wrong.append(Difference("F = D + E", totals.ballots, ballots))
    if final and totals.voters != voters:
        wrong.append(Difference("I = F + G + H", totals.voters, voters))
    return tuple(wrong)
