"""Sums that a table prints, held against what stands in it.

A sum may be of the rows above it or below it, of all of them, of the cities or of the towns. One
that is none of these is named with its difference: then a figure, a row or a name is wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from projections.documents.models import decimal
from projections.office_tables.figure_names import FigureItem
from projections.office_tables.table_entries import ROW_SUM, FigureKey, TableEntry
from projections.office_tables.table_layout import TableDoubt
from projections.office_tables.unit_labels import UnitNames

_ADDED = frozenset({"unit", "ambiguous", "other"})


class SumCheck(NamedTuple):
    """What came of it.

    Attributes:
        doubts: Sums that differ.
        sums: Rows without a known name that turned out to be sums of others.
        parts: Rows that together are the unit above them.
    """

    doubts: tuple[TableDoubt, ...]
    sums: tuple[TableEntry, ...]
    parts: tuple[TableEntry, ...]


def check_sums(entries: Sequence[TableEntry], units: UnitNames) -> SumCheck:
    """Hold every sum against the units of a table.

    Args:
        entries: Of one table, or of its pieces side by side, in order.
        units: Names of units.
    """
    parts = _parts_of_units(entries)
    left = [each for each in entries if each not in parts]
    sums = _unnamed_sums(left)
    left = [each._replace(kind="sum") if each in sums else each for each in left]
    doubts = [
        found for at, each in enumerate(left) if each.kind == "sum"
        if (found := _difference(at, left, units)) is not None
    ]  # fmt: skip
    return SumCheck(tuple(doubts), tuple(sums), tuple(parts))


def _difference(at: int, entries: Sequence[TableEntry], units: UnitNames) -> TableDoubt | None:
    """Why a sum is none; None where it is one."""
    total = entries[at]
    if total.flaws:
        return None
    for added in ({"unit"}, _ADDED):
        before = [each for each in entries[:at] if each.kind in added]
        after = [each for each in entries[at + 1 :] if each.kind in added]
        if any(is_sum(total, group) for group in possible_groups(before, after, units)):
            return None
        if _is_run(total, before[::-1]) or _is_run(total, after):
            return None
    group = _natural(at, entries)
    for key, value in total.values.items():
        found = _sum_figures(key, group)
        if found != value:
            return TableDoubt(
                total.row,
                total.column,
                f"「{total.label}」の「{total.headings[key]}」は {decimal(value)} ですが、"
                f"足すと {decimal(found)} です（差 {decimal(value - found)}）。"
                "行の抜けや数字を確かめてください。",
            )
    sentence = f"「{total.label}」がどの開票区の合計か分かりません。"
    return TableDoubt(total.row, total.column, sentence, total.label)


def possible_groups(
    before: list[TableEntry], after: list[TableEntry], units: UnitNames
) -> Iterable[list[TableEntry]]:
    """Rows that a sum may be of, wherever they stand."""
    cities, towns = units.ending("市", "区"), units.ending("町", "村")
    for rows in (before + after, before, after):
        yield rows
        for kind in (cities, towns):
            yield [each for each in rows if each.units and set(each.units) <= kind]


def is_sum(total: TableEntry, group: Sequence[TableEntry]) -> bool:
    """Whether an entry is the sum of others."""
    return bool(group) and all(_sum_figures(key, group) == v for key, v in total.values.items())


def _is_run(total: TableEntry, rows: Sequence[TableEntry]) -> bool:
    """Whether the first so and so many rows have this sum."""
    if not rows or not total.values:
        return False
    fitting = set(range(1, len(rows) + 1))
    for key, value in total.values.items():
        sums = accumulate(each.values.get(key, 0) for each in rows)
        fitting &= {many for many, found in enumerate(sums, start=1) if found == value}
    return bool(fitting)


def _natural(at: int, entries: Sequence[TableEntry]) -> list[TableEntry]:
    """What people would add: the rows above up to the last sum, else those below, else all."""
    above: list[TableEntry] = []
    for each in reversed(entries[:at]):
        if each.kind not in _ADDED:
            break
        above.append(each)
    below: list[TableEntry] = []
    for each in entries[at + 1 :]:
        if each.kind not in _ADDED:
            break
        below.append(each)
    return above or below or [each for each in entries if each.kind in _ADDED]


def _sum_figures(key: FigureKey, group: Iterable[TableEntry]) -> int:
    return sum(each.values.get(key, 0) for each in group)


def _unnamed_sums(entries: Sequence[TableEntry]) -> list[TableEntry]:
    """Rows with a name that nobody knows, which are the sum of two or more rows beside them."""
    found = []
    for at, each in enumerate(entries):
        counted = sum(value != 0 for value in each.values.values())
        if each.kind != "other" or counted < 2:  # noqa: PLR2004 - one figure may be chance
            continue
        before = [entry for entry in entries[:at] if entry.kind == "unit"]
        after = [entry for entry in entries[at + 1 :] if entry.kind == "unit"]
        if _is_run_of_several(each, before[::-1]) or _is_run_of_several(each, after):
            found.append(each)
    return found


def _is_run_of_several(total: TableEntry, rows: Sequence[TableEntry]) -> bool:
    return not _is_run(total, rows[:1]) and _is_run(total, rows)


def _parts_of_units(entries: Sequence[TableEntry]) -> list[TableEntry]:
    """Rows below a unit that are no units and together are that unit."""
    found: list[TableEntry] = []
    for at, each in enumerate(entries):
        if each.kind != "unit":
            continue
        parts: list[TableEntry] = []
        for entry in entries[at + 1 :]:
            if entry.kind != "other":
                break
            parts.append(entry)
        if len(parts) > 1 and is_sum(each, parts):
            found += parts
    return found


def votes_by_option(values: Mapping[FigureKey, int]) -> dict[FigureItem, int]:
    """Votes of each option, whole: as printed, or of men and women together."""
    found: dict[FigureItem, int] = {}
    for (item, part), value in values.items():
        if item.kind != "votes":
            continue
        if part in {"", "together"}:
            found[item] = value
        elif part in {"male", "female"} and not {(item, ""), (item, "together")} & set(values):
            found[item] = found.get(item, 0) + value
    return found


def row_difference(entry: TableEntry, members: frozenset[str]) -> str:
    """Why the figures of a row do not fit together, in Japanese; empty when they do.

    Args:
        entry: The row.
        members: Ids of members, whose votes are within those of their list.
    """
    for whole, parts in _partitions(entry):
        known = [entry.values[part] for part in parts if part in entry.values]
        difference = entry.values[whole] - sum(known)
        if difference and len(known) == len(parts):
            told = "・".join(entry.headings[part] for part in parts)
            return (
                f"「{entry.headings[whole]}」は「{told}」の合計と違います"
                f"（差 {decimal(difference)}）。"
            )
    return _sum_difference(entry, members) or _sheet_difference(entry, members)


def _sheet_difference(entry: TableEntry, members: frozenset[str]) -> str:
    """有効 is not below the votes, and 投票総数 is 有効 and 無効 (D = A + B + C, F = D + E)."""
    valid, invalid, ballots = (
        entry.values.get(FigureKey(FigureItem("figure", name)))
        for name in ("valid", "invalid", "ballots")
    )
    votes = votes_by_option(entry.values)
    counted = sum(value for item, value in votes.items() if item.name not in members)
    if valid is not None and votes and valid < counted:
        return f"有効投票 {decimal(valid)} が候補者等の票の合計 {decimal(counted)} に足りません。"
    if valid is None or invalid is None or ballots is None or valid + invalid == ballots:
        return ""
    return f"投票総数が有効と無効の合計と違います（差 {decimal(ballots - valid - invalid)}）。"


def _sum_difference(entry: TableEntry, members: frozenset[str]) -> str:
    """Why the printed sum of the votes is none."""
    stated = entry.values.get(ROW_SUM)
    votes = votes_by_option(entry.values)
    has_blank = any(key.item.kind == "votes" for key in entry.blanks)
    if stated is None or not votes or has_blank:
        return ""
    found = sum(value for item, value in votes.items() if item.name not in members)
    beside = sum(entry.values.get(FigureKey(FigureItem("figure", n)), 0) for n in ("cut", "nobody"))
    if stated in {found, found + beside}:
        return ""
    return (
        f"「{entry.headings[ROW_SUM]}」は {decimal(stated)} ですが、候補者等の票を足すと"
        f" {decimal(found)} です（差 {decimal(stated - found)}）。"
    )


def _partitions(entry: TableEntry) -> Iterable[tuple[FigureKey, tuple[FigureKey, ...]]]:
    """Sums within a row: men and women, the list's name and its members."""
    for key in entry.values:
        item, part = key
        if item.kind == "votes" and part == "together":
            yield key, (FigureKey(item, "male"), FigureKey(item, "female"))
            # A column without a word for its part is the same number, or something else.
            yield key, (FigureKey(item),)
        elif item.kind == "votes" and part == "":
            yield key, (FigureKey(item, "name"), FigureKey(item, "members"))
        elif item.kind == "turnout" and item.name.endswith(".together"):
            field = item.name.partition(".")[0]
            sexes = (FigureItem("turnout", f"{field}.{sex}") for sex in ("male", "female"))
            yield key, tuple(FigureKey(each) for each in sexes)


