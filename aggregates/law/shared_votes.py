"""Division of shared votes (按分, POEA 68-2(4) and (5)): valid ballots that fit several."""

from collections.abc import Mapping
from dataclasses import dataclass

from aggregates.law.refusals import Unlawful, natural

THOUSANDTHS = 1000
"""One ballot is a thousand thousandths of a vote."""


class SharedBetweenTwoOrMore(Unlawful):
    """A pool is shared between two or more; a ballot that fits one alone is simply theirs."""

    code = "shared-between-two-or-more"


@dataclass(frozen=True, slots=True)
class Division:
    """A divided pool in thousandths: shares + cut + nobody = the pool, always.

    Attributes:
        shares: sharer -> what is added to their votes (A on the tally sheet), by id.
        cut: dropped after the third decimal (按分の際切り捨てた票数, B).
        nobody: the pool, if no sharer has a vote of their own (いずれの候補者にも属さない票, C).
    """

    shares: Mapping[str, int]
    cut: int
    nobody: int


def divide(pool: int, own: Mapping[str, int]) -> Division:
    """Divide a pool of one counting district in proportion to the sharers' own votes.

    Args:
        pool: whole ballots that fit all of these and nobody else.
        own: sharer -> their other valid votes in this counting district, in thousandths: without
            any pool ("その他の有効投票数"); for an Upper House list without its members' votes.

    Raises:
        SharedBetweenTwoOrMore: for fewer than two sharers.
        NegativeFigure: for a negative pool or negative votes.
    """
    thousandths = natural("pool", pool) * THOUSANDTHS
    if len(own) <= 1:
        raise SharedBetweenTwoOrMore(sharers=len(own))
    whole = sum(natural("own", votes) for votes in own.values())
    if whole == 0:
        # Nothing to be in proportion to: the ballots stay valid and belong to nobody.
        return Division(shares=dict.fromkeys(sorted(own), 0), cut=0, nobody=thousandths)
    # POEA 68-2(4): in proportion to their other valid votes; cut, never rounded.
    shares = {each: thousandths * own[each] // whole for each in sorted(own)}
    return Division(shares=shares, cut=thousandths - sum(shares.values()), nobody=0)
