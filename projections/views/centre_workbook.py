"""What a counting centre needs to fill in its sheets, with or without a connection: one workbook.

It holds the ballot of every count in the order of the notice, the last report, and what the next
one will be compared with.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from aggregates.counting.count_events import CountState
from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.ballot import Candidate, Justice, Option, PartyList, PollOption
from aggregates.election.contests.votable_options import ballot_sha256
from aggregates.election.election_events import Phase
from aggregates.election.identifiers import ContestKind
from aggregates.rules import FOURTH_RULES, SECOND_RULES, THIRD_RULES
from projections.state.count_status import Status
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord
from projections.state.results import standing_options
from projections.views.last_reports import (
    LastTally,
    LastTurnout,
    last_tally,
    last_turnout,
    reason_for_return,
)


class BallotLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a sheet.

    Attributes:
        id: Candidate, list, list member or justice.
        name: As on the notice.
        party: Short name of the party; empty for independents, justices and members.
        of_list: The list that a member of an Upper House list is on.
        list_id: Its id, of a member whose ballots are the list's.
        number: Its place in the notice (届出番号 of a candidate), kept when others withdraw;
            0 for members of lists and options of a poll, which have none.
    """

    id: str
    name: str
    party: str = ""
    of_list: str = ""
    list_id: str = ""
    number: int = 0


class ContestTurnout(msgspec.Struct, frozen=True, kw_only=True):
    """What the same unit reported of another contest.

    Attributes:
        name: Of the contest.
        final: Whether the figures are final.
        figures: Of the report that stands.
    """

    name: str
    final: bool
    figures: TurnoutFigures


