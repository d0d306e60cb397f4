"""Tally sheets and turnouts of a prefecture's units, from what is published.

Votes are published per unit; ballots, invalid ones, electors and voters per prefecture only, except
where a prefecture publishes its sheets itself: those stand as they are. All others are spread over
the units by largest remainder and marked as estimated, so that every sum of the prefecture stays
exact; nothing is estimated where the prefecture is one unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aggregates.counting.turnout import BySex, TurnoutFigures
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Estimated, Tally
from aggregates.reference.largest_remainder import spread
from projections.official.tables.official_rows import BallotTotals, Electorate
from projections.official.tables.published_sheets import StatedSheet

MORE_BALLOTS = "投票総数が投票者数を上回る。理由は公表されていない。"
"""Written on a sheet with more ballots than voters: the publication gives no reason."""

MORE_VOTES = "公表の得票の合計が公表の有効投票数を上回る。どちらが正しいかは公表からは分からない。"
"""Written instead where there are only because the published votes exceed the valid ballots."""

NO_POOLS_PUBLISHED = "公表された表に按分の内訳がない。"
"""Written on a sheet with divided votes: from which ballots is not published."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of one tier in one prefecture."""

    ballots: BallotTotals
    electorate: Electorate
    overseas: Electorate


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The final figures of one unit.

    Attributes:
        contradicted: The prefecture's votes are more than its valid ballots.
    """

    tally: Tally
    turnout: TurnoutFigures
    contradicted: bool = False

    @property
    def remark(self) -> str:
        """What a sheet with more ballots than voters must say."""
        if self.tally.taken_away >= 0:
            return ""
        return MORE_VOTES if self.contradicted else MORE_BALLOTS


def final_sheets(
    votes: Sequence[dict[str, int]],
    published: Published,
    stated: Sequence[StatedSheet] | None = None,
) -> tuple[UnitSheet, ...]:
    """The final sheets of a prefecture's units of one tier, in their order.

    Args:
        votes: Per unit, thousandths per option; exactly as published.
        published: The prefecture's totals.
        stated: Per unit, the sheet that the prefecture itself published; None where it did not.

    Raises:
        FolderUnusable: The votes of a unit are not those of its sheet, or the sheets do not sum to
            the voters of the prefecture.

    Where the published ballots contradict the votes, the votes stand; the comparison shows it.
    """
    if stated is not None:
        return _stated_sheets(votes, published, stated)
    estimated = len(votes) > 1
    valid, shared = _valid(votes, published.ballots.valid)
    invalid = spread(published.ballots.invalid, valid)
    ballots = [some + bad for some, bad in zip(valid, invalid, strict=True)]
    voters_total = published.electorate.voters.total
    taken_away = spread(voters_total - sum(ballots), ballots)
    voters = [some + gone for some, gone in zip(ballots, taken_away, strict=True)]
    turnouts = _turnouts(voters, published, estimated=estimated)
    contradicted = sum(valid) > published.ballots.valid
    marks = (_SHARED if shared else ()) + _SPREAD if estimated else ()
    tallies = (
        _tally(votes[n], valid[n], invalid[n], taken_away[n], marks) for n in range(len(votes))
    )
    return tuple(
        UnitSheet(tally, turnout, contradicted)
        for tally, turnout in zip(tallies, turnouts, strict=True)
    )


def _stated_sheets(
    votes: Sequence[dict[str, int]], published: Published, stated: Sequence[StatedSheet]
) -> tuple[UnitSheet, ...]:
    """Sheets as published; of the turnout electors and sexes are still spread, and marked."""
    voters = [sheet.totals.voters for sheet in stated]
    if sum(voters) != published.electorate.voters.total:
        raise stated[0].row.refuse("voters", "開票区の合計が都道府県の投票者数と違います")
    turnouts = _turnouts(voters, published, estimated=len(votes) > 1)
    return tuple(
        UnitSheet(_stated_tally(own, sheet), turnout)
        for own, sheet, turnout in zip(votes, stated, turnouts, strict=True)
    )


def _stated_tally(votes: dict[str, int], sheet: StatedSheet) -> Tally:
    totals = sheet.totals
    if sum(votes.values()) != totals.candidate_votes:
        raise sheet.row.refuse("candidate_votes_total", "候補者別得票の合計と違います")
    return Tally(
        votes=votes,
        cut=totals.cut,
        nobody=totals.nobody,
        valid=totals.valid,
        invalid=totals.invalid,
        ballots=totals.ballots,
        taken_away=totals.taken_away,
        rejected=totals.rejected,
        voters=totals.voters,
        pools_unstated=reason_for_no_pools(votes, totals.cut + totals.nobody),
    )


_SPREAD: Final[tuple[Estimated, ...]] = ("invalid", "ballots", "taken_away", "voters")
_SHARED: Final[tuple[Estimated, ...]] = ("cut", "nobody", "valid")
"""What is spread as well where the votes of a prefecture do not say how many ballots are valid."""


def _valid(votes: Sequence[dict[str, int]], published: int) -> tuple[list[int], bool]:
    """D per unit: the votes filled up to whole ballots, and C where more are published.

    Division of shared votes cuts thousandths and loses less than a ballot per unit; what the
    prefecture counts as valid beyond that belonged to nobody, where votes were shared at all.
    Whether there is any such ballot comes with it: without one the votes leave no choice.
    """
    sums = [sum(unit.values()) for unit in votes]
    whole = [-(-own // VOTE) for own in sums]
    beyond = max(published - sum(whole), 0)
    shared = [(own % VOTE > 0) * size for own, size in zip(sums, whole, strict=True)]
    nobody = spread(beyond, shared if any(shared) else whole)
    return [own + more for own, more in zip(whole, nobody, strict=True)], beyond > 0


def _tally(
    votes: dict[str, int],
    valid: int,
    invalid: int,
    taken_away: int,
    estimated: tuple[Estimated, ...],
) -> Tally:
    missing = valid * VOTE - sum(votes.values())
    return Tally(
        votes=votes,
        cut=missing % VOTE,
        nobody=missing - missing % VOTE,
        valid=valid,
        invalid=invalid,
        ballots=valid + invalid,
        taken_away=taken_away,
        voters=valid + invalid + taken_away,
        estimated=estimated,
        pools_unstated=reason_for_no_pools(votes, missing),
    )


def reason_for_no_pools(votes: dict[str, int], left: int) -> str:
    """Why a divided sheet has no pools; empty for one whose votes are all whole ballots."""
    is_divided = left or any(own % VOTE for own in votes.values())
    return NO_POOLS_PUBLISHED if is_divided else ""


def _turnouts(
    voters: Sequence[int], published: Published, *, estimated: bool
) -> tuple[TurnoutFigures, ...]:
    """Spread by sex so that voters never exceed electors, overseas never the whole."""
    everybody, overseas = published.electorate, published.overseas
    men = spread(everybody.voters.male, voters)
    women = [total - male for total, male in zip(voters, men, strict=True)]
    return tuple(
        TurnoutFigures(
            electors=BySex(male.electors, female.electors),
            voters=BySex(male.voters, female.voters),
            overseas_electors=BySex(male.overseas_electors, female.overseas_electors),
            overseas_voters=BySex(male.overseas_voters, female.overseas_voters),
            estimated=estimated,
        )
        for male, female in zip(
            _one_sex(men, everybody.electors.male, overseas.electors.male, overseas.voters.male),
            _one_sex(
                women, everybody.electors.female, overseas.electors.female, overseas.voters.female
            ),
            strict=True,
        )
    )


@dataclass(frozen=True, slots=True)
class _People:
    electors: int
    voters: int
    overseas_electors: int
    overseas_voters: int


def _one_sex(
    voters: Sequence[int], electors: int, overseas_electors: int, overseas_voters: int
) -> list[_People]:
    """Spread who stayed away in proportion to who voted, so that electors are never fewer."""
    away = spread(electors - sum(voters), voters)
    abroad = spread(overseas_voters, voters)
    abroad_away = spread(overseas_electors - overseas_voters, away)
    return [
        _People(own + rest, own, out + out_rest, out)
        for own, rest, out, out_rest in zip(voters, away, abroad, abroad_away, strict=True)
    ]
