"""Order within a House list, and who falls out of it (POEA 95-2(3), (5) and (6)).

Dual candidates (重複立候補者) stand in a single-member district too. They may share a rank on the
list (POEA 86-2(6)) and are then ordered by 惜敗率, their votes as a share of the most votes there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from aggregates.law.lots import NO_LOTS, Lots, rank_by_score
from aggregates.law.refusals import DivisorNotPositive, Unlawful, natural
from aggregates.law.rounding import cut_div

HUNDRED_PERCENT = 100_000
"""100 % in thousandths of a percent."""


class OnlyDualCandidatesShareRank(Unlawful):
    """Only members who also stand in a district may share a rank on a list."""

    code = "only-dual-candidates-share-rank"


class DistrictResultMissing(Unlawful):
    """Who is eligible is not known before the district of every dual candidate is decided."""

    code = "district-result-missing"


@dataclass(frozen=True, slots=True)
class ListMember:
    """A member of a House list; `district` is where a dual candidate stands, else None."""

    id: str
    rank: int
    district: str | None = None


@dataclass(frozen=True, slots=True)
class DistrictResult:
    """What a dual candidate's district says about them.

    Attributes:
        winner_votes: the most votes anybody had there, in thousandths.
        own_votes: theirs, in thousandths.
        elected: whether they won the district (also by lot, or without a poll).
        below_deposit: whether their votes are fewer than `thresholds.deposit_line`.
    """

    winner_votes: int
    own_votes: int
    elected: bool
    below_deposit: bool


def margin_ratio(own: int, winner: int) -> Fraction:
    """Return 惜敗率, exact: own votes by the most votes in the district (POEA 95-2(3)).

    Raises DivisorNotPositive where nobody has votes, NegativeFigure for negative votes.
    """
    return Fraction(natural("own", own), _most(winner))


def margin_ratio_as_printed(own: int, winner: int) -> int:
    """Return 惜敗率 as printed, in thousandths of a percent, cut: 100.000 % is 100000."""
    return cut_div(natural("own", own) * HUNDRED_PERCENT, _most(winner))


def eligible_members(
    members: Sequence[ListMember], results: Mapping[str, DistrictResult]
) -> tuple[ListMember, ...]:
    """Return the members who can be elected from the list, by rank and then id.

    `results` is by member id. Raises DistrictResultMissing for a dual candidate without one.
    """
    staying = (each for each in members if _stays(each, results))
    return tuple(sorted(staying, key=lambda each: (each.rank, each.id)))


def order(
    members: Sequence[ListMember],
    results: Mapping[str, DistrictResult],
    seats: int,
    lots: Lots = NO_LOTS,
) -> tuple[str, ...]:
    """Return the ids of all eligible members in the order in which they are elected.

    The law has a lot for every equal ratio; it is asked for only where it decides who sits, that is
    where equals straddle the last of the list's `seats`. Other equals follow by id.

    Raises:
        DrawLots: for such a tie without a recorded lot (POEA 95-2(3), second sentence).
        OnlyDualCandidatesShareRank: if a shared rank holds one who stands in no district.
        DistrictResultMissing: for a dual candidate without a result.
    """
    _check_shared_ranks(members)
    ordered: list[str] = []
    for _, sharing in groupby(eligible_members(members, results), key=lambda each: each.rank):
        sharers = [each.id for each in sharing]
        if len(sharers) > 1:
            ratios = {each: _ratio(results[each]) for each in sharers}  # POEA 95-2(3)
            sharers = list(rank_by_score(ratios, seats - len(ordered), lots))
        ordered += sharers
    return tuple(ordered)


def _stays(member: ListMember, results: Mapping[str, DistrictResult]) -> bool:
    if member.district is None:
        return True
    if member.id not in results:
        raise DistrictResultMissing(member=member.id, district=member.district)
    result = results[member.id]
    # POEA 95-2(5): elected in the district; POEA 95-2(6): below the number of POEA 93(1)(i). Both
    # count as not written on the list.
    return not (result.elected or result.below_deposit)


def _ratio(result: DistrictResult) -> Fraction:
    return margin_ratio(result.own_votes, result.winner_votes)


def _most(winner: int) -> int:
    if winner <= 0:
        raise DivisorNotPositive(divisor=winner)
    return winner


def _check_shared_ranks(members: Sequence[ListMember]) -> None:
    by_rank = sorted(members, key=lambda each: (each.rank, each.id))
    for rank, sharing in groupby(by_rank, key=lambda each: each.rank):
        sharers = list(sharing)
        if len(sharers) > 1 and any(each.district is None for each in sharers):  # POEA 86-2(6)
            raise OnlyDualCandidatesShareRank(rank=rank, member=sharers[0].id)