class CountBook(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One count as its centre sees it.

    Attributes:
        contest: Id of the contest.
        name: Its name.
        kind: Kind of contest.
        is_review: Whether justices are reviewed: each has two figures.
        unit: Code of the unit.
        ballot_sha256: Digest of the ballot in force; a sheet is filled in against it.
        ballot: Who has a line on the sheet, in order of the notice.
        takes_pools: Whether a sheet may have pools of shared ballots, and needs them or a reason.
        pool_members: Members of the 特定枠, who stand on a sheet inside a pool only.
        status: As published.
        state: As the count has it; `returned` asks for a correction.
        uncontested: Nobody votes, so nothing is reported.
        last: The report that stands.
        returned_reason: Why the prefecture returned it, while it is returned.
        turnout: The turnout report that stands.
        last_rate: Turnout here at the last election, in hundredths of a percent; null where it is
            not on record.
        other_turnouts: Of this unit in other contests.
    """

    contest: str
    name: str
    kind: ContestKind
    unit: str
    ballot_sha256: str
    ballot: tuple[BallotLine, ...]
    status: Status
    state: CountState
    is_review: bool = False
    takes_pools: bool = False
    pool_members: tuple[BallotLine, ...] = ()
    uncontested: bool = False
    last: LastTally | None = None
    returned_reason: str = ""
    turnout: LastTurnout | None = None
    last_rate: int | None = None
    other_turnouts: tuple[ContestTurnout, ...] = ()


class UnitBook(msgspec.Struct, frozen=True, kw_only=True):
    """One unit and its counts."""

    code: str
    name: str
    prefecture: str
    counts: tuple[CountBook, ...]


class Workbook(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a centre needs.

    Attributes:
        election: Id of the election.
        name: Its name.
        environment: `live` or `rehearsal`.
        polling_day: The day of the poll.
        phase: Whether postings are taken.
        pause_reason: Why not, while paused.
        unsigned: Postings without a signature are taken (rehearsals only).
        names_typists: A sheet says who typed its entries, or why there is one.
        takes_answers: Postings may have answers to what was asked before sending.
        position: Log position at which this was read.
        units: The units asked for, in order of the register.
    """

    election: str
    name: str
    environment: str
    polling_day: date
    phase: Phase
    pause_reason: str
    unsigned: bool
    names_typists: bool
    takes_answers: bool
    position: int
    units: tuple[UnitBook, ...]


def workbook(state: ElectionState, codes: Iterable[str]) -> Workbook:
    """The workbook for some units; codes that are not in the register are left out."""
    register = state.register()
    wanted = set(codes)
    last_rates = register.previous.total_rates()
    return Workbook(
        election=register.facts.id,
        name=register.facts.name,
        environment=register.facts.environment,
        polling_day=register.facts.polling_day,
        phase=register.phase,
        pause_reason=register.pause_reason,
        unsigned=register.facts.unsigned,
        names_typists=register.rules >= FOURTH_RULES,
        takes_answers=register.rules >= THIRD_RULES,
        position=state.position,
        units=tuple(
            UnitBook(
                code=unit.code,
                name=unit.name,
                prefecture=unit.prefecture,
                counts=tuple(
                    _count(state, each, last_rates.get((each.contest.facts.kind, unit.prefecture)))
                    for each in state.by_unit.get(unit.code, ())
                ),
            )
            for unit in register.units.values()
            if unit.code in wanted
        ),
    )


def _count(state: ElectionState, count: CountRecord, last_rate: int | None) -> CountBook:
    contest = count.contest
    takes_pools = state.register().rules >= THIRD_RULES and contest.rule.ballot not in {
        "justices",
        "options",
    }
    return CountBook(
        contest=contest.facts.id,
        name=contest.facts.name,
        kind=contest.facts.kind,
        is_review=contest.rule.ballot == "justices",
        unit=count.unit,
        ballot_sha256=ballot_sha256(contest.facts.id, standing_options(contest)),
        ballot=tuple(_ballot(state, contest)),
        takes_pools=takes_pools,
        pool_members=tuple(_pool_members(contest)) if takes_pools else (),
        status=count.status,
        state=count.state,
        uncontested=contest.uncontested,
        last=last_tally(count),
        returned_reason=reason_for_return(count),
        turnout=last_turnout(count),
        last_rate=last_rate,
        other_turnouts=tuple(_other_turnouts(state, count)),
    )


def _other_turnouts(state: ElectionState, count: CountRecord) -> Iterator[ContestTurnout]:
    for other in state.by_unit.get(count.unit, ()):
        last = None if other is count else last_turnout(other)
        if last is not None:
            yield ContestTurnout(
                name=other.contest.facts.name, final=last.final, figures=last.figures
            )


def _ballot(state: ElectionState, contest: ContestRecord) -> Iterator[BallotLine]:
    standing = standing_options(contest)
    # Members of the 特定枠 have no votes of their own (POEA 95-3).
    silent = state.register().rules >= SECOND_RULES
    for number, option in enumerate(contest.options.values(), 1):
        if option.id in standing:
            yield BallotLine(
                id=option.id,
                name=option.name,
                party=_party(state, option),
                number=0 if isinstance(option, PollOption) else number,
            )
        if contest.rule.ballot == "open-lists" and isinstance(option, PartyList):
            for member in option.members:
                if member.id in standing and not (silent and member.priority is not None):
                    yield BallotLine(id=member.id, name=member.name, of_list=option.name)


def _pool_members(contest: ContestRecord) -> Iterator[BallotLine]:
    """Members of the 特定枠 who stand: their ballots are the list's (POEA 68-3)."""
    standing = standing_options(contest)
    for option in contest.options.values():
        if isinstance(option, PartyList):
            for member in option.members:
                if member.priority is not None and member.id in standing:
                    yield BallotLine(
                        id=member.id, name=member.name, of_list=option.name, list_id=option.id
                    )


def _party(state: ElectionState, option: Option) -> str:
    if isinstance(option, Justice | PollOption) or not option.party:
        return ""
    registered = state.register().parties[option.party]
    label = option.party_label if isinstance(option, Candidate) else ""
    return label or registered.short
