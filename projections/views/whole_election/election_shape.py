"""What an election is as a whole: which pages and pictures of it say something.

A map of Japan says nothing of a city, a majority nothing of a mayor and a council together, and
seats by party nothing of a by-election. So what a page shows follows from the kinds of contests.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from aggregates.election.geography import prefectures_among
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.statutory_lines import contest_full_seats

_MAP_PREFECTURES_MIN: Final = 10
"""In fewer prefectures a map of Japan is mostly white."""
_TABLE_CONTESTS_MIN: Final = 7
"""Fewer contests are shown by name: their candidates say more than seats by party."""


class Chamber(NamedTuple):
    """An assembly whose seats are shown by party.

    Attributes:
        contests: Its contests.
        has_majority: All its seats are filled at once, so that a majority of them is one of it.
        is_half: Half of its seats are filled (改選), so that a majority is one of these.
    """

    contests: list[ContestRecord]
    has_majority: bool
    is_half: bool = False


class ElectionShape(NamedTuple):
    """Which pictures say something.

    Attributes:
        is_national: It is held in the whole nation, or in so many prefectures that a map helps.
        prefecture: The one prefecture in which it is held; empty for several.
        chamber: The assembly whose seats are shown; None where none is elected as a whole.
    """

    is_national: bool
    prefecture: str
    chamber: Chamber | None


def election_shape(state: ElectionState) -> ElectionShape:
    """What the election of a log is."""
    prefectures = prefectures_among(u.prefecture for u in state.register().units.values())
    # What the nation manages is held in all of it.
    whole = any(each.rule.managed_by == "nation" for each in state.contests.values())
    only = next(iter(prefectures)) if len(prefectures) == 1 else ""
    return ElectionShape(
        is_national=whole or len(prefectures) >= _MAP_PREFECTURES_MIN,
        prefecture=only,
        chamber=_chamber(state),
    )


def _chamber(state: ElectionState) -> Chamber | None:
    contests = [contest for contest in state.contests.values() if contest.facts.seats]
    # Lists and the districts in which their members stand as well are one chamber (POEA 86-2).
    paired = state.register().package.dual_kinds()
    if house := [each for each in contests if each.facts.kind in paired]:
        whole = any(contest.is_list for contest in house)
        return Chamber(house, has_majority=whole) if whole or _is_many(house) else None
    # Seats of two terms are those of a chamber that is elected by halves (POEA 115).
    if upper := [each for each in contests if each.rule.joins_terms]:
        half = any(contest.is_list for contest in upper)
        found = Chamber(upper, has_majority=half, is_half=half)
        return found if half or _is_many(upper) else None
    assemblies = [each for each in contests if each.rule.divided_by == "full-seats"]
    for kind in state.register().package.rules_on(state.register().facts.polling_day):
        if assembly := [each for each in assemblies if each.facts.kind == kind]:
            return _assembly(state, assembly)
    return None


def _assembly(state: ElectionState, contests: list[ContestRecord]) -> Chamber | None:
    """Seats of an assembly by party: of one that is elected afresh, or of many together."""
    places = {prefecture for contest in contests for prefecture in contest.facts.prefectures}
    is_full = all(contest_full_seats(state, c) == c.facts.seats for c in contests)
    one_body = len(contests) == 1 or (
        len(places) == 1 and contests[0].rule.managed_by == "prefecture"
    )
    is_whole = one_body and is_full and sum(contest.facts.seats for contest in contests) > 1
    if not _has_parties(contests) or not (is_whole or _is_many(contests)):
        return None
    return Chamber(contests, has_majority=is_whole)


def _is_many(contests: list[ContestRecord]) -> bool:
    return len(contests) >= _TABLE_CONTESTS_MIN


def _has_parties(contests: Iterable[ContestRecord]) -> bool:
    """Whether anybody stands for a party: one bar of independents says nothing."""
    return any(
        getattr(option, "party", "") for contest in contests for option in contest.options.values()
    )
