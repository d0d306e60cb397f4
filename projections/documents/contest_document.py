"""`contests/{kind}/{id}`: one race, its votes, its units, and what the law makes of them.

The units of a block, or of a contest that spans prefectures, are there by prefecture as well:
`contest-units/{kind}/{id}/{prefecture}`.
"""

from datetime import date, datetime

import msgspec

from aggregates.counting.outcome import Outcome
from aggregates.election.contests.contest_facts import ContestCause
from aggregates.election.tally import BallotPool
from projections.documents import document_parts
from projections.documents.models import (
    Head,
    OptionRow,
    Poll,
    Progress,
    Sheet,
    Votes,
    both_forms,
)
from projections.documents.rows.dispute_rows import DisputeRow, dispute_row
from projections.documents.rows.last_time_rows import ContestLastTime, last_time
from projections.documents.rows.option_rows import option_rows
from projections.documents.rows.succession_rows import SuccessionRow, succession_rows
from projections.state.count_status import Status
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord
from projections.state.results import is_contradicted, proposal
from projections.state.statutory_lines import (
    contest_full_seats,
    needs_re_election,
    printed_line,
    statutory_lines,
)


class UnitRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One unit of the contest; units without a report are rows too.

    Attributes:
        unit: Code.
        name: Name.
        prefecture: Prefecture code.
        status: none, interim, final, corrected or contested.
        confirmed: The prefecture confirmed it.
        doubtful: Names or order of the ballot changed since its latest report; its office has
            not answered yet.
        as_of: The moment its latest sheet states.
        position: Position of its latest event.
        valid: D of its latest sheet; null before the first report.
        invalid: E of its latest sheet; null before the first report.
        thousandths: Votes per option in thousandths; empty before the first report.
        notices: Codes of the warnings recorded with the latest sheet.
        estimated: Figures of the latest sheet that were spread over units, not counted here.
        turnout_notices: Codes of the warnings recorded with the latest turnout report.
        pools: Shared ballots of the latest sheet (按分票): how many, what each sharer has without
            them (`own`) and gets of them (`share`), in thousandths; what is left is in B or C.
        pools_unstated: Why divided figures of the latest sheet come without their pools.
        list_totals: The latest sheet has votes of whole lists, not of their members.
    """

    unit: str
    name: str
    prefecture: str
    status: Status
    position: int
    valid: int | None
    invalid: int | None
    confirmed: bool = False
    doubtful: bool = False
    as_of: datetime | None = None
    thousandths: dict[str, int] = {}
    notices: tuple[str, ...] = ()
    estimated: tuple[str, ...] = ()
    turnout_notices: tuple[str, ...] = ()
    pools: tuple[BallotPool, ...] = ()
    pools_unstated: str = ""
    list_totals: bool = False


class LawRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Lines of the law on the votes so far.

    Attributes:
        statutory_minimum: 法定得票数 (POEA 95); null where there is none.
        deposit_line: 供託物没収点 (POEA 93); null where there is none.
        estimated: They follow from valid ballots that were spread over units, not counted there.
    """

    statutory_minimum: Votes | None
    deposit_line: Votes | None
    estimated: bool = False


class ContestDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One contest.

    Attributes:
        head: Election, environment, position.
        id: `{kind}/{slug}`.
        kind: Kind of contest.
        name: Name.
        seats: Seats to be filled.
        full_seats: 議員定数 (POEA 95(1)); left out where it is `seats`.
        long_seats: How many of the seats have the long term, where the election fills seats of
            both (POEA 115); who has one says `long_terms` of the decision.
        causes: Why it is held, where it is no election of a whole body: by-election, re-election,
            increase, partial-re-run.
        repeats: The earlier election that a re-election repeats.
        polling_day: Its own polling day; left out where it is that of the election.
        prefectures: Codes of the prefectures of its units.
        progress: From the register.
        options: In order of the ballot.
        sheet: Sums of B to I.
        poll: Turnout.
        law: Lines of the law, for candidates; left out where nobody votes, or none is reported.
        uncontested: 無投票: nobody votes, so no unit reports.
        projected: Whom the law names (elected or dismissed); only once every figure is final.
        waiting_units: Units without which nobody can be declared.
        lot_between: Equals at the last seat, between whom people draw a lot.
        declared: The decision of the election council.
        declared_position: Position of that decision.
        re_election: The vacant seats of the decision alone call for another election.
        succession: Who is gone since polling, and who moved up; votes and decision stay.
        set_aside_position: Where a decision or judgment took the declared winners back, until
            others are declared.
        dispute: What that decision says of areas that vote again and of ballots; left out
            where it says nothing of them.
        contradicted: The figures recorded since lead to another decision; the council has not
            revised its own yet.
        last_time: 前回: what is recorded of the last election; left out where nothing is.
        units: One row per unit of the register.
    """

    head: Head
    id: str
    kind: str
    name: str
    seats: int
    prefectures: tuple[str, ...]
    progress: Progress
    options: list[OptionRow]
    sheet: Sheet
    poll: Poll
    units: list[UnitRow]
    full_seats: int | None = None
    long_seats: int | None = None
    causes: tuple[ContestCause, ...] = ()
    repeats: str = ""
    polling_day: date | None = None
    law: LawRow | None = None
    uncontested: bool = False
    projected: Outcome | None = None
    waiting_units: tuple[str, ...] = ()
    lot_between: tuple[str, ...] = ()
    declared: Outcome | None = None
    declared_position: int = 0
    re_election: bool = False
    set_aside_position: int = 0
    succession: tuple[SuccessionRow, ...] = ()
    dispute: DisputeRow | None = None
    contradicted: bool = False
    last_time: ContestLastTime | None = None


def contest_document(state: ElectionState, key: str) -> ContestDocument:
    """Build `contests/{kind}/{id}`."""
    contest = state.contests[key.removeprefix("contests/")]
    sums = contest.sums()
    decided, own_day = proposal(state, contest), contest.facts.polling_day
    long_seats, causes = contest.facts.long_seats, contest.facts.causes
    rows, poll = option_rows(state, contest, sums), document_parts.poll(contest.turnout())
    return ContestDocument(
        head=document_parts.head(state, key),
        id=contest.facts.id,
        kind=contest.facts.kind,
        name=contest.facts.name,
        seats=contest.facts.seats,
        full_seats=stated_full_seats(state, contest),
        long_seats=None if long_seats is msgspec.UNSET else long_seats,
        causes=() if causes is msgspec.UNSET else causes,
        repeats="" if contest.facts.repeats is msgspec.UNSET else contest.facts.repeats,
        polling_day=None if own_day is msgspec.UNSET else own_day,
        prefectures=contest.prefectures,
        progress=document_parts.progress(sums),
        options=rows,
        sheet=document_parts.sheet(sums),
        poll=poll,
        law=_law(state, contest),
        uncontested=contest.uncontested,
        projected=decided.outcome,
        waiting_units=decided.waiting_units,
        lot_between=decided.lot_between,
        declared=contest.declared,
        declared_position=contest.declared_at,
        re_election=needs_re_election(state, contest),
        set_aside_position=contest.set_aside[0] if contest.set_aside is not None else 0,
        succession=succession_rows(state, contest),
        dispute=dispute_row(contest),
        contradicted=is_contradicted(state, contest),
        last_time=last_time(state, contest, rows, poll),
        units=[unit_row(state, count) for count in contest.counts.values()],
    )


class ContestUnitsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The units of a contest in one of its prefectures, as in the document of the contest.

    Attributes:
        head: Election, environment, position.
        contest: Id of the contest.
        prefecture: Prefecture code.
        units: One row per unit of the register.
    """

    head: Head
    contest: str
    prefecture: str
    units: list[UnitRow]


def contest_units_document(state: ElectionState, key: str) -> ContestUnitsDocument:
    """Build `contest-units/{kind}/{id}/{prefecture}`."""
    contest, _, prefecture = key.partition("/")[2].rpartition("/")
    group = state.contests[contest].groups.get(prefecture)
    return ContestUnitsDocument(
        head=document_parts.head(state, key),
        contest=contest,
        prefecture=prefecture,
        units=[unit_row(state, count) for count in group.counts] if group is not None else [],
    )


def stated_full_seats(state: ElectionState, contest: ContestRecord) -> int | None:
    """議員定数 where it differs from the seats to be filled; else None."""
    full_seats = contest_full_seats(state, contest)
    return full_seats if full_seats != contest.facts.seats else None


def _law(state: ElectionState, contest: ContestRecord) -> LawRow | None:
    lines = statutory_lines(state, contest)
    if lines is None:
        return None
    minimum, deposit = printed_line(lines.minimum), printed_line(lines.deposit)
    return LawRow(
        statutory_minimum=None if minimum is None else both_forms(minimum),
        deposit_line=None if deposit is None else both_forms(deposit),
        estimated="valid" in contest.sums().estimated,
    )


def unit_row(state: ElectionState, count: CountRecord) -> UnitRow:
    """One unit of a contest as a row."""
    unit = state.register().units[count.unit]
    sheet = count.tally
    return UnitRow(
        unit=unit.code,
        name=unit.name,
        prefecture=unit.prefecture,
        status=count.status,
        position=count.position,
        confirmed=count.state == "confirmed",
        doubtful=count.doubtful,
        as_of=count.as_of,
        valid=sheet.valid if sheet is not None else None,
        invalid=sheet.invalid if sheet is not None else None,
        thousandths=sheet.votes if sheet is not None else {},
        notices=count.notices,
        estimated=sheet.estimated if sheet is not None else (),
        turnout_notices=count.turnout.notices,
        pools=sheet.pools if sheet is not None else (),
        pools_unstated=sheet.pools_unstated if sheet is not None else "",
        list_totals=sheet is not None and sheet.list_totals,
    )
