"""Candidates and parties: where a person stands, what a party has."""

from datetime import date
from typing import Literal, NamedTuple

from aggregates.counting.declaration import has_long_term
from aggregates.election.ballot import BallotPerson, Candidate, Member, Party, PartyList
from aggregates.election.ballot_names import ballot_names
from projections.documents.models import MemberVotes, OptionRow
from projections.documents.rows.option_rows import member_votes, option_rows
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.seat_counts import SeatTable


class SeatEvent(NamedTuple):
    """What became of a person in a contest after the nomination, and where it is recorded.

    Attributes:
        what: withdrawn, declared, gone, moved-up or succeeded.
        position: Its entry; 0 where only what it led to is kept.
        day: Day of the cause, of who is gone.
        cause: What happened to who is gone.
        other: Name of the person whose seat it was, or who moved up.
    """

    what: Literal["withdrawn", "declared", "gone", "moved-up", "succeeded"]
    position: int
    day: date | None = None
    cause: str = ""
    other: str = ""


class Candidacy(NamedTuple):
    """One candidacy of a person.

    Attributes:
        contest: Id of the contest.
        contest_name: Its name.
        person: Particulars as notified.
        party: Party id; empty for independents.
        row: Votes, for candidates of a district.
        list_name: Name of the list, for members.
        rank: Place on the list, for members; 0 for candidates and on Upper House lists.
        is_withdrawn: No longer stands.
        is_declared: Elected by declaration.
        history: What was recorded of the seat after polling: who moved up for whom.
        term: The term of the seat, where two are filled together: long or short (POEA 115).
        member: Personal votes and 特定枠, for members of Upper House lists.
    """

    contest: str
    contest_name: str
    person: BallotPerson
    party: str
    row: OptionRow | None
    list_name: str
    rank: int
    is_withdrawn: bool
    is_declared: bool
    history: tuple[SeatEvent, ...] = ()
    term: Literal["", "long", "short"] = ""
    member: MemberVotes | None = None


def person_address(contest: str, person: str) -> str:
    """Address of the page of a candidate or list member: ids are unique within a contest only."""
    return f"/candidates/{contest}/{person}"


def candidacies(state: ElectionState, contest: str, person: str) -> list[Candidacy]:
    """A candidacy, and the one linked to it (重複立候補); empty when unknown.

    Args:
        state: What the log says so far.
        contest: Id of the contest.
        person: Id of a candidate or list member in it.
    """
    found = _find_candidacy(state, contest, person)
    if found is None:
        return []
    linked = _dual_candidacy(state, found)
    return [found] if linked is None else [found, linked]


def namesakes(state: ElectionState, person: str) -> list[Candidacy]:
    """Every candidacy that has this id, in whatever contest; nothing says that they are one."""
    found = (_find_candidacy(state, contest, person) for contest in state.contests)
    return [candidacy for candidacy in found if candidacy is not None]


def _find_candidacy(state: ElectionState, contest_id: str, person: str) -> Candidacy | None:
    contest = state.contests.get(contest_id)
    if contest is None:
        return None
    option = contest.options.get(person)
    if isinstance(option, Candidate):
        return _candidate(state, contest, option)
    for party_list in contest.options.values():
        if isinstance(party_list, PartyList):
            for member in party_list.members:
                if member.id == person:
                    return _member(state, contest, party_list, member)
    return None


def _candidate(state: ElectionState, contest: ContestRecord, option: Candidate) -> Candidacy:
    rows = {row.id: row for row in option_rows(state, contest, contest.sums())}
    row = rows[option.id]
    return Candidacy(
        contest=contest.facts.id,
        contest_name=contest.facts.name,
        person=option,
        party=option.party,
        row=row,
        list_name="",
        rank=0,
        is_withdrawn=row.withdrawn,
        is_declared=row.declared,
        history=seat_history(contest, option.id),
        term=_term(contest, option.id),
    )


