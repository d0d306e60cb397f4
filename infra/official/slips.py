"""Published cells that the publication itself refutes.

Nothing here knows a year or a place. Each rule looks only at what is published: a cell counts as a
slip when other published cells give our value, and the sentence says which.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeAlias

from infra.official.tables import Row

Published: TypeAlias = Mapping[str, tuple[Row, ...]]
"""Published tables by name."""

_Rule: TypeAlias = Callable[[Published, Row, str], str]

_HUNDREDTH = Decimal("0.01")
_SEXES = ("male", "female", "total")


def slip(published: Published, table: str, row: Row, column: str, ours: str) -> str:
    """How the publication refutes its own cell; nothing when it does not.

    Args:
        published: All of its tables.
        table: The table of the cell.
        row: Its row.
        column: Its column; nothing for a row that we do not have at all.
        ours: Our value.
    """
    rule = _RULES.get((table, column))
    return rule(published, row, ours) if rule is not None else ""


def _beyond_the_list(published: Published, row: Row, _ours: str) -> str:
    """A quotient printed past the members left on the list, without a seat (POEA 95-2)."""
    if row.text("seat_rank"):
        return ""
    members = [
        each
        for each in published.get("pr_list_entries", ())
        if each.text("block") == row.text("block") and each.text("party") == row.text("party")
    ]
    left = sum(
        each.text("smd_result") != "当" and not each.flag("sekihai_excluded") for each in members
    )
    if not members or row.whole("divisor") <= left:
        return ""
    return f"名簿に残る者は pr_list_entries では{left}人で、他の名簿の商はその数までである"


def _change(published: Published, row: Row, ours: str) -> str:
    """A rate of change that the two figures beside it do not give."""
    if row.text("period") != "diff":
        return ""
    table = published["party_votes_smd_total" if row.text("tier") == "smd" else _LISTS]
    before = [
        each.text("votes")
        for each in table
        if each.text("period") == "previous" and each.text("party") == row.text("party")
    ]
    for last in before:
        if last and _rounded(row.text("votes"), last) == ours:
            return f"公表の増減 {row.text('votes')} と前回 {last} からは {ours} になる"
    return ""


_LISTS = "party_votes_pr_total"


def _half(sex: str, *, difference: bool = False) -> _Rule:
    """An exact half, which may have gone either way; and the difference that follows from it."""

    def rule(published: Published, row: Row, ours: str) -> str:
        place = _place(row)
        for each in published.get("electorate", ()):
            if _place(each) == place:
                electors, voters = each.whole(f"electors_{sex}"), each.whole(f"voters_{sex}")
                printed = row.text(f"{'diff' if difference else 'rate'}_{sex}")
                if _is_half(voters, electors) and _one_apart(printed, ours):
                    return f"{voters}÷{electors} はちょうど半端で、どちらの丸めもあり得る"
        return ""

    return rule


def _place(row: Row) -> tuple[str, ...]:
    return tuple(row.text(column) for column in ("tier", "scope", "block", "prefecture"))


def _is_half(part: int, whole: int) -> bool:
    doubled = part * 20_000
    return bool(whole) and doubled % whole == 0 and doubled // whole % 2 == 1


def _one_apart(printed: str, ours: str) -> bool:
    return abs(_number(printed) - _number(ours)) == _HUNDREDTH


def _rounded(part: str, whole: str) -> str:
    value = _number(part) * 100 / _number(whole)
    return str(value.quantize(_HUNDREDTH, ROUND_HALF_UP))


def _number(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal(0)


_RULES: dict[tuple[str, str], _Rule] = {
    ("dhondt_quotients", ""): _beyond_the_list,
    ("party_votes_smd_total", "share_pct"): _change,
    ("party_votes_pr_total", "share_pct"): _change,
    **{("turnout", f"rate_{sex}"): _half(sex) for sex in _SEXES},
    **{("turnout", f"diff_{sex}"): _half(sex, difference=True) for sex in _SEXES},
}
