"""Rows of candidates, lists and justices: votes, shares, ranks, seats."""

from collections.abc import Iterable

from aggregates.election.ballot import Candidate, Member, Option, PartyList
from aggregates.rules import SECOND_RULES
from projections.documents.models import MemberVotes, OptionRow, both_forms, percent
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import list_votes
from projections.state.seat_counts import project_by_list
from projections.state.sums import SheetSums


def option_rows(state: ElectionState, contest: ContestRecord, sums: SheetSums) -> list[OptionRow]:
    """Candidates, lists or justices in order of the ballot, with rank and share."""
    votes = list_votes(contest, sums)
    standing = [
        votes.get(option, 0) for option in contest.options if option not in contest.withdrawn
    ]
    whole, reported = sum(standing), bool(sums.reporting)
    projected = project_by_list(state, contest)
    is_upper = contest.rule.ballot == "open-lists"
    is_review = contest.rule.ballot == "justices"
    rows = []
    for option in contest.options.values():
        own = votes.get(option.id, 0)
        no = sums.no.get(option.id, 0)
        withdrawn = option.id in contest.withdrawn
        share = percent(own, own + no if is_review else whole)
        rows.append(
            OptionRow(
                id=option.id,
                name=option.name,
                party=option.party if isinstance(option, Candidate | PartyList) else "",
                votes=both_forms(own) if reported else None,
                share_percent=None if withdrawn else share,
                rank=1 + sum(value > own for value in standing) if reported else None,
                no=both_forms(no) if is_review and reported else None,
                withdrawn=withdrawn,
                declared=_is_declared(contest, option.id),
                projected_seats=projected.get(option.id) if projected is not None else None,
                declared_seats=_declared_seats(contest, option.id),
                list_votes=both_forms(sums.votes.get(option.id, 0))
                if is_upper and reported and not sums.list_totals
                else None,
                members=member_votes(state, contest, option, sums) if is_upper else (),
            )
        )
    return rows


def member_votes(
    state: ElectionState, contest: ContestRecord, option: Option, sums: SheetSums
) -> tuple[MemberVotes, ...]:
    """Members of an Upper House list in order of the list, with the votes for each."""
    members = option.members if isinstance(option, PartyList) else ()
    # Where one unit gives lists alone, nobody knows the votes of a member everywhere.
    known = bool(sums.reporting) and not sums.list_totals
    silent = state.register().rules >= SECOND_RULES
    order = elected_order(contest, members)
    return tuple(
        MemberVotes(
            id=member.id,
            name=member.name,
            votes=both_forms(sums.votes.get(member.id, 0))
            if known and not (silent and member.priority is not None)
            else None,
            priority=member.priority,
            withdrawn=member.id in contest.withdrawn,
            declared=_is_declared(contest, member.id),
            order=order.get(member.id),
        )
        for member in members
    )


def elected_order(contest: ContestRecord, members: Iterable[Member]) -> dict[str, int]:
    """Who of a list is elected by declaration -> place among them, from 1."""
    own = {member.id for member in members}
    elected = contest.declared.elected if contest.declared is not None else ()
    return {id_: place for place, id_ in enumerate((e for e in elected if e in own), start=1)}


def _is_declared(contest: ContestRecord, option: str) -> bool:
    declared = contest.declared
    return declared is not None and option in (
        *declared.elected,
        *declared.dismissed,
        *declared.adopted,
    )


def _declared_seats(contest: ContestRecord, option: str) -> int | None:
    if not contest.is_list or contest.declared is None:
        return None
    return contest.declared.list_seats.get(option, 0)