def _member(
    state: ElectionState, contest: ContestRecord, party_list: PartyList, member: Member
) -> Candidacy:
    elected = contest.declared.elected if contest.declared is not None else ()
    rows = {
        each.id: each for each in member_votes(state, contest, party_list, contest.sums())
    }  # fmt: skip
    return Candidacy(
        contest=contest.facts.id,
        contest_name=contest.facts.name,
        person=member,
        party=party_list.party,
        row=None,
        list_name=party_list.name,
        rank=member.rank,
        is_withdrawn=member.id in contest.withdrawn,
        is_declared=member.id in elected,
        history=seat_history(contest, member.id),
        term=_term(contest, member.id),
        member=rows[member.id] if contest.rule.ballot == "open-lists" else None,
    )


def seat_history(contest: ContestRecord, person: str) -> tuple[SeatEvent, ...]:
    """What became of a person: elected, gone, moved up, succeeded; by position of the log."""
    names = ballot_names(contest.options.values())
    found = []
    if person in contest.withdrawn:
        found.append(SeatEvent("withdrawn", 0, cause=contest.withdrawn[person]))
    if contest.declared is not None and person in contest.declared.elected:
        found.append(SeatEvent("declared", contest.declared_at))
    for departed, (position, successor) in contest.successors.items():
        if successor == person:
            found.append(SeatEvent("moved-up", position, other=names[departed]))
        if departed == person:
            found.append(SeatEvent("succeeded", position, other=names[successor]))
    if person in contest.departures:
        position, event = contest.departures[person]
        found.append(SeatEvent("gone", position, event.day, event.cause))
    return tuple(sorted(found, key=lambda each: each.position))


def _term(contest: ContestRecord, person: str) -> Literal["", "long", "short"]:
    """Long or short for who holds a seat of one of two terms, by the decision or by moving up."""
    declared = contest.declared
    if declared is None or not declared.long_terms:
        return ""
    moved = {departed: successor for departed, (_, successor) in contest.successors.items()}
    if person not in {*declared.elected, *moved.values()}:
        return ""
    return "long" if has_long_term(person, declared.long_terms, moved) else "short"


def _dual_candidacy(state: ElectionState, found: Candidacy) -> Candidacy | None:
    person = found.person
    if isinstance(person, Member):
        dual = person.dual
        return _find_candidacy(state, dual.contest, dual.candidate) if dual is not None else None
    block = getattr(person, "dual_list", None)
    if block is None or block not in state.contests:
        return None
    contest = state.contests[block]
    for party_list in contest.options.values():
        if isinstance(party_list, PartyList):
            for member in party_list.members:
                dual = member.dual
                if dual is not None and (dual.contest, dual.candidate) == (
                    found.contest,
                    person.id,
                ):
                    return _member(state, contest, party_list, member)
    return None


class PartyKind(NamedTuple):
    """What a party has in one kind of contest."""

    kind: str
    standing: int
    seats: int


class PartyPage(NamedTuple):
    """A party.

    Attributes:
        party: As registered; None for independents.
        kinds: Candidates or lists, and declared seats, per kind of contest.
        candidates: (contest id, contest name, row) of every district candidate.
        lists: (contest id, contest name, row) of every list.
    """

    party: Party | None
    kinds: list[PartyKind]
    candidates: list[tuple[str, str, OptionRow]]
    lists: list[tuple[str, str, OptionRow]]


def party_page(state: ElectionState, party: str) -> PartyPage:
    """Everything a party stands for.

    Raises:
        KeyError: No such party.
    """
    page = PartyPage(state.register().parties[party] if party else None, [], [], [])
    by_kind: dict[str, list[ContestRecord]] = {}
    standing: dict[str, int] = {}
    for contest in state.contests.values():
        kind = contest.facts.kind
        by_kind.setdefault(kind, []).append(contest)
        own = [o.id for o in contest.options.values() if getattr(o, "party", None) == party]
        standing[kind] = standing.get(kind, 0) + len(own)
        rows = option_rows(state, contest, contest.sums()) if own else []
        target = page.lists if contest.is_list else page.candidates
        target.extend((contest.facts.id, contest.facts.name, r) for r in rows if r.id in own)
    for name, contests in by_kind.items():
        if standing[name]:
            seats = SeatTable(state, contests).declared.get(party, 0)
            page.kinds.append(PartyKind(name, standing[name], seats))
    return page
