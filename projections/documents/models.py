"""The shapes of public documents. Their JSON Schema is generated from these structs.

Votes appear twice, as an exact decimal with three digits and as integer thousandths; shares and
rates are percentages with two decimals, rounded half up, of the figures named in their docstring.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

from aggregates.election.identifiers import VOTE
from aggregates.law.rounding import percent_half_up
from projections.documents.document_format import FIRST_FORMAT


class Votes(msgspec.Struct, frozen=True):
    """Votes, exact to a thousandth, as a decimal string and as integer thousandths."""

    votes: str
    thousandths: int


def both_forms(thousandths: int) -> Votes:
    """Votes in both forms: `Votes("1234.567", 1234567)`."""
    return Votes(decimal(thousandths), thousandths)


def thousandths(votes: Votes | None) -> int:
    """Votes for putting rows in order: none are known as none."""
    return votes.thousandths if votes is not None else 0


def decimal(thousandths: int) -> str:
    """Exact votes as people write them, always with three decimals."""
    whole, rest = divmod(abs(thousandths), VOTE)
    return f"{'-' if thousandths < 0 else ''}{whole}.{rest:03d}"


def percent(part: int, whole: int) -> float | None:
    """A percentage with two decimals, rounded half up; None of nothing."""
    return percent_half_up(part, whole, 2) / 100 if whole else None


Basis = Literal["voters", "interim", "electors", "units"]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a count is, from the register and not from what anybody typed.

    Attributes:
        units: Units in the register.
        reporting: Units with a report.
        final: Units whose figures are final.
        contested: Units whose figures, interim or final, were returned for correction.
        counted_percent: 開票率: ballots counted / what `basis` names; 100 only when every unit is
            final and none contested. Null only where nobody votes.
        basis: What the ballots counted are divided by. `voters`: voters by final sheets, else by
            final turnouts. `interim`: of some units the voters of the last turnout before the
            final one. `electors`: of some units the electors. `units`: it is not known of enough
            units how many ballots to expect, so the percentage is that of units which are final.
            Null where nobody votes.
        basis_units: Units whose ballots are in the percentage: with `units` all, else those of
            which it is known how many ballots to expect.
    """

    units: int
    reporting: int
    final: int
    contested: int
    counted_percent: float | None
    basis: Basis | None = None
    basis_units: int = 0


class Sheet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Sums or figures of tally sheets: B to I of the counting record; null before any report.

    Attributes:
        cut: B, thousandths.
        nobody: C, thousandths.
        valid: D.
        invalid: E.
        ballots: F.
        taken_away: G, over `voters_units`; below zero where there were more ballots than voters.
        rejected: H, over `voters_units`.
        voters: I, over `voters_units`.
        invalid_percent: E / F; null without a ballot.
        voters_units: Units whose sheet states I, and with it G and H: interim sheets do not.
        votes_alone_units: Units whose interim sheet has votes alone: B to F are of the others.
        estimated: True when a figure was spread over units rather than counted in them.
        estimated_fields: Which figures.
    """

    cut: int | None
    nobody: int | None
    valid: int | None
    invalid: int | None
    ballots: int | None
    taken_away: int | None
    rejected: int | None
    voters: int | None
    invalid_percent: float | None
    voters_units: int = 0
    votes_alone_units: int = 0
    estimated: bool = False
    estimated_fields: tuple[str, ...] = ()


class Sexes(msgspec.Struct, frozen=True):
    """People by sex and together; null before any report."""

    male: int | None
    female: int | None
    total: int | None


class Rates(msgspec.Struct, frozen=True):
    """Voters / electors in percent; null before any report, and without an elector."""

    male: float | None
    female: float | None
    total: float | None


class Poll(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Turnout over units: of `reporting` out of `units`. Until all are final it is 途中.

    Attributes:
        units: Units that report.
        reporting: Units with a report: every sum below is over these.
        final: Units whose turnout is final.
        electors: 当日有権者数.
        voters: 投票者数; before the final report those of the day only.
        abstainers: 棄権者数; null until the turnout of every unit is final.
        rates: 投票率.
        overseas_electors: Those of the electors on the overseas roll.
        overseas_voters: Those of the voters on the overseas roll.
        as_of: The latest moment that a report states; null before the first.
        estimated: True when a figure was spread over units rather than counted in them.
    """

    units: int
    reporting: int
    final: int
    electors: Sexes
    voters: Sexes
    abstainers: Sexes
    rates: Rates
    overseas_electors: Sexes
    overseas_voters: Sexes
    as_of: datetime | None = None
    estimated: bool = False


class MemberVotes(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A member of an Upper House list with the votes for the person (POEA 95-3).

    Attributes:
        id: Stable id.
        name: As notified.
        votes: Personal votes; null before any report.
        priority: Place in the 特定枠.
        withdrawn: Withdrew, died or was dismissed.
        declared: Elected by declaration.
        order: Place among the elected of the list, from 1: the 特定枠 first, then the most votes.
    """

    id: str
    name: str
    votes: Votes | None
    priority: int | None = None
    withdrawn: bool = False
    declared: bool = False
    order: int | None = None


class OptionRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One candidate, list or justice with its votes.

    Attributes:
        id: Stable id.
        name: As on the ballot notice.
        party: Party id; empty for independents and justices.
        votes: For justices: votes for dismissal. For Upper House lists: with their members'. Null
            before any report, and where nobody votes.
        no: Justices: blank ballots; null as the votes are.
        share_percent: Votes / votes of all who still stand. For justices: votes for dismissal /
            votes for dismissal and blank ballots of this justice. Null without a vote, and for who
            no longer stands.
        rank: 1 for the most votes so far among all who still stand; equals share a rank. Null
            before any report, and where nobody votes.
        withdrawn: Withdrew, died or was dismissed.
        declared: Elected (for justices: dismissed) by declaration.
        projected_seats: Lists: seats on the votes so far.
        declared_seats: Lists: seats by declaration.
        list_votes: Upper House: votes for the name of the list alone.
        members: Upper House: personal votes, in order of the list.
    """

    id: str
    name: str
    party: str
    votes: Votes | None
    share_percent: float | None
    rank: int | None
    no: Votes | None = None
    withdrawn: bool = False
    declared: bool = False
    projected_seats: int | None = None
    declared_seats: int | None = None
    list_votes: Votes | None = None
    members: tuple[MemberVotes, ...] = ()


class PartyRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One party's votes and seats.

    Attributes:
        id: Party id; empty for independents.
        name: Name.
        votes: Sum over the contests of the table; null before any report.
        share_percent: Votes / votes of all parties; null without a vote.
        declared_seats: Seats by declaration.
        projected_seats: Declared seats; where none are declared, of lists by D'Hondt on the votes
            so far, of candidates by the law once every figure is final. Null where there is none.
    """

    id: str
    name: str
    votes: Votes | None
    share_percent: float | None
    declared_seats: int
    projected_seats: int | None = None


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What every document begins with.

    Attributes:
        election: Id of the election.
        election_name: Its name.
        environment: `live`, or `rehearsal` for figures that are not real.
        warning: Says so in words on every rehearsal document; empty on live ones.
        polling_day: The day whose law applies.
        document: Address of this document below the election.
        position: Log position of the last event that changed it: its version.
        updated_at: When that event was recorded.
        format: Version of the format of documents; a document that names none is of version 1.
        replay: 再現: a past election, recorded afterwards from what was published of it.
    """

    election: str
    election_name: str
    environment: str
    warning: str
    polling_day: date
    document: str
    position: int
    updated_at: datetime
    format: int = FIRST_FORMAT
    replay: bool = False
