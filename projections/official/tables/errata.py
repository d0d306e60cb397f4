"""Published cells that the publication itself refutes.

Nothing here knows a year or a place. Each rule looks only at what is published: a cell counts as a
slip when other published cells give our value, and the sentence says which.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeAlias

from aggregates.election.geography import BLOCKS
from aggregates.election.identifiers import VOTE
from aggregates.law.lists.dual_candidacy import HUNDRED_PERCENT
from aggregates.law.rounding import cut_div, half_up_div
from aggregates.law.thresholds import (
    deposit_line_as_printed,
    valid_votes_as_published,
)
from aggregates.rule_package.japan import JAPAN
from projections.documents.models import decimal
from projections.official.tables.official_rows import ALL_PARTIES
from projections.official.tables.official_tables import FolderUnusable, OfficialRow
from projections.official.tables.place_names import (
    is_total,
    parse_block,
    parse_polling_day,
    parse_prefecture,
)

Published: TypeAlias = Mapping[str, tuple[OfficialRow, ...]]
"""Published tables by name."""

_Rule: TypeAlias = Callable[[Published, OfficialRow, str], str]

_HUNDREDTH = Decimal("0.01")
_SEXES = ("male", "female", "total")


def slip(published: Published, table: str, row: OfficialRow, column: str, ours: str) -> str:
    """How the publication refutes its own cell; nothing when it does not.

    Args:
        published: All of its tables.
        table: The table of the cell.
        row: Its row.
        column: Its column; nothing for a row that we do not have at all.
        ours: Our value.
    """
    rule = _RULES.get((table, column))
    try:
        return rule(published, row, ours) if rule is not None else ""
    except (FolderUnusable, KeyError):
        # Tables that lack a column, or have no figure where one must be, refute nothing.
        return ""


def _beyond_the_list(published: Published, row: OfficialRow, _ours: str) -> str:
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


def _change(published: Published, row: OfficialRow, ours: str) -> str:
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
        if last and _round_half_up(row.text("votes"), last) == ours:
            return f"公表の増減 {row.text('votes')} と前回 {last} からは {ours} になる"
    return ""


_LISTS = "party_votes_pr_total"


def _half(sex: str, *, difference: bool = False) -> _Rule:
    """An exact half, which may have gone either way; and the difference that follows from it."""

    def rule(published: Published, row: OfficialRow, ours: str) -> str:
        place = _place(row)
        for each in published.get("electorate", ()):
            if _place(each) == place:
                electors, voters = each.whole(f"electors_{sex}"), each.whole(f"voters_{sex}")
                printed = row.text(f"{'diff' if difference else 'rate'}_{sex}")
                if _is_half(voters, electors) and _one_apart(printed, ours):
                    return f"{voters}÷{electors} はちょうど半端で、どちらの丸めもあり得る"
        return ""

    return rule


def _deposit_line(published: Published, row: OfficialRow, ours: str) -> str:
    """A deposit line (POEA 93) that the votes of the district's candidates do not give."""
    votes = sum(each.votes("votes") for each in _district(published, row))
    rule = JAPAN.rule("house-district", parse_polling_day(row)).thresholds
    line = deposit_line_as_printed(valid_votes_as_published(votes) * VOTE, 1, rule)
    if line is None or decimal(line) != ours:
        return ""
    return f"smd_candidates の得票の合計 {decimal(votes)} からは {ours} になる"


def _district(published: Published, row: OfficialRow) -> list[OfficialRow]:
    """Candidates of the district that a row is of."""
    place = row.text("prefecture"), row.text("district_no")
    return [
        each
        for each in published["smd_candidates"]
        if (each.text("prefecture"), each.text("district_no")) == place
    ]


def _margin_of_candidate(published: Published, row: OfficialRow, ours: str) -> str:
    """惜敗率 that is rounded, as a prefecture may print it; ours, as the others, is cut."""
    most = max(each.votes("votes") for each in _district(published, row))
    own = row.votes("votes") * HUNDRED_PERCENT
    rounded, cut = half_up_div(own, most), cut_div(own, most)
    if (row.votes("sekihai_rate"), ours) != (rounded, decimal(cut)):
        return ""
    votes = f"{decimal(row.votes('votes'))}÷{decimal(most)}"
    return f"{votes} を四捨五入した値で、小数点以下4桁を切り捨てると {ours} になる"


def _margin_of_member(published: Published, row: OfficialRow, ours: str) -> str:
    """惜敗率 of a list as its candidate has it, who is known by block, party and the figure."""
    block, printed = parse_block(row, "block"), row.text("sekihai_rate")
    for each in published["smd_candidates"]:
        if each.text("sekihai_rate") == printed and each.text("party") == row.text("party"):
            why = _margin_of_candidate(published, each, ours)
            if why and _BLOCK_OF[parse_prefecture(each, "prefecture")] == block:
                return why
    return ""


_BLOCK_OF = {prefecture: block.id for block in BLOCKS for prefecture in block.prefectures}


def _ballots(votes: str, total: str, *, invalid: bool) -> _Rule:
    """Ballots that the votes do not give: filled up to whole ones, per prefecture."""

    def rule(published: Published, row: OfficialRow, ours: str) -> str:
        covered = [
            each
            for each in published[votes]
            if each.text("party") == ALL_PARTIES and _covers(row, each)
        ]
        ballots = sum(-(-each.votes(total) // VOTE) for each in covered)
        said = f"{votes} の得票の合計"
        if invalid:
            ballots += row.whole("invalid_votes")
            said += f"と無効投票数 {row.text('invalid_votes')} "
        return f"{said}からは {ours} になる" if str(ballots) == ours else ""

    return rule


def _covers(row: OfficialRow, each: OfficialRow) -> bool:
    """Whether a prefecture's row is of the place, or of the block or nation, that a row sums up."""
    if is_total(each, "prefecture"):
        return False
    if not is_total(row, "prefecture"):
        return each.text("prefecture") == row.text("prefecture")
    return not row.text("block") or each.text("block") == row.text("block")


def _place(row: OfficialRow) -> tuple[str, ...]:
    return tuple(row.text(column) for column in ("tier", "scope", "block", "prefecture"))


def _is_half(part: int, whole: int) -> bool:
    doubled = part * 20_000
    return bool(whole) and doubled % whole == 0 and doubled // whole % 2 == 1


def _one_apart(printed: str, ours: str) -> bool:
    return abs(_number(printed) - _number(ours)) == _HUNDREDTH


def _round_half_up(part: str, whole: str) -> str:
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
    ("smd_districts", "deposit_forfeit_point"): _deposit_line,
    ("smd_candidates", "sekihai_rate"): _margin_of_candidate,
    ("pr_list_entries", "sekihai_rate"): _margin_of_member,
    **{
        (ballots, column): _ballots(votes, total, invalid=column == "total_ballots")
        for ballots, votes, total in (
            ("ballots_smd_by_pref", "party_votes_by_pref_smd", "votes_total"),
            ("ballots_pr_by_block_pref", "party_votes_by_block_pref", "votes"),
        )
        for column in ("valid_votes", "total_ballots")
    },
    **{("turnout", f"rate_{sex}"): _half(sex) for sex in _SEXES},
    **{("turnout", f"diff_{sex}"): _half(sex, difference=True) for sex in _SEXES},
}
