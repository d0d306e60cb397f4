"""Elections of persons: the most votes win (POEA 95), unless nobody had to be asked (POEA 100).

House districts, Upper House districts, governors, mayors and assemblies.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from aggregates.law.lots import NO_LOTS, Lots, rank_by_score
from aggregates.law.refusals import natural


@dataclass(frozen=True, slots=True)
class Plurality:
    """Who is elected, and how many seats stay empty.

    Attributes:
        elected: by votes, most first; equals who all win by id, drawn equals as drawn.
        below_minimum: those who cannot win (法定得票数 not reached, or no vote at all), by id.
        vacant: seats nobody may take. More than zero means another election (再選挙, POEA 109
            and 110).
    """

    elected: tuple[str, ...]
    below_minimum: tuple[str, ...]
    vacant: int


def no_poll_needed(candidates: Collection[str], seats: int) -> bool:
    """Whether no poll is held, as there are no more candidates than seats (無投票).

    POEA 100(1) (House districts), 100(4) (Upper House districts, assemblies, heads). With no
    candidate at all there is no poll either, and the seats stay empty. Raises NegativeFigure.
    """
    return len(candidates) <= natural("seats", seats)


def elect(
    votes: Mapping[str, int], seats: int, minimum: Fraction | None, lots: Lots = NO_LOTS
) -> Plurality:
    """Give the seats to the most votes among those who reached the minimum.

    Args:
        votes: candidate -> votes in thousandths; only of those who are still candidates.
        seats: the seats to be filled at this election.
        minimum: from `thresholds.statutory_minimum`, exact and in thousandths; None where there is
            none. Exactly the minimum is enough ("以上").
        lots: what was drawn so far.

    Raises:
        DrawLots: if equal votes straddle the last seat and no lot between them is recorded.
        NegativeFigure: if seats or votes are negative.
    """
    natural("seats", seats)
    # POEA 95(1), proviso: without that many votes nobody is elected, not even with the most.
    reached = {
        candidate: own
        for candidate, own in votes.items()
        if natural("votes", own) > 0 and (minimum is None or own >= minimum)
    }
    # POEA 95(1): the most valid votes; 95(2): equal votes are decided by lot.
    elected = rank_by_score(reached, seats, lots)[:seats]
    return Plurality(
        elected=elected,
        below_minimum=tuple(sorted(set(votes) - set(reached))),
        vacant=seats - len(elected),
    )
