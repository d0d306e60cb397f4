"""Who stood, with everything the report says of them: nominations, particulars, results."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aggregates.counting.outcome import district_result
from aggregates.election.ballot import (
    Candidate,
    DualCandidacy,
    Member,
    PartyList,
    Sex,
    Standing,
    WithdrawalCause,
)
from aggregates.election.particulars import Particulars
from aggregates.law.lists.dual_candidacy import DistrictResult
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import district_standing
from projections.statistics.tiers import INDEPENDENT, OTHERS


class Nominee(NamedTuple):
    """One who stood in a contest of persons, or one on a list.

    Attributes:
        contest: The contest.
        id: The candidate or member.
        name: Readable.
        filed_name: As the filing office's system writes it.
        sex: Stated or inferred.
        stated_sex: As stated of the person; None where only sums imply it.
        column: Party under which tables count it: a party's id, `諸派`, or `無所属`.
        label: 党派 as the notice prints it.
        nominated: Whether a party nominated it as such.
        votes: Thousandths; None where nobody has reported, and for members of House lists.
        elected: By declaration.
        order: Place on the ballot notice or the list, from 1.
        result: What the district says of a dual candidate or member; None before, or of others.
        dual: Where a member stands as well.
        list: The list of a member.
    """

    contest: ContestRecord
    id: str
    name: str
    filed_name: str
    registered_name: str
    kana: str
    sex: Sex | None
    stated_sex: Sex | None
    age: int | None
    standing: Standing | None
    party: str
    column: str
    label: str
    nominated: bool
    occupation: str
    votes: int | None
    elected: bool
    order: int
    result: DistrictResult | None = None
    dual: DualCandidacy | None = None
    list: PartyList | None = None
    rank: int = 0
    priority: int | None = None
    is_dual: bool = False


def readable_names(people: Iterable[Nominee]) -> dict[str, str]:
    """Name as filed -> readable name, where they differ."""
    return {p.filed_name: p.name for p in people if p.filed_name != p.name}


_NOTHING = Particulars(option="-")


def standing_candidates(state: ElectionState, contest: ContestRecord) -> Iterator[Nominee]:
    """Candidates of a contest who still stand, in the order of the notice."""
    votes = contest.sums().votes
    standing = [o for o in contest.options.values() if isinstance(o, Candidate)]
    for order, candidate in enumerate(standing, start=1):
        if candidate.id in contest.withdrawn:
            continue
        result = None
        if candidate.dual_list is not None:
            result = _result(state, DualCandidacy(contest.facts.id, candidate.id))
        yield _person(
            state, contest, candidate, order=order, votes=votes.get(candidate.id), result=result
        )._replace(is_dual=candidate.dual_list is not None)


def withdrawals(
    state: ElectionState, contest: ContestRecord
) -> Iterator[tuple[Nominee, WithdrawalCause]]:
    """Candidates of a contest who no longer stand, and why."""
    for order, candidate in enumerate(contest.options.values(), start=1):
        cause = contest.withdrawn.get(candidate.id)
        if isinstance(candidate, Candidate) and cause is not None:
            yield _person(state, contest, candidate, order=order, votes=0, result=None), cause


def standing_members(state: ElectionState, contest: ContestRecord) -> Iterator[Nominee]:
    """Members of a contest's lists who still stand, in the order of the lists."""
    votes = contest.sums().votes
    for option in contest.options.values():
        if not isinstance(option, PartyList) or option.id in contest.withdrawn:
            continue
        for order, member in enumerate(option.members, start=1):
            if member.id not in contest.withdrawn:
                person = _member(state, contest, option, member, order)
                yield person._replace(votes=votes.get(member.id))


def _member(
    state: ElectionState,
    contest: ContestRecord,
    party_list: PartyList,
    member: Member,
    order: int,
) -> Nominee:
    result = _result(state, member.dual) if member.dual is not None else None
    person = _person(state, contest, member, order=order, votes=None, result=result)
    return person._replace(
        party=party_list.party,
        column=party_list.party,
        dual=member.dual,
        is_dual=member.dual is not None,
        list=party_list,
        rank=member.rank,
        priority=member.priority,
    )


def _person(
    state: ElectionState,
    contest: ContestRecord,
    notified: Candidate | Member,
    *,
    order: int,
    votes: int | None,
    result: DistrictResult | None,
) -> Nominee:
    known = contest.particulars.get(notified.id, _NOTHING)
    sex = known.sex or notified.sex
    nominated = bool(notified.party) if known.nominated is None else known.nominated
    return Nominee(
        contest=contest,
        id=notified.id,
        name=notified.name,
        filed_name=known.filed_name or notified.name,
        registered_name=notified.registered_name,
        kana=notified.kana,
        sex=sex,
        stated_sex=None if "sex" in known.inferred else sex,
        age=known.age or notified.age,
        standing=known.standing or notified.standing,
        party=notified.party,
        column=_column(notified.party, nominated=nominated),
        label=known.party_label or notified.party_label or _name(state, notified.party),
        nominated=nominated,
        occupation=notified.occupation,
        votes=votes,
        elected=contest.declared is not None and notified.id in contest.declared.elected,
        order=order,
        result=result,
    )


def _column(party: str, *, nominated: bool) -> str:
    """Only parties that nominate as such have a column; others are among 諸派 (POEA 86)."""
    if not party:
        return INDEPENDENT
    return party if nominated else OTHERS


def _name(state: ElectionState, party: str) -> str:
    return state.register().parties[party].name if party else INDEPENDENT


def _result(state: ElectionState, dual: DualCandidacy) -> DistrictResult | None:
    standing = district_standing(state, dual.contest)
    if standing is None:
        return None
    return district_result(dual, standing, state.contests[dual.contest].rule)
