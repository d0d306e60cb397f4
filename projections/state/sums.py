"""Sums of tally sheets: exact, in thousandths, never renormalised.

A sum is derived from the latest sheets and nothing else, so it cannot depend on the order in which
the sheets came.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from aggregates.counting.turnout import NOBODY, BySex, TurnoutFigures
from aggregates.election.tally import Tally


class SheetSums(msgspec.Struct):
    """Sums over units of one contest.

    Attributes:
        votes: Per option, thousandths.
        no: Review of justices: blank ballots per justice, thousandths.
        cut: B in thousandths.
        nobody: C in thousandths.
        valid: D, ballots; likewise E to I below.
        units: Units that report on it.
        reporting: Units with a report, interim or final.
        final: Units whose latest figures are final.
        contested: Units whose figures were returned and not yet settled.
        votes_alone: Units whose interim sheet has votes alone; D to F are of the others.
        votes_alone_ballots: Ballots that the votes of these units come from, at least.
        list_totals: Units whose interim sheet has votes of whole lists, not of their members.
        voters_reporting: Units whose sheet states I; the sums of G, H and I are over these.
        base: How many ballots are expected in the units of the next fields: for 開票率.
        base_ballots: F of these units.
        base_final: Units whose voters are final, by their sheet or their turnout.
        base_interim: Units of which only the last turnout before the final one is known.
        base_electors: Units of which only the electors can serve.
        estimated: Fields with a figure that was spread over units rather than counted in them.
    """

    votes: dict[str, int] = {}
    no: dict[str, int] = {}
    cut: int = 0
    nobody: int = 0
    valid: int = 0
    invalid: int = 0
    ballots: int = 0
    taken_away: int = 0
    rejected: int = 0
    voters: int = 0
    units: int = 0
    reporting: int = 0
    final: int = 0
    contested: int = 0
    votes_alone: int = 0
    votes_alone_ballots: int = 0
    list_totals: int = 0
    voters_reporting: int = 0
    base: int = 0
    base_ballots: int = 0
    base_final: int = 0
    base_interim: int = 0
    base_electors: int = 0
    estimated: frozenset[str] = frozenset()

    def add_sheet(self, sheet: Tally) -> None:
        """Add the latest sheet of one unit."""
        _add(self.votes, sheet.votes)
        if sheet.no is not None:
            _add(self.no, sheet.no)
        self.cut += sheet.cut
        self.nobody += sheet.nobody
        self.list_totals += sheet.list_totals
        if (stated := sheet.stated) is not None:
            self.valid += stated.valid
            self.invalid += stated.invalid
            self.ballots += stated.ballots
        else:
            self.votes_alone += 1
            self.votes_alone_ballots += sheet.ballots_at_least
        self.taken_away += sheet.taken_away
        self.rejected += sheet.rejected
        self.voters += sheet.voters or 0
        self.voters_reporting += states_voters(sheet)
        if sheet.estimated:
            self.estimated |= {*sheet.estimated}

    def add_base(self, base: "CountBase", ballots: int) -> None:
        """Add what is known of how many ballots one unit will have, and those it has so far."""
        if base.basis is not None:
            self.base += base.ballots
            self.base_ballots += ballots
            self.base_final += base.basis == "voters"
            self.base_interim += base.basis == "interim"
            self.base_electors += base.basis == "electors"

    @property
    def stating(self) -> int:
        """Units whose sheet states B to F; of the others it has votes alone."""
        return self.reporting - self.votes_alone

    @property
    def base_units(self) -> int:
        """Units of which it is known how many ballots to expect."""
        return self.base_final + self.base_interim + self.base_electors


class CountBase(NamedTuple):
    """How many ballots to expect in a unit, and from what that is known.

    Attributes:
        ballots: Voters or electors; 0 without a basis.
        basis: `voters` (final), `interim` (voters of the last report), `electors`, or None.
    """

    ballots: int = 0
    basis: Literal["voters", "interim", "electors"] | None = None


def states_voters(sheet: Tally) -> bool:
    """Whether a sheet states I. One that does not says nothing of G and H either."""
    return sheet.voters is not None


def stated_figure(sheet: Tally, field: str) -> int | None:
    """A figure of a sheet; None of whatever it does not state."""
    figure: int | None = getattr(sheet, field)
    if field in {"cut", "nobody"} and not figure and sheet.stated is None:
        return None
    if field in {"taken_away", "rejected"} and not figure and not states_voters(sheet):
        return None
    return figure


def add_up(parts: Iterable[SheetSums]) -> SheetSums:
    """The sum of sums."""
    whole = SheetSums(votes={}, no={})
    for part in parts:
        _add(whole.votes, part.votes)
        _add(whole.no, part.no)
        whole.cut += part.cut
        whole.nobody += part.nobody
        whole.valid += part.valid
        whole.invalid += part.invalid
        whole.ballots += part.ballots
        whole.votes_alone += part.votes_alone
        whole.votes_alone_ballots += part.votes_alone_ballots
        whole.list_totals += part.list_totals
        whole.taken_away += part.taken_away
        whole.rejected += part.rejected
        whole.voters += part.voters
        whole.units += part.units
        whole.reporting += part.reporting
        whole.final += part.final
        whole.contested += part.contested
        whole.voters_reporting += part.voters_reporting
        whole.base += part.base
        whole.base_ballots += part.base_ballots
        whole.base_final += part.base_final
        whole.base_interim += part.base_interim
        whole.base_electors += part.base_electors
        whole.estimated |= part.estimated
    return whole


def _add(sums: dict[str, int], figures: dict[str, int]) -> None:
    for key, value in figures.items():
        sums[key] = sums.get(key, 0) + value


class TurnoutSums(msgspec.Struct, frozen=True):
    """Electors and voters over units, overseas inside the totals and apart.

    Attributes:
        electors: 当日有権者数.
        voters: 投票者数.
        overseas_electors: Those of `electors` on the overseas roll.
        overseas_voters: Those of `voters` on the overseas roll.
        units: Units that report.
        reporting: Units with a report.
        final: Units whose turnout is final.
        estimated: True when a figure was spread over units rather than counted in them.
        as_of: The latest moment that a report states; None before the first.
    """

    electors: BySex = NOBODY
    voters: BySex = NOBODY
    overseas_electors: BySex = NOBODY
    overseas_voters: BySex = NOBODY
    units: int = 0
    reporting: int = 0
    final: int = 0
    estimated: bool = False
    as_of: datetime | None = None


def turnout_sums(
    figures: TurnoutFigures | None, as_of: datetime | None, *, final: bool
) -> TurnoutSums:
    """The sums of a single unit."""
    if figures is None:
        return TurnoutSums(units=1)
    return TurnoutSums(
        electors=figures.electors,
        voters=figures.voters,
        overseas_electors=figures.overseas_electors,
        overseas_voters=figures.overseas_voters,
        units=1,
        reporting=1,
        final=int(final),
        estimated=figures.estimated,
        as_of=as_of,
    )


def add_turnouts(parts: Iterable[TurnoutSums]) -> TurnoutSums:
    """The sum of turnouts."""
    listed = list(parts)
    return TurnoutSums(
        electors=_people(part.electors for part in listed),
        voters=_people(part.voters for part in listed),
        overseas_electors=_people(part.overseas_electors for part in listed),
        overseas_voters=_people(part.overseas_voters for part in listed),
        units=sum(part.units for part in listed),
        reporting=sum(part.reporting for part in listed),
        final=sum(part.final for part in listed),
        estimated=any(part.estimated for part in listed),
        as_of=max((part.as_of for part in listed if part.as_of is not None), default=None),
    )


def _people(parts: Iterable[BySex]) -> BySex:
    male = female = 0
    for part in parts:
        male += part.male
        female += part.female
    return BySex(male, female)
