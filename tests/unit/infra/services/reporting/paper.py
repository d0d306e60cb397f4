"""What a reader of a printed PDF sees: words in their places, page by page."""

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

_XHTML = "{http://www.w3.org/1999/xhtml}"
_EDGE = 20.0
"""Points that stay empty around every page."""

_HEADER, _FOOTER = 45.0, 38.0
"""Points of a page above and below its tables."""

_HEADING_HEIGHT = 8.5
"""Lines of headings are higher than that; those of tables and notes are not."""

_TOUCH = 0.6
"""Boxes of neighbouring words may meet by that much: they include the air of their type."""


class Word(NamedTuple):
    """A word and its box in points, from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Page(NamedTuple):
    """A page and its words."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def body(self) -> tuple[Word, ...]:
        """Words between header and footer."""
        bottom = self.height - _FOOTER
        return tuple(w for w in self.words if w.top > _HEADER and w.bottom < bottom)

    def first_line(self) -> str:
        """The uppermost line of the body."""
        top = min(word.top for word in self.body)
        return " ".join(word.text for word in self.body if word.top < top + 2)


def pages_of(path: Path) -> list[Page]:
    """Pages of a PDF as pdftotext sees them."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is missing: apt-get install poppler-utils")
    done = subprocess.run(
        [program, "-bbox", str(path), "-"], check=True, capture_output=True, timeout=120
    )
    root = ET.fromstring(done.stdout)  # noqa: S314 - written by pdftotext
    return [
        Page(
            number,
            float(page.attrib["width"]),
            float(page.attrib["height"]),
            tuple(_word(word) for word in page.iter(f"{_XHTML}word")),
        )
        for number, page in enumerate(root.iter(f"{_XHTML}page"), start=1)
    ]


def _word(found: ET.Element) -> Word:
    sides = (float(found.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax"))
    return Word(found.text or "", *sides)


def clipped(pages: list[Page]) -> list[tuple[int, str]]:
    """Words beyond the edge of their page."""
    return [
        (page.number, word.text)
        for page in pages
        for word in page.words
        if word.left < _EDGE
        or word.right > page.width - _EDGE
        or word.top < _EDGE
        or word.bottom > page.height - _EDGE
    ]


def widows(pages: list[Page]) -> list[tuple[int, str]]:
    """Headings at the foot of a page, without anything of what they head."""
    last = ((page.number, max(page.body, key=lambda w: w.bottom)) for page in pages if page.body)
    return [(number, word.text) for number, word in last if word.height > _HEADING_HEIGHT]


def overlapping(pages: list[Page]) -> list[tuple[int, str, str]]:
    """Neighbours of one line that print over each other."""
    found = []
    for page in pages:
        lines: dict[float, list[Word]] = {}
        for word in page.words:
            lines.setdefault(round(word.top, 1), []).append(word)
        for line in lines.values():
            line.sort(key=lambda word: word.left)
            found += [
                (page.number, left.text, right.text)
                for left, right in pairwise(line)
                if left.right > right.left + _TOUCH
            ]
    return found
