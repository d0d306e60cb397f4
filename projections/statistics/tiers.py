"""The kinds of contests as the report groups them: rows of the log's rule package."""

from datetime import date
from typing import NamedTuple

from aggregates.rule_package.kind_rule import Block, KindRule
from aggregates.rule_package.package import RulePackage


class ReportTier(NamedTuple):
    """All contests of one kind.

    Attributes:
        rule: What the log's package says of the kind.
    """

    rule: KindRule

    @property
    def kind(self) -> str:
        """Kind of contest."""
        return self.rule.kind

    @property
    def code(self) -> str:
        """Short name, part of tables' ids and their `tier` column."""
        return self.rule.tier or self.rule.kind

    @property
    def word(self) -> str:
        """What the report calls it."""
        return self.rule.report or self.rule.name

    @property
    def lists(self) -> bool:
        """Whether lists stand, not persons."""
        return self.rule.is_list

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks by which it is cut as well."""
        return self.rule.blocks


def report_tiers(package: RulePackage, polling_day: date) -> tuple[ReportTier, ...]:
    """Every kind that can be held on a polling day, in the order of the package."""
    return tuple(ReportTier(rule) for rule in package.rules_on(polling_day).values())


OTHERS = "諸派"
INDEPENDENT = "無所属"

AGE_BANDS: tuple[tuple[str, int, int], ...] = (
    *((f"{low}歳～{low + 4}歳", low, low + 4) for low in range(25, 70, 5)),
    ("70歳以上", 70, 200),
)
"""Title, first and last age: bands of five years from 25, as published since 2014."""
