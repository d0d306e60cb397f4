"""The kinds of contests as the report groups them, as data."""

from typing import NamedTuple

from aggregates.election.identifiers import ContestKind


class ReportTier(NamedTuple):
    """All contests of one kind.

    Attributes:
        kind: Kind of contest.
        code: Short name, part of tables' ids and their `tier` column.
        word: What the report calls it.
        lists: Whether lists stand, not persons.
        blocks: Whether it is cut by list block as well.
    """

    kind: ContestKind
    code: str
    word: str
    lists: bool = False
    blocks: bool = False


TIERS: tuple[ReportTier, ...] = (
    ReportTier("house-district", "smd", "小選挙区"),
    ReportTier("house-block", "pr", "比例代表", lists=True, blocks=True),
    ReportTier("upper-district", "district", "選挙区"),
    ReportTier("upper-list", "list", "比例代表", lists=True),
    ReportTier("governor", "governor", "知事"),
    ReportTier("mayor", "mayor", "市区町村長"),
    ReportTier("prefectural-assembly", "prefectural-assembly", "都道府県議会議員"),
    ReportTier("municipal-assembly", "municipal-assembly", "市区町村議会議員"),
)
"""Tiers in the order of the report; the review of justices has tables of its own."""

JUSTICES = ReportTier("justices", "review", "国民審査")

OTHERS = "諸派"
INDEPENDENT = "無所属"

AGE_BANDS: tuple[tuple[str, int, int], ...] = (
    *((f"{low}歳～{low + 4}歳", low, low + 4) for low in range(25, 70, 5)),
    ("70歳以上", 70, 200),
)
"""Title, first and last age: bands of five years from 25, as published since 2014."""