def zeros_by_sum(entry: TableEntry, members: frozenset[str]) -> frozenset[FigureKey]:
    """Blank cells that can only be zero, because what is printed makes up the whole sum.

    Args:
        entry: The row.
        members: Ids of members, whose votes are within those of their list.
    """
    found: set[FigureKey] = set()
    for whole, parts in _partitions(entry):
        blank = {part for part in parts if part in entry.blanks}
        known = [entry.values[part] for part in parts if part in entry.values]
        if blank and len(known) + len(blank) == len(parts) and sum(known) == entry.values[whole]:
            found |= blank
    votes = votes_by_option(entry.values)
    counted = sum(value for item, value in votes.items() if item.name not in members)
    blank = {key for key in entry.blanks if key.item.kind == "votes" and key.part == ""}
    blank = {key for key in blank if key.item.name not in members}
    if blank and entry.values.get(ROW_SUM) == counted:
        found |= blank
    return frozenset(found)


def blank_fault(entry: TableEntry, members: frozenset[str]) -> str:
    """Why a row with an empty cell cannot be used, in Japanese; empty when it can.

    Votes of somebody are never left open beside those of others. A sum or a line of the sheet that
    is missing alone shows that cells have moved.

    Args:
        entry: The row.
        members: Ids of members, whose votes are within those of their list.
    """
    for key in sorted(entry.blanks - zeros_by_sum(entry, members)):
        if key.item.kind == "votes":
            return f"「{entry.headings[key]}」が空欄です。票がなければ 0 と書いてください。"
    has_votes = any(key.item.kind == "votes" for key in entry.values)
    lines = [FigureKey(FigureItem("figure", n)) for n in ("valid", "invalid", "ballots", "voters")]
    has_lines = any(key in entry.values for key in lines)
    alone = [key for key in lines if key in entry.blanks and has_lines]
    alone += [ROW_SUM] if ROW_SUM in entry.blanks and has_votes else []
    if alone:
        heading = entry.headings[alone[0]]
        return f"「{heading}」だけが空欄です。列がずれていないか確かめてください。"
    return ""
