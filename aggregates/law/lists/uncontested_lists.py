"""Lists on which nobody votes (無投票): no more members than seats, or one list alone."""

from collections.abc import Mapping, Sequence, Sized

from aggregates.law.lists.dual_candidacy import DistrictResult, ListMember, order
from aggregates.law.lots import NO_LOTS, Lots
from aggregates.law.refusals import natural


def no_block_poll(lists: Mapping[str, Sized], seats: int) -> bool:
    """Whether no poll is held in a House block (POEA 100(2)).

    Args:
        lists: list -> its members who are candidates.
        seats: the seats to be filled.
    """
    return len(lists) <= 1 or no_list_poll(lists, seats)


def no_list_poll(lists: Mapping[str, Sized], seats: int) -> bool:
    """Whether no poll is held for the lists of the Upper House (POEA 100(3)).

    All their members together are no more than the seats.
    """
    return sum(len(members) for members in lists.values()) <= natural("seats", seats)


def elect_block_without_poll(
    lists: Mapping[str, Sequence[ListMember]],
    seats: int,
    results: Mapping[str, DistrictResult],
    lots: Lots = NO_LOTS,
) -> Mapping[str, tuple[str, ...]]:
    """Return per list who is elected, in its order.

    Decided once the districts are: who won a district or fell below its deposit line counts as
    not written on the list (POEA 100(7) and (8), 95-2(5) and (6)). One list with more members
    than seats fills them in its own order.

    Raises:
        DrawLots: equal members straddle the last seat of a list that is alone.
        DistrictResultMissing: the district of a dual candidate is not decided.
    """
    # Lists together hold no more than the seats, so that each may take as many as it has.
    return {name: order(members, results, seats, lots)[:seats] for name, members in lists.items()}
