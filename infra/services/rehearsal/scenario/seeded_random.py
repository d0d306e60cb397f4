"""Chance that repeats: the same seed gives the same night on every machine and Python."""

from collections.abc import Sequence
from random import Random


def chance(seed: int, *about: str) -> Random:
    """A generator of its own for each subject, so that one more draw here moves nothing there."""
    # Rehearsal data must repeat; nothing secret depends on it.
    return Random("/".join((str(seed), *about)))  # noqa: S311


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Divide a whole number in proportion to the weights; the parts always sum to it.

    Args:
        total: What to divide, not negative.
        weights: One per part, not negative, at least one positive.
    """
    whole = sum(weights)
    parts: list[int] = []
    seen = given = 0
    for weight in weights:
        seen += weight
        upto = total * seen // whole
        parts.append(upto - given)
        given = upto
    return parts


def weight(source: Random, spread: float, base: int = 1_000_000) -> int:
    """A positive weight, log-normal around the base."""
    return 1 + int(base * source.lognormvariate(0.0, spread))
