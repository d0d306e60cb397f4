"""One colour and one pattern per party, so that no picture depends on telling colours apart.

A colour that the register states is used as it is. A party without one gets one from the palette
by its place in the register; from the second round of the palette on, a pattern lies over it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from aggregates.election.ballot import Party

# Every colour has a contrast of at least 4.5 to white, for the figures that stand on it.
PALETTE = (
    "#1d4f9e", "#b3261e", "#00704a", "#8f4e00", "#5f3aa8",
    "#00697f", "#a3195b", "#5c6300", "#5a3e2b", "#44505c",
)  # fmt: skip
NEUTRAL = "#666666"
"""Independents, justices, and whatever is no party."""
PATTERNS = 6
"""Patterns defined in the layout; number 0 is none."""


class Shade(NamedTuple):
    """How a party is drawn.

    Attributes:
        fill: Its colour.
        pattern: Number of the pattern over it; 0 for none.
    """

    fill: str
    pattern: int


_NO_PARTY = Shade(NEUTRAL, 0)


class Shades(dict[str, Shade]):
    """Party id -> shade; neutral for everybody else."""

    def __missing__(self, party: str) -> Shade:
        return _NO_PARTY


def shades(parties: Mapping[str, Party]) -> Shades:
    """The shades of all parties of a register, in its order."""
    return Shades({
        id_: Shade(
            party.color or PALETTE[place % len(PALETTE)],
            _pattern(place, is_stated=party.color is not None),
        )
        for place, (id_, party) in enumerate(parties.items())
    })  # fmt: skip


def _pattern(place: int, *, is_stated: bool) -> int:
    """Stated colours may look alike to some readers, so neighbours differ in their pattern."""
    return place % PATTERNS if is_stated else (place // len(PALETTE) + place) % PATTERNS
