"""A House block: seats to the lists, and within each list to its members (POEA 95-2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aggregates.law.lists.apportionment import Apportionment, apportion
from aggregates.law.lists.dual_candidacy import DistrictResult, ListMember, eligible_members, order
from aggregates.law.lots import NO_LOTS, Lots


@dataclass(frozen=True, slots=True)
class BlockResult:
    """The seats of a block, and per party (all parties, by id) who takes them, in list order."""

    apportionment: Apportionment
    elected: Mapping[str, tuple[str, ...]]


def elect_block(
    lists: Mapping[str, Sequence[ListMember]],
    votes: Mapping[str, int],
    seats: int,
    results: Mapping[str, DistrictResult],
    lots: Lots = NO_LOTS,
) -> BlockResult:
    """Decide a block.

    Args:
        lists: party -> members who are candidates on polling day.
        votes: party -> votes in thousandths.
        seats: the seats of the block (`thresholds.block_seats`).
        results: dual candidate -> what their district says.
        lots: what was drawn so far, between parties or between members.

    A list that runs out of eligible members passes its seats on: its divisors end there.
    Raises DrawLots, and what `apportion` and `order` refuse.
    """
    eligible = {party: len(eligible_members(lists[party], results)) for party in lists}
    apportionment = apportion(votes, seats, eligible, lots)  # POEA 95-2(1), (2)
    elected = {}
    for party, won in apportionment.seats.items():
        elected[party] = order(lists[party], results, won, lots)[:won]  # POEA 95-2(4)
    return BlockResult(apportionment=apportionment, elected=elected)
