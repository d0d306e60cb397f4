"""Refusals of the law: figures to which an article cannot be applied."""

from typing import ClassVar


class Unlawful(ValueError):  # noqa: N818 - the field's word is refusal, not error
    """The law cannot be applied to these figures."""

    code: ClassVar[str] = "unlawful"

    def __init__(self, **facts: str | int) -> None:
        self.facts = facts
        told = ", ".join(f"{name}: {fact}" for name, fact in facts.items())
        super().__init__(f"{type(self).__doc__} ({told})")


class NegativeFigure(Unlawful):
    """Votes, seats and ballots are counted from zero upwards."""

    code = "negative-figure"


class DivisorNotPositive(Unlawful):
    """A figure can only be divided by one or more."""

    code = "divisor-not-positive"


class NoRuleInForce(Unlawful):
    """The table of this rule does not reach back to that polling day."""

    code = "no-rule-in-force"


class VotesForNoList(Unlawful):
    """Votes are given for something that is not on the ballot of this contest."""

    code = "votes-for-no-list"


def natural(what: str, figure: int) -> int:
    """Return the figure, or raise NegativeFigure naming what it is."""
    if figure < 0:
        raise NegativeFigure(what=what, figure=figure)
    return figure
