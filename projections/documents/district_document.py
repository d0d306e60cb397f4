"""`districts/{code}`: one reporting unit: its sheets, every report in order, its turnout."""

from datetime import date, datetime

import msgspec

from aggregates.counting.count_events import CountReturned, TallyCorrected, TallyEvent
from aggregates.counting.turnout import TurnoutCorrected, TurnoutEvent
from aggregates.election.geography import Unit
from aggregates.election.tally import Tally
from projections.documents import document_parts
from projections.documents.models import Head, Poll
from projections.state.count_status import Status
from projections.state.election_state import ElectionState
from projections.state.records import CountRecord
from projections.state.results import list_votes
from projections.state.sums import SheetSums, turnout_sums
from projections.state.turnout_record import TurnoutRecord


class ReportRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry in the history of a count or a turnout.

    Attributes:
        position: Its place in the log.
        topic: What happened.
        recorded_at: When the log took it.
        office: Who sent it.
        report: Its number in the stream; what a correction names as superseded.
        on_behalf: Sent by an office for a unit that is not its own.
        as_of: The moment the sheet states.
        ballots: Ballots counted so far; for turnout: voters so far; not there where neither is
            stated.
        reason: Why it was corrected or returned.
        supersedes: Report that a correction replaced.
        notices: Warnings recorded with it.
        estimated: `ballots` was spread over units, not counted here.
    """

    position: int
    topic: str
    recorded_at: datetime
    office: str
    report: int
    on_behalf: bool = False
    as_of: datetime | None = None
    ballots: int | None = None
    reason: str = ""
    supersedes: int = 0
    notices: tuple[str, ...] = ()
    estimated: bool = False


class UnitContest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One contest in this unit.

    Attributes:
        contest: Id.
        name: Name.
        status: none, interim, final, corrected or contested.
        uncontested: 無投票: nobody votes, so nothing is reported.
        confirmed: The prefecture confirmed it.
        doubtful: Names or order of the ballot changed since its latest report.
        poll: Turnout of this contest here.
        reports: History of the count, the oldest first.
        turnout_reports: History of the turnout, the oldest first.
        tally: The latest sheet; votes in integer thousandths.
        list_sums: Upper House lists on the latest sheet: id -> votes for the list and its members
            together, in thousandths.
        polling_day: Its own polling day; left out where it is that of the election.
    """

    contest: str
    name: str
    status: Status
    poll: Poll
    reports: list[ReportRow]
    turnout_reports: list[ReportRow]
    tally: Tally | None = None
    confirmed: bool = False
    doubtful: bool = False
    uncontested: bool = False
    list_sums: dict[str, int] = {}
    polling_day: date | None = None


class DistrictDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One reporting unit.

    Attributes:
        head: Election, environment, position.
        unit: The unit as registered.
        contests: Every contest it reports on.
    """

    head: Head
    unit: Unit
    contests: list[UnitContest]


def district_document(state: ElectionState, key: str) -> DistrictDocument:
    """Build `districts/{code}`."""
    code = key.removeprefix("districts/")
    return DistrictDocument(
        head=document_parts.head(state, key),
        unit=state.register().units[code],
        contests=[_unit_contest(count) for count in state.by_unit.get(code, ())],
    )


def _unit_contest(count: CountRecord) -> UnitContest:
    contest, turnout = count.contest, count.turnout
    own_day = contest.facts.polling_day
    return UnitContest(
        contest=contest.facts.id,
        name=contest.facts.name,
        status=count.status,
        uncontested=contest.uncontested,
        confirmed=count.state == "confirmed",
        doubtful=count.doubtful,
        poll=document_parts.poll(turnout_sums(turnout.figures, turnout.as_of, final=turnout.final)),
        reports=_reports(count),
        turnout_reports=_turnout_reports(turnout),
        tally=count.tally,
        list_sums=_list_sums(count),
        polling_day=None if own_day is msgspec.UNSET else own_day,
    )


def _list_sums(count: CountRecord) -> dict[str, int]:
    if count.tally is None or count.contest.rule.ballot != "open-lists":
        return {}
    sums = SheetSums(votes={}, no={})
    sums.add_sheet(count.tally)
    return list_votes(count.contest, sums)


def _reports(count: CountRecord) -> list[ReportRow]:
    rows = []
    for position, event in count.history:
        sheet = event if isinstance(event, TallyEvent) else None
        rows.append(
            ReportRow(
                position=position,
                topic=event.TOPIC,
                recorded_at=event.timestamp,
                office=event.provenance.office,
                report=event.originator_version,
                on_behalf=event.provenance.on_behalf,
                as_of=sheet.as_of if sheet is not None else None,
                ballots=sheet.tally.ballots if sheet is not None else None,
                reason=event.reason if isinstance(event, TallyCorrected | CountReturned) else "",
                supersedes=event.supersedes if isinstance(event, TallyCorrected) else 0,
                notices=tuple(n.code for n in sheet.notices) if sheet is not None else (),
                estimated=sheet is not None and "ballots" in sheet.tally.estimated,
            )
        )
    return rows


def _turnout_reports(turnout: TurnoutRecord) -> list[ReportRow]:
    return [
        ReportRow(
            position=position,
            topic=event.TOPIC,
            recorded_at=event.timestamp,
            office=event.provenance.office,
            report=event.originator_version,
            on_behalf=event.provenance.on_behalf,
            as_of=event.as_of,
            ballots=event.figures.voters.total,
            reason=event.reason if isinstance(event, TurnoutCorrected) else "",
            supersedes=event.supersedes if isinstance(event, TurnoutCorrected) else 0,
            notices=tuple(n.code for n in event.notices),
            estimated=event.figures.estimated,
        )
        for position, event in turnout.history
        if isinstance(event, TurnoutEvent)
    ]
