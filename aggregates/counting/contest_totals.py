"""Sums of the sheets of a contest, which the law makes an outcome of."""

from collections.abc import Iterable, Mapping

import msgspec

from aggregates.election.identifiers import VOTE, OptionId
from aggregates.election.tally import Tally
from aggregates.law.thresholds import valid_votes_as_published
from aggregates.rules import SECOND_RULES


class ContestTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over every unit of a contest; votes in thousandths, the rest whole.

    Attributes:
        votes: Per option.
        no: Review of justices: blank ballots per justice.
        ballots: F, ballots; null in a replay of lists where some sheet has none published.
        electors: 当日有権者数.
        valid: D, ballots: 有効投票の総数. Left out under rules 1, which take it from the votes, and
            in a replay where no ballots were published.
    """

    votes: dict[OptionId, int]
    no: dict[OptionId, int] = {}
    ballots: int | None = 0
    electors: int = 0
    valid: int | msgspec.UnsetType = msgspec.UNSET

    @property
    def counted_ballots(self) -> int:
        """F where the law asks for it: every sheet of justices and polls states it."""
        if self.ballots is None:
            raise ValueError("sheets without ballots are those of lists, of which nothing asks")
        return self.ballots


class DistrictStanding(msgspec.Struct, frozen=True, kw_only=True):
    """What a block needs to know of a single-member district: votes and who won.

    Attributes:
        votes: Per candidate.
        elected: The winner.
        valid: D, ballots, as in `ContestTotals`.
    """

    votes: dict[OptionId, int]
    elected: tuple[OptionId, ...]
    valid: int | msgspec.UnsetType = msgspec.UNSET


def sum_totals(sheets: Iterable[Tally], electors: int, *, rules: int) -> ContestTotals:
    """Add sheets up: exact sums of the cut figures, never renormalised."""
    votes: dict[str, int] = {}
    no: dict[str, int] = {}
    ballots = valid = 0
    states_all = True
    for sheet in sheets:
        _add(votes, sheet.votes)
        _add(no, sheet.no or {})
        ballots += sheet.ballots or 0
        valid += sheet.valid or 0
        states_all &= sheet.valid is not None
    return ContestTotals(
        votes=votes,
        no=no,
        ballots=ballots if states_all else None,
        electors=electors,
        valid=valid if states_all and rules >= SECOND_RULES else msgspec.UNSET,
    )


def _add(sums: dict[str, int], figures: Mapping[str, int]) -> None:
    for option, value in figures.items():
        sums[option] = sums.get(option, 0) + value


def valid_thousandths(valid: int | msgspec.UnsetType, votes: Mapping[OptionId, int]) -> int:
    """有効投票の総数 times 1000: as stated, else as published from the votes (rules 1).

    Args:
        valid: D, ballots, if stated.
        votes: Of every candidate still standing, in thousandths.
    """
    if valid is msgspec.UNSET:
        valid = valid_votes_as_published(sum(votes.values()))
    return valid * VOTE
