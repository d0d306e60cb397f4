"""A replay in one object: what was recorded, how fast, what came out, what differs."""

import msgspec

from projections.documents.models import decimal
from projections.official.checks.comparison_book import CheckedFigures, Mismatch
from projections.official.plan.recorded_results import Results
from projections.official.plan.replay_plan import Plan
from projections.official.tables.official_rows import INDEPENDENT


class Seats(msgspec.Struct, frozen=True):
    """Seats of a party; `list` are those of the blocks."""

    district: int
    list: int


class National(msgspec.Struct, frozen=True, kw_only=True):
    """The nation's result.

    Attributes:
        district_votes: Of all candidates, an exact decimal with three digits.
        list_votes: Of all lists, likewise.
        seats: By name of every party that won one.
    """

    district_votes: str
    list_votes: str
    seats: dict[str, Seats]


class ReplaySummary(msgspec.Struct, frozen=True, kw_only=True):
    """What `--json` prints.

    Attributes:
        events: Events of the log.
        seconds: From the first posting to the last declaration.
        events_per_second: Events by seconds.
        national: Totals and seats.
        checked: Figures compared with the official tables.
        mismatches: Those that differ.
    """

    election: str
    events: int
    seconds: float
    events_per_second: float
    national: National
    checked: int
    mismatches: tuple[Mismatch, ...]


def summarize_replay(
    election: str, national: National, results: Results, checked: CheckedFigures, seconds: float
) -> ReplaySummary:
    """Sum a replay up."""
    return ReplaySummary(
        election=election,
        events=results.events,
        seconds=round(seconds, 3),
        events_per_second=round(results.events / seconds, 1) if seconds else 0.0,
        national=national,
        checked=checked.checked,
        mismatches=checked.mismatches,
    )


def national_result(plan: Plan, results: Results) -> National:
    """Votes and declared seats of the nation."""
    register = plan.register
    names = {party.id: party.name for party in register.parties.values()} | {"": INDEPENDENT}
    parties = {
        each.candidate.id: each.candidate.party
        for district in register.districts
        for each in district.standing
    }
    districts = dict.fromkeys(names, 0)
    lists = dict.fromkeys(names, 0)
    for district in register.districts:
        for winner in results.elected_options(district.id):
            districts[parties[winner]] += 1
    for block in register.blocks:
        seats = results.list_seats(block.id)
        for each in block.lists:
            lists[each.party_list.party] += seats.get(each.party_list.id, 0)
    return National(
        district_votes=_votes(results, [district.id for district in register.districts]),
        list_votes=_votes(results, [block.id for block in register.blocks]),
        seats={
            name: Seats(districts[party], lists[party])
            for party, name in names.items()
            if districts[party] or lists[party]
        },
    )


def _votes(results: Results, contests: list[str]) -> str:
    return decimal(sum(sum(results.votes(contest).values()) for contest in contests))
