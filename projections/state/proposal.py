"""What the law makes of the final figures of a contest."""

import msgspec

from aggregates.counting.outcome import Outcome


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """The law's answer for a contest on final figures.

    Attributes:
        outcome: The winners; None while figures are missing or a lot is needed.
        lot_between: Who is equal at the last seat, if anybody is.
        waiting_units: Units not final yet, or whose figures no longer fit the ballot.
        waiting_contests: Districts a list contest waits for.
    """

    outcome: Outcome | None = None
    lot_between: tuple[str, ...] = ()
    waiting_units: tuple[str, ...] = ()
    waiting_contests: tuple[str, ...] = ()
