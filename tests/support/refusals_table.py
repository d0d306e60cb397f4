"""Write docs/refusals.md from the refusals themselves: `python -m tests.support.refusals_table`."""

from collections.abc import Iterator
from pathlib import Path

from aggregates.errors import all_refusals

PAGE = Path(__file__).parents[2] / "docs" / "refusals.md"

_HEAD = """# Refusals

Whatever is against a rule is refused, and nothing is recorded. The code never changes; the Japanese
sentence is what offices read, with the facts of the case in place of the words in braces.
`invalid`: what was sent cannot be right. `conflict`: it does not fit what is recorded. `missing`:
it names something that is not here. `forbidden`: it may not be done here.

This page is written by `python -m tests.support.refusals_table`.

| code | category | 日本語 | English |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"{row}\n" for row in _rows())


def _rows() -> Iterator[str]:
    for refusal in sorted(all_refusals(), key=lambda each: each.code):
        english = (refusal.__doc__ or "").strip()
        yield f"| `{refusal.code}` | {refusal.category} | {refusal.japanese} | {english} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
