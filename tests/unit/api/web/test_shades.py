"""Parties are told apart without colour, and what stands on a colour can be read."""

from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.ballot import Party
from api.web.colors import NEUTRAL, PALETTE, PATTERNS, shades

_READABLE = 4.5


def parties(*colors: str | None) -> dict[str, Party]:
    return {
        f"p{place}": Party(id=f"p{place}", name="党", short="党", color=color)
        for place, color in enumerate(colors)
    }


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_white_figures_can_be_read_on_every_colour() -> None:
    for color in (*PALETTE, NEUTRAL):
        assert 1.05 / (luminance(color) + 0.05) >= _READABLE, color


@given(st.integers(1, 40))
def test_no_two_of_forty_parties_without_a_colour_look_alike(count: int) -> None:
    found = shades(parties(*[None] * count))

    assert len(set(found.values())) == count


def test_a_stated_colour_is_kept_and_neighbours_have_other_patterns() -> None:
    found = shades(parties("#112233", "#112233", "#112233"))

    assert {shade.fill for shade in found.values()} == {"#112233"}
    assert len({shade.pattern for shade in found.values()}) == 3
    assert all(0 <= shade.pattern < PATTERNS for shade in found.values())


def test_everybody_else_is_neutral() -> None:
    assert shades({})[""].fill == NEUTRAL
