"""`blocks/{block}`: a block's lists, its D'Hondt table, and the order within each list."""

import msgspec

from aggregates.counting.contest_totals import DistrictStanding
from aggregates.election.ballot import Member, PartyList
from aggregates.law.lists.apportionment import Apportionment, quotient_as_printed
from aggregates.law.lists.dual_candidacy import margin_ratio_as_printed
from aggregates.law.lots import DrawLots
from projections.documents import document_parts
from projections.documents.models import Head, Progress, Votes, both_forms, thousandths
from projections.documents.rows.option_rows import elected_order, option_rows
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import (
    district_standing,
    is_contradicted,
    list_votes,
    project_seats,
    proposal,
)


class AwardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One seat on the votes so far: in which order, to which list, by which quotient."""

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


class BlockListRow(msgspec.Struct, frozen=True, kw_only=True):
    """A list of the block.

    Attributes:
        id: Stable id.
        party: Party id.
        name: Name.
        votes: So far; null before any report.
        share_percent: Votes / votes of all lists; null without a vote.
        projected_seats: By D'Hondt on the votes so far; null without a vote, or where equals wait
            for a lot.
        declared_seats: By declaration; null before.
        members: In order of the list.
    """

    id: str
    party: str
    name: str
    votes: Votes | None
    share_percent: float | None
    projected_seats: int | None
    declared_seats: int | None
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
        declared: Whether the seats are declared.
        contradicted: The figures recorded since lead to another decision.
        lists: Most votes first.
        awards: D'Hondt (POEA 95-2) on the votes so far: the seats in the order in which they
            would be given.
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
    lists: list[BlockListRow]
    awards: list[AwardRow]
    contradicted: bool = False
    lot_between: tuple[str, ...] = ()
    waiting_contests: tuple[str, ...] = ()


def block_document(state: ElectionState, key: str) -> BlockDocument:
    """Build `blocks/{block}`."""
    block = key.removeprefix("blocks/")
    contest = state.by_block[block]
    projected = project_seats(state, contest)
    decided = proposal(state, contest)
    lots = projected.between if isinstance(projected, DrawLots) else decided.lot_between
    return BlockDocument(
        head=document_parts.head(state, key),
        id=block,
        contest=contest.facts.id,
        name=contest.facts.name,
        seats=contest.facts.seats,
        progress=document_parts.progress(contest.sums()),
        declared=contest.declared is not None,
        contradicted=is_contradicted(state, contest),
        lists=_lists(state, contest),
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
            quotient=both_forms(quotient_as_printed(votes[award.party], award.divisor)),
        )
        for award in projected.awards
    ]


def _lists(state: ElectionState, contest: ContestRecord) -> list[BlockListRow]:
    rows = [
        BlockListRow(
            id=row.id,
            party=row.party,
            name=row.name,
            votes=row.votes,
            share_percent=row.share_percent,
            projected_seats=row.projected_seats,
            declared_seats=row.declared_seats,
            members=_member_rows(state, contest, row.id),
        )
        for row in option_rows(state, contest, contest.sums())
    ]
    return sorted(rows, key=lambda row: (-thousandths(row.votes), row.id))


def _member_rows(state: ElectionState, contest: ContestRecord, list_id: str) -> list[MemberRow]:
    option = contest.options[list_id]
    members = option.members if isinstance(option, PartyList) else ()
    order = elected_order(contest, members)
    return [_member_row(state, contest, member, order.get(member.id)) for member in members]


def _member_row(
    state: ElectionState, contest: ContestRecord, member: Member, order: int | None
) -> MemberRow:
    dual = member.dual
    standing = district_standing(state, dual.contest) if dual is not None else None
    candidate = dual.candidate if dual is not None else ""
    return MemberRow(
        id=member.id,
        name=member.name,
        rank=member.rank,
        district=dual.contest if dual is not None else None,
        district_won=standing is not None and candidate in standing.elected,
        margin_ratio=_margin(standing, candidate),
        elected=order is not None,
        order=order,
        withdrawn=member.id in contest.withdrawn,
    )


def _margin(standing: DistrictStanding | None, candidate: str) -> int | None:
    if standing is None:
        return None
    most = max(standing.votes.values(), default=0)
    return margin_ratio_as_printed(standing.votes.get(candidate, 0), most) if most else None
