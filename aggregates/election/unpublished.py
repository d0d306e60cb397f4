"""Which lines a final sheet may leave out: in a replay those that nobody published."""

from typing import Final, NamedTuple


class Unpublished(NamedTuple):
    """Lines that a final sheet may leave out: in a replay what was not published (from rules 3).

    Attributes:
        ballots: D, E and F, where the law takes nothing from them.
        voters: I.
    """

    ballots: bool = False
    voters: bool = False


STATED: Final = Unpublished()
"""Every line is there: of all sheets but those of a replay."""
