"""`blocks/{block}`: a block's lists, its D'Hondt table, and the order within each list."""

import msgspec

from aggregates.ballot import PartyList
from aggregates.law.apportionment import Apportionment, printed_quotient
from aggregates.law.dual_candidacy import shown_margin_ratio
from aggregates.law.lots import DrawLots
from aggregates.outcome import DistrictStanding
from projections.documents import parts
from projections.results import list_votes, projected_seats, proposal, standing_of
from projections.shapes import Head, Progress, Votes, shown
from projections.state import ContestRecord, NightState


class AwardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One seat given: in which order, to which list, by which quotient."""

    rank: int
    list: str
    divisor: int
    quotient: Votes


class MemberRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A member of a list.

    Attributes:
        id: Stable id.
        name: As notified.
        rank: Place on the list.
        district: The district where this member stands as well.
        district_won: Won there (declared, or on final figures).
        margin_ratio: 惜敗率 in thousandths of a percent, cut; null while the district is counting.
        elected: By declaration.
        order: Place in which the declaration names this member, from 1.
        withdrawn: No longer stands.
    """

    id: str
    name: str
    rank: int
    district: str | None = None
    district_won: bool = False
    margin_ratio: int | None = None
    elected: bool = False
    order: int | None = None
    withdrawn: bool = False


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """A list of the block.

    Attributes:
        id: Stable id.
        party: Party id.
        name: Name.
        votes: So far.
        share_percent: Votes / votes of all lists.
        seats: Declared, or by D'Hondt on the votes so far.
        members: In order of the list.
    """

    id: str
    party: str
    name: str
    votes: Votes
    share_percent: float
    seats: int
    members: list[MemberRow]


class BlockDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One block.

    Attributes:
        head: Election, environment, position.
        id: Block id.
        contest: The contest of the block.
        name: Name.
        seats: Seats.
        progress: From the register.
        declared: Whether the seats are declared; otherwise they are on the votes so far.
        lists: Most votes first.
        awards: D'Hondt (POEA 95-2): the seats in the order in which they are given.
        lot_between: Equals, between whom people draw a lot.
        waiting_contests: Districts whose result the order within the lists waits for.
    """

    head: Head
    id: str
    contest: str
    name: str
    seats: int
    progress: Progress
    declared: bool
    lists: list[ListRow]
    awards: list[AwardRow]
    lot_between: tuple[str, ...] = ()
    waiting_contests: tuple[str, ...] = ()


def block_document(night: NightState, key: str) -> BlockDocument:
    """Build `blocks/{block}`."""
    block = key.removeprefix("blocks/")
    contest = next(c for c in night.contests.values() if c.facts.block == block)
    sums, turnout = contest.sums(), contest.turnout()
    projected = projected_seats(night, contest)
    decided = proposal(night, contest)
    lots = projected.between if isinstance(projected, DrawLots) else decided.lot_between
    return BlockDocument(
        head=parts.head(night, key),
        id=block,
        contest=contest.facts.id,
        name=contest.facts.name,
        seats=contest.facts.seats,
        progress=parts.progress(sums, turnout.voters.total if turnout.complete else 0),
        declared=contest.declared is not None,
        lists=_lists(night, contest, projected),
        awards=_awards(contest, projected),
        lot_between=lots,
        waiting_contests=decided.waiting_contests,
    )


def _awards(contest: ContestRecord, projected: Apportionment | DrawLots | None) -> list[AwardRow]:
    if not isinstance(projected, Apportionment):
        return []
    votes = list_votes(contest, contest.sums())
    return [
        AwardRow(
            rank=award.rank,
            list=award.party,
            divisor=award.divisor,
            quotient=shown(printed_quotient(votes[award.party], award.divisor)),
        )
        for award in projected.awards
    ]


def _lists(
    night: NightState, contest: ContestRecord, projected: Apportionment | DrawLots | None
) -> list[ListRow]:
    if contest.declared is not None:
        seats = contest.declared.list_seats
    else:
        seats = dict(projected.seats) if isinstance(projected, Apportionment) else {}
    members = {row.id: _member_rows(night, contest, row.id) for row in contest.options.values()}
    rows = [
        ListRow(
            id=row.id,
            party=row.party,
            name=row.name,
            votes=row.votes,
            share_percent=row.share_percent,
            seats=seats.get(row.id, 0),
            members=members[row.id],
        )
        for row in parts.option_rows(night, contest, contest.sums())
    ]
    return sorted(rows, key=lambda row: (-row.votes.thousandths, row.id))


def _member_rows(night: NightState, contest: ContestRecord, list_id: str) -> list[MemberRow]:
    option = contest.options[list_id]
    if not isinstance(option, PartyList):
        return []
    elected = contest.declared.elected if contest.declared is not None else ()
    own = [member for member in elected if member in {m.id for m in option.members}]
    rows = []
    for member in option.members:
        dual = member.dual
        standing = standing_of(night, night.contests[dual.contest]) if dual is not None else None
        rows.append(
            MemberRow(
                id=member.id,
                name=member.name,
                rank=member.rank,
                district=dual.contest if dual is not None else None,
                district_won=dual is not None
                and standing is not None
                and dual.candidate in standing.elected,
                margin_ratio=_margin(standing, dual.candidate if dual is not None else ""),
                elected=member.id in own,
                order=own.index(member.id) + 1 if member.id in own else None,
                withdrawn=member.id in contest.withdrawn,
            )
        )
    return rows


def _margin(standing: DistrictStanding | None, candidate: str) -> int | None:
    if standing is None:
        return None
    most = max(standing.votes.values(), default=0)
    return shown_margin_ratio(standing.votes.get(candidate, 0), most) if most else None
