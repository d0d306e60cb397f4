"""How everybody on a ballot stands: votes, place, elected here or by a list."""

from collections.abc import Iterator

import msgspec

from aggregates.counting.outcome import Outcome
from aggregates.election.ballot import PartyList
from projections.documents.models import MemberVotes, OptionRow, Votes, both_forms
from projections.documents.rows.last_time_rows import contest_swing
from projections.documents.rows.option_rows import option_rows
from projections.documents.rows.race_standing import list_successes
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import outcome_so_far


class CandidateStanding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A candidate, list, member, justice or option with votes and decision.

    Attributes:
        id: Stable id.
        list: Id of the list of a member; empty for everybody else.
        votes: As in the document of the contest; of members of closed lists and of the 特定枠, and
            of who no longer stands, null.
        share_percent: Votes / votes of all who still stand; of members null.
        place: 1 for the most votes among all who still stand; equals share it. Of members null.
        elected: By declaration (justices: dismissed; options: adopted); null before it.
        projected: By declaration; before it whom the law names on final figures; null before these
            are final. Lists: null.
        order: Place among the elected, from 1.
        margin: Persons: own votes less those of the runner-up for the elected, less those of the
            last of the elected for the others; null before every figure is final.
        revived: 比例復活: not elected here, elected by the list on which they stand as well; null
            before this contest and the list are declared.
        seats: Lists: seats by declaration; null before it.
        projected_seats: Lists: seats by D'Hondt on the votes so far.
        swing_points: Percentage points of the votes more than last time, as `swing` of the
            contest; left out where that has none.
    """

    id: str
    votes: Votes | None
    share_percent: float | None
    place: int | None
    elected: bool | None
    projected: bool | None
    list: str = ""
    order: int | None = None
    margin: Votes | None = None
    revived: bool | None = None
    seats: int | None = None
    projected_seats: int | None = None
    swing_points: float | None = None


def candidate_standings(state: ElectionState, contest: ContestRecord) -> list[CandidateStanding]:
    """Everybody on the ballot in its order, a list before its members."""
    says = outcome_so_far(state, contest)
    rows = option_rows(state, contest, contest.sums())
    named = says.named_options(contest.rule.ballot) if says is not None else None
    if contest.is_list:
        found = list(_list_standings(contest, rows, named))
    else:
        lines = _lines(rows, says)
        back = list_successes(contest)
        found = [_standing(contest, row, named, lines, back) for row in rows]
    points = contest_swing(state, contest, rows)
    if not points:
        return found
    return [
        msgspec.structs.replace(row, swing_points=None if row.list else points.get(row.id))
        for row in found
    ]


def _lines(rows: list[OptionRow], says: Outcome | None) -> tuple[int | None, int | None]:
    """(votes of the last of the elected, votes of the runner-up); None where nobody is."""
    if says is None or says.uncontested:
        return None, None
    standing = [(row.id in says.elected, row.votes) for row in rows if not row.withdrawn]
    elected = [votes.thousandths for won, votes in standing if won and votes is not None]
    others = [votes.thousandths for won, votes in standing if not won and votes is not None]
    return min(elected, default=None), max(others, default=None)


def _standing(
    contest: ContestRecord,
    row: OptionRow,
    named: tuple[str, ...] | None,
    lines: tuple[int | None, int | None],
    back: dict[str, bool | None],
) -> CandidateStanding:
    winners = named or ()
    is_named, is_declared = row.id in winners, contest.declared is not None
    line = lines[1] if is_named else lines[0]
    return CandidateStanding(
        id=row.id,
        votes=_votes(row),
        share_percent=row.share_percent,
        place=row.rank if not row.withdrawn else None,
        elected=is_named if is_declared else None,
        projected=is_named if named is not None else None,
        order=winners.index(row.id) + 1 if is_named else None,
        margin=both_forms(row.votes.thousandths - line)
        if contest.rule.ballot == "persons"
        and row.votes is not None
        and line is not None
        and not row.withdrawn
        else None,
        revived=not is_named and back.get(row.id, False)
        if is_declared and back.get(row.id, False) is not None
        else None,
    )


def _list_standings(
    contest: ContestRecord, rows: list[OptionRow], named: tuple[str, ...] | None
) -> Iterator[CandidateStanding]:
    is_declared = contest.declared is not None
    for row in rows:
        yield CandidateStanding(
            id=row.id,
            votes=_votes(row),
            share_percent=row.share_percent,
            place=row.rank if not row.withdrawn else None,
            elected=None,
            projected=None,
            seats=row.declared_seats,
            projected_seats=row.projected_seats,
        )
        # Members fall with their list.
        personal = {member.id: member for member in row.members if not row.withdrawn}
        option = contest.options[row.id]
        own = [m.id for m in option.members] if isinstance(option, PartyList) else []
        won = [each for each in named or () if each in own]
        for member in own:
            yield CandidateStanding(
                id=member,
                list=row.id,
                votes=_personal(personal.get(member)),
                share_percent=None,
                place=None,
                elected=member in won if is_declared else None,
                projected=member in won if named is not None else None,
                order=won.index(member) + 1 if member in won else None,
            )


def _votes(row: OptionRow | MemberVotes) -> Votes | None:
    """Votes of who stands; those for others are invalid, and nobody counts them by name."""
    return None if row.withdrawn else row.votes


def _personal(member: MemberVotes | None) -> Votes | None:
    return _votes(member) if member is not None else None
