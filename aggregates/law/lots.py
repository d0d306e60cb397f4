"""Lots (くじ): software stops at a tie and says between whom; people draw, and it is recorded.

POEA 95(2) (elections of persons), 95-2(2) and (3) (House lists) and 95-3 (Upper House lists) all
give the lot to the chairman (選挙長) in the election meeting (選挙会).
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, TypeVar

Lots = Mapping[frozenset[str], tuple[str, ...]]
"""For a set of tied ids the order in which they were drawn, the first being preferred."""

NO_LOTS: Lots = MappingProxyType({})
"""Nothing was drawn: every tie that matters stops."""

Score = TypeVar("Score", int, Fraction)


class DrawLots(Exception):  # noqa: N818 - not an error: a task for people
    """These are equal and not all of them can win: a lot decides how many are left.

    Attributes:
        between: the ids that are equal, sorted.
        seats_left: how many of them win, at least one and fewer than all.
    """

    code: ClassVar[str] = "draw-lots"

    def __init__(self, between: Iterable[str], seats_left: int) -> None:
        self.between = tuple(sorted(between))
        self.seats_left = seats_left
        super().__init__(
            f"A lot must be drawn and recorded between {', '.join(self.between)}: "
            f"{self.seats_left} of {len(self.between)} win."
        )


def resolve(tied: Iterable[str], seats_left: int, lots: Lots) -> tuple[str, ...]:
    """Return all of the tied in the order drawn, or raise DrawLots.

    A record that does not list exactly the tied is not a lot between them, and is not used.
    """
    between = frozenset(tied)
    drawn = lots.get(between, ())
    if sorted(drawn) != sorted(between):
        raise DrawLots(between, seats_left)
    return drawn


def rank_by_score(scores: Mapping[str, Score], seats: int, lots: Lots) -> tuple[str, ...]:
    """Order the ids by score, highest first; raise DrawLots if equals straddle the last seat.

    Equals that all win, or all lose, need no lot to know who is elected; they follow by id, so that
    the same figures always give the same order. Drawn equals follow as they were drawn.
    """
    order: list[str] = []
    for score in sorted(set(scores.values()), reverse=True):
        equals = sorted(each for each, own in scores.items() if own == score)
        left = seats - len(order)
        straddling = 0 < left < len(equals)
        order += resolve(equals, left, lots) if straddling else equals
    return tuple(order)
