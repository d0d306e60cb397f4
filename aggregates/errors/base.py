"""What every refusal has: code, category, two sentences, facts.

The docstring of a refusal is its sentence in English, `japanese` the one that offices read, its
facts are for machines, and its `code` never changes. Nothing is recorded when one is raised.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal

Fact = str | int | tuple[str, ...]
Category = Literal["invalid", "conflict", "forbidden", "missing"]


class Refusal(Exception):  # noqa: N818 - the field's word is refusal, not error
    """What was asked is against a rule; nothing was recorded."""

    code: ClassVar[str] = "refused"
    category: ClassVar[Category] = "invalid"
    japanese: ClassVar[str] = "受け付けられません。"

    def __init__(self, **facts: Fact) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def english(self) -> str:
        """The rule as a sentence, for developers."""
        return (type(self).__doc__ or "").strip()

    def __str__(self) -> str:
        """Say in Japanese what is wrong, where, and what to do."""
        return self.japanese.format(
            **{name: _format_value(fact) for name, fact in self.facts.items()}
        )


def _format_value(fact: Fact) -> str:
    if isinstance(fact, tuple):
        return "、".join(fact) if fact else "なし"
    return str(fact)


def all_refusals(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal there is, for the table in the handbook and for tests."""
    for refusal in root.__subclasses__():
        yield refusal
        yield from all_refusals(refusal)
