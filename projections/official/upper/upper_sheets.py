"""Final sheets of an Upper House election: a prefecture of a district, and the nation's lists.

What was published of a prefecture is stated of the prefecture, what was published of the nation of
the nation: nothing is spread over units. Lines that nobody published are left out: I everywhere,
and D, E and F of the lists. Spread is only what names lost: fractions of votes that a candidate
shares with others of the same party and sex, whose sum was published; the sheet says so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aggregates.election.geography import NATION_PLACE, PLACES, Unit
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Estimated, Tally
from aggregates.reference.largest_remainder import spread
from projections.official.tables.official_tables import FolderUnusable
from projections.official.tables.unit_sheets import reason_for_no_pools
from projections.official.upper.upper_register import (
    NATIONAL_LIST,
    UpperDistrict,
    UpperListStanding,
    UpperRegister,
    UpperStanding,
)
from projections.official.upper.upper_tables import GroupKey, UpperFolder

FRACTIONS_SPREAD: Final = (
    "一部の候補者の得票は整数までしか公表されていない。小数は、公表された党派別・男女別の合計に"
    "合うように割り振った。"
)
"""Written on the sheet of a district with candidates whose fractions were not published."""

PLACES_SPREAD: Final = (
    "県ごとの得票は党派別・男女別にだけ公表されている。同じ党派の候補者には得票に応じて割り振った。"
)
"""Written on the sheets of a joint district with several candidates of a party."""

MEMBERS_WHOLE: Final = (
    "登載者の得票は整数までしか公表されていない。その小数は、名簿の得票に含まれている。"
)
"""Written on the sheet of the lists."""

_Group = tuple[str, str]
"""Party and sex."""


@dataclass(frozen=True, slots=True)
class UpperSheet:
    """A final sheet.

    Attributes:
        contest: Id.
        unit: The prefecture, or the nation.
        tally: Its figures.
        remark: What the publication leaves open.
    """

    contest: str
    unit: Unit
    tally: Tally
    remark: str


def upper_sheets(folder: UpperFolder, register: UpperRegister) -> tuple[UpperSheet, ...]:
    """Every final sheet: districts by prefecture, then the lists.

    Raises:
        FolderUnusable: The ballots of a prefecture are missing, votes of a joint district do not
            fit together, or members of a list have more votes than the list.
    """
    districts = (sheet for each in register.districts for sheet in _district(folder, each))
    return (*districts, _list_sheet(folder, register))


# --- districts ------------------------------------------------------------------------------


def _district(folder: UpperFolder, district: UpperDistrict) -> Iterator[UpperSheet]:
    votes, fractions = _with_fractions(folder, district)
    parts, divided = _by_prefecture(folder, district, votes)
    marks: tuple[Estimated, ...] = ("votes",) if fractions or divided else ()
    remark = FRACTIONS_SPREAD * fractions + PLACES_SPREAD * divided
    for prefecture, part in parts.items():
        unit = _unit(prefecture)
        yield UpperSheet(district.id, unit, _tally(folder, prefecture, part, marks), remark)


def _with_fractions(folder: UpperFolder, district: UpperDistrict) -> tuple[dict[str, int], bool]:
    """Votes per candidate, lost fractions put back where the sum of their group says how much."""
    votes = {each.candidate.id: each.row.votes for each in district.standing}
    spread_any = False
    for group, people in _groups(district.standing).items():
        lost = [each.candidate.id for each in people if not each.row.exact]
        stated = sum(folder.group_votes.get(key, 0) for key in _keys(district, group))
        left = stated - sum(votes[each.candidate.id] for each in people)
        if lost and 0 < left < len(lost) * VOTE:
            for option, more in zip(lost, spread(left, [1] * len(lost)), strict=True):
                votes[option] += more
            # One alone has what is left: nothing is guessed.
            spread_any |= len(lost) > 1
    return votes, spread_any


def _by_prefecture(
    folder: UpperFolder, district: UpperDistrict, votes: Mapping[str, int]
) -> tuple[dict[str, dict[str, int]], bool]:
    """Votes per prefecture of a district, and whether candidates of a group had to share them."""
    prefectures = district.row.prefectures
    if len(prefectures) == 1:
        return {prefectures[0]: dict(votes)}, False
    parts: dict[str, dict[str, int]] = {code: {} for code in prefectures}
    divided = False
    for group, people in _groups(district.standing).items():
        left = [votes[each.candidate.id] for each in people]
        stated = [folder.group_votes.get(key, 0) for key in _keys(district, group)]
        if sum(stated) != sum(left):
            raise people[0].row.row.refuse("votes", "県ごとの党派別得票の合計と違います")
        divided |= len(people) > 1
        for code, whole in zip(prefectures, stated, strict=True):
            own = spread(whole, left)
            left = [all_of_it - part for all_of_it, part in zip(left, own, strict=True)]
            parts[code] |= {p.candidate.id: o for p, o in zip(people, own, strict=True)}
    order = list(votes)
    return {code: {o: part[o] for o in order} for code, part in parts.items()}, divided


def _groups(standing: Sequence[UpperStanding]) -> dict[_Group, list[UpperStanding]]:
    found: dict[_Group, list[UpperStanding]] = defaultdict(list)
    for each in standing:
        found[each.row.party, each.row.sex or ""].append(each)
    return found


def _keys(district: UpperDistrict, group: _Group) -> list[GroupKey]:
    party, sex = group
    return [
        GroupKey(code, party, "female" if sex == "female" else "male")
        for code in district.row.prefectures
    ]


def _tally(
    folder: UpperFolder, prefecture: str, votes: dict[str, int], marks: tuple[Estimated, ...]
) -> Tally:
    """Where the published ballots contradict the votes, the votes stand; the comparison shows it.

    What is missing to whole ballots was cut; more than that belonged to nobody, or was cut.
    """
    if prefecture not in folder.ballots:
        raise FolderUnusable(f"ballots_district_by_pref.csv に{PLACES[prefecture]}の行がありません")
    ballots, total = folder.ballots[prefecture], sum(votes.values())
    valid = max(ballots.valid, -(-total // VOTE))
    missing = valid * VOTE - total
    unclear: tuple[Estimated, ...] = ("cut", "nobody") if missing >= VOTE else ()
    return Tally(
        votes=votes,
        cut=missing % VOTE,
        nobody=missing - missing % VOTE,
        valid=valid,
        invalid=ballots.invalid,
        ballots=valid + ballots.invalid,
        estimated=(*marks, *unclear),
        pools_unstated=reason_for_no_pools(votes, missing),
    )


# --- lists ----------------------------------------------------------------------------------


def _list_sheet(folder: UpperFolder, register: UpperRegister) -> UpperSheet:
    votes: dict[str, int] = {}
    for standing in register.lists:
        votes |= _list_votes(folder, standing)
    has_fractions = any(own % VOTE for own in votes.values())
    tally = Tally(
        votes=votes,
        estimated=("votes",) if has_fractions else (),
        pools_unstated=reason_for_no_pools(votes, 0),
    )
    return UpperSheet(NATIONAL_LIST, _unit(NATION_PLACE), tally, MEMBERS_WHOLE * has_fractions)


def _list_votes(folder: UpperFolder, standing: UpperListStanding) -> dict[str, int]:
    """Of a list and its members; 特定枠 members have no line (POEA 95-3)."""
    members = {m.id: row.votes or 0 for row, m in standing.members if row.priority is None}
    own = folder.list_votes[standing.party] - sum(members.values())
    if own < 0:
        row = standing.members[0][0].row
        raise row.refuse("votes", f"{standing.party}の登載者の得票が名簿の得票総数を超えます")
    return {standing.party_list.id: own, **members}


def _unit(place: str) -> Unit:
    whole = place == NATION_PLACE
    return Unit(
        code=f"p{place}",
        name=PLACES[place],
        prefecture=place,
        kind="nation" if whole else "prefecture",
    )
