"""The control room's board: every count on one row, every contest that waits for its decision.

Rows are arrays, not objects: a national board has some six thousand, and only those that changed
travel after the first reading.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

import msgspec

from aggregates.counting.count_events import CountReturned, CountState
from aggregates.counting.turnout import TurnoutEvent
from aggregates.election.election_events import Phase
from aggregates.rule_package.kind_rule import Ballot
from projections.state.count_status import Status
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord


class BoardRow(msgspec.Struct, frozen=True, array_like=True):
    """One count.

    Attributes:
        contest: Id of the contest.
        unit: Unit code.
        status: As published.
        state: As the count has it.
        position: Of its last event.
        report: Number of the sheet that stands; 0 before the first.
        reports: How many sheets were posted.
        as_of: The moment the last sheet states.
        recorded_at: When it was recorded.
        ballots: Ballots counted so far (F), at least; 0 before the first report.
        voters: Voters (I), by the final sheet or the final turnout.
        notices: Codes of the warnings of the last sheet and of the last turnout report.
        office: Who sent it.
        on_behalf: It was sent for the unit by another office.
        reason: Why it was returned, while it is.
        estimated: Ballots or voters were spread over units, not counted here.
        unanswered: Warnings of these about which the sender wrote nothing.
    """

    contest: str
    unit: str
    status: Status
    state: CountState
    position: int
    report: int
    reports: int
    as_of: datetime | None
    recorded_at: datetime | None
    ballots: int
    voters: int | None
    notices: tuple[str, ...]
    office: str
    on_behalf: bool
    reason: str
    estimated: bool
    unanswered: int


class BoardContest(msgspec.Struct, frozen=True, array_like=True):
    """A contest: id, name, kind, whether nobody votes, and its polling day."""

    id: str
    name: str
    kind: str
    uncontested: bool
    polling_day: date


class BoardKind(msgspec.Struct, frozen=True, array_like=True):
    """A kind of contest as the log's package has it: id, name, name in English, ballot."""

    id: str
    name: str
    english: str
    ballot: Ballot


class BoardUnit(msgspec.Struct, frozen=True, array_like=True):
    """A unit: code, name, prefecture."""

    code: str
    name: str
    prefecture: str


class Board(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The board, or what changed on it.

    Attributes:
        election: Id of the election.
        environment: `live` or `rehearsal`.
        phase: Whether postings are taken.
        pause_reason: Why not, while paused.
        position: Log position at which it was read; the `after` of the next reading.
        rows: Counts, in order of the contests; on later readings those that changed.
        contests: On the first reading: every contest.
        kinds: On the first reading: what every kind that is held is called.
        units: On the first reading: every unit.
    """

    election: str
    environment: str
    phase: Phase
    pause_reason: str
    position: int
    rows: list[BoardRow]
    contests: list[BoardContest] = []
    kinds: list[BoardKind] = []
    units: list[BoardUnit] = []


def board(state: ElectionState, *, prefecture: str = "", after: int = 0) -> Board:
    """The board.

    Args:
        state: What the log says so far.
        prefecture: Only units of this prefecture; empty for the nation.
        after: Only counts that changed after this position; 0 for everything.
    """
    register = state.register()
    units = [u for u in register.units.values() if prefecture in {"", u.prefecture}]
    codes = {unit.code for unit in units}
    shown = [
        count
        for contest in state.contests.values()
        if not contest.uncontested
        for count in contest.counts.values()
        if count.unit in codes and max(count.position, count.turnout.position) > after
    ]
    whole = after == 0
    return Board(
        election=register.facts.id,
        environment=register.facts.environment,
        phase=register.phase,
        pause_reason=register.pause_reason,
        position=state.position,
        rows=[_row(count) for count in shown],
        contests=list(_contests(state.contests.values(), register.facts.polling_day))
        if whole
        else [],
        kinds=list(_kinds(state.contests.values())) if whole else [],
        units=[BoardUnit(u.code, u.name, u.prefecture) for u in units] if whole else [],
    )


def _contests(contests: Iterable[ContestRecord], polling_day: date) -> Iterator[BoardContest]:
    for contest in contests:
        facts = contest.facts
        held_on = facts.held_on(polling_day)
        yield BoardContest(facts.id, facts.name, facts.kind, contest.uncontested, held_on)


def _kinds(contests: Iterable[ContestRecord]) -> Iterator[BoardKind]:
    for kind, rule in {contest.facts.kind: contest.rule for contest in contests}.items():
        yield BoardKind(kind, rule.name, rule.english, rule.ballot)


def _row(count: CountRecord) -> BoardRow:
    latest = count.latest
    return BoardRow(
        contest=count.contest.facts.id,
        unit=count.unit,
        status=count.status,
        state=count.state,
        position=count.position,
        report=latest.originator_version if latest is not None else 0,
        reports=count.effort.sheets,
        as_of=count.as_of,
        recorded_at=latest.timestamp if latest is not None else None,
        ballots=count.ballots,
        voters=count.voters,
        notices=tuple(dict.fromkeys((*count.notices, *count.turnout.notices))),
        office=latest.provenance.office if latest is not None else "",
        on_behalf=latest.provenance.on_behalf if latest is not None else False,
        reason=_reason(count),
        estimated=count.is_base_estimated,
        unanswered=_count_unanswered(count),
    )


def _count_unanswered(count: CountRecord) -> int:
    reports = (count.latest, count.turnout.latest)
    return sum(not each.reason for report in reports if report for each in report.notices)


def _reason(count: CountRecord) -> str:
    if count.state != "returned":
        return ""
    reasons = (e.reason for _, e in reversed(count.history) if isinstance(e, CountReturned))
    return next(reasons, "")


class TurnoutRow(msgspec.Struct, frozen=True, array_like=True):
    """Turnout of one count through the day.

    Attributes:
        contest: Id of the contest.
        unit: Unit code.
        report: Number of the report that stands; 0 before the first.
        final: Whether it is final.
        electors: Electors.
        voters: Voters so far.
        course: (as of, voters) of every report, the oldest first.
        estimated: They were spread over units, not counted here.
    """

    contest: str
    unit: str
    report: int
    final: bool
    electors: int
    voters: int
    course: tuple[tuple[datetime, int], ...]
    estimated: bool


def turnout_rows(state: ElectionState, kind: str, *, prefecture: str = "") -> list[TurnoutRow]:
    """Turnout of every unit for one kind of contest; units without a report are rows too."""
    units = state.register().units
    return [
        _turnout_row(count)
        for contest in state.contests.values()
        if contest.facts.kind == kind and not contest.uncontested
        for count in contest.counts.values()
        if prefecture in {"", units[count.unit].prefecture}
    ]


def _turnout_row(count: CountRecord) -> TurnoutRow:
    turnout = count.turnout
    reports = [event for _, event in turnout.history if isinstance(event, TurnoutEvent)]
    figures = turnout.figures
    return TurnoutRow(
        contest=count.contest.facts.id,
        unit=count.unit,
        report=reports[-1].originator_version if reports else 0,
        final=turnout.final,
        electors=figures.electors.total if figures is not None else 0,
        voters=figures.voters.total if figures is not None else 0,
        course=tuple((event.as_of, event.figures.voters.total) for event in reports),
        estimated=figures is not None and figures.estimated,
    )
