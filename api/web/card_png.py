"""The picture that messengers show beside a link, as PNG: most of them show no SVG.

It is drawn from the SVG by the typesetter of our reports, with the font that comes with the
program; a character that the font lacks is drawn as 〓.
"""

import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import typst
from noto_cjk_sans_jp_regular import FONT_PATH

from infra.services.reporting.font_coverage import printable

WIDTH, HEIGHT = 1200, 630
"""Pixels; the size that networks ask of a large picture."""

_PAGE: Final = (
    f"#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)\n"
    f'#image("card.svg", width: {WIDTH}pt, height: {HEIGHT}pt)\n'
).encode()
_PIXELS_PER_INCH: Final = 72.0
"""A pixel for each point."""
_KEPT: Final = 64
"""A link is shared many times while the same figures stand."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[Path(FONT_PATH).parent])


@lru_cache(maxsize=_KEPT)
def card_png(svg: bytes) -> bytes:
    """Draw a card of `card.xml` as PNG, 1200 by 630; the same card gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "card.svg").write_text(printable(svg.decode()), encoding="utf-8")
        made = typst.Compiler(_PAGE, root=folder, font_paths=_fonts()).compile(
            format="png", ppi=_PIXELS_PER_INCH
        )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter drew several pictures of one card")
    return made
