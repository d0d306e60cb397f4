"""`national` and `prefectures/{pp}`: tiers of contests side by side, parties, progress."""

from datetime import datetime

import msgspec

from aggregates.base import Event
from aggregates.election.election_events import (
    ChangeNoted,
    Phase,
    ReceptionPaused,
    RulesChanged,
)
from aggregates.election.geography import PREFECTURES, prefectures_among
from projections.documents import document_parts
from projections.documents.contest_row import ContestRow, contest_row
from projections.documents.models import Head, OptionRow, PartyRow, Poll, Progress, Sheet
from projections.documents.rows.option_rows import option_rows
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import party_votes
from projections.state.seat_counts import SeatTable
from projections.state.sums import SheetSums, TurnoutSums, add_turnouts, add_up


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """All contests of one kind within the nation or a prefecture.

    Attributes:
        kind: Kind of contest.
        contests: How many there are.
        complete: On how many every unit here is final and none contested, or nobody votes.
        declared: How many are declared.
        seats: Seats of these contests; in a prefecture only of contests wholly in it.
        progress: From the register.
        parties: Votes and seats by party, most votes first.
        sheet: Sums of B to I.
        poll: Turnout.
    """

    kind: str
    contests: int
    complete: int
    declared: int
    seats: int
    progress: Progress
    parties: list[PartyRow]
    sheet: Sheet
    poll: Poll


class JointDistrict(msgspec.Struct, frozen=True, kw_only=True):
    """A district of several prefectures: id and name of the contest."""

    contest: str
    name: str


class PrefectureRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A prefecture on the national page.

    Attributes:
        code: Prefecture code.
        name: Name.
        progress: Per kind of contest.
        most_votes: Party with most votes in the contests of candidates held in this prefecture
            alone, or in its joint district; null while a unit of theirs is missing, for nobody
            leads before.
        declared_seats: Seats of the contests held in this prefecture alone that are declared.
        declared_by_party: Those by party id.
        seats: Seats of these contests.
        joint: The district that it is together with other prefectures (合区); its seats are in no
            row.
        joint_declared: Whether that is decided.
    """

    code: str
    name: str
    progress: dict[str, Progress]
    most_votes: str | None
    declared_seats: int
    declared_by_party: dict[str, int]
    seats: int
    joint: JointDistrict | None = None
    joint_declared: bool = False


class CourseRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry on the course of the night: opening, a pause, a noted change, closing.

    Attributes:
        position: Its place in the log.
        topic: What happened.
        recorded_at: When the log took it.
        text: Reason of a pause, or the change noted.
    """

    position: int
    topic: str
    recorded_at: datetime
    text: str


class NationalDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The nation.

    Attributes:
        head: Election, environment, position.
        phase: Whether postings are taken: defined, counting, paused or closed.
        course: Opening, pauses, noted changes, closing, the oldest first.
        tiers: Per kind of contest.
        justices: Review of justices: votes for and against dismissal.
        prefectures: One row per prefecture with a unit.
    """

    head: Head
    phase: Phase
    course: list[CourseRow]
    tiers: list[Tier]
    justices: list[OptionRow]
    prefectures: list[PrefectureRow]


class PrefectureDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One prefecture.

    Attributes:
        head: Election, environment, position.
        code: Prefecture code.
        name: Name.
        tiers: Per kind, over the units of this prefecture only.
        contests: Contests wholly within the prefecture.
        units: Units of the prefecture: code -> name.
        joint: Districts that it is together with other prefectures, over all of them.
    """

    head: Head
    code: str
    name: str
    tiers: list[Tier]
    contests: list[ContestRow]
    units: dict[str, str]
    joint: list[ContestRow] = []


Part = tuple[ContestRecord, SheetSums, TurnoutSums]


def national_document(state: ElectionState, key: str) -> NationalDocument:
    """Build `national`."""
    whole = [(c, c.sums(), c.turnout()) for c in state.contests.values()]
    codes = prefectures_among(unit.prefecture for unit in state.register().units.values())
    return NationalDocument(
        head=document_parts.head(state, key),
        phase=state.register().phase,
        course=[_course_row(position, event) for position, event in state.course],
        tiers=_tiers(state, whole, whole=True),
        justices=[
            row
            for contest, sums, _ in whole
            if contest.rule.ballot == "justices"
            for row in option_rows(state, contest, sums)
        ],
        prefectures=[_prefecture_row(state, code) for code in codes],
    )


def _course_row(position: int, event: Event) -> CourseRow:
    match event:
        case ReceptionPaused():
            text = event.reason
        case ChangeNoted():
            text = event.note
        case RulesChanged():
            text = str(event.rules)
        case _:
            text = ""
    return CourseRow(position=position, topic=event.TOPIC, recorded_at=event.timestamp, text=text)


def prefecture_document(state: ElectionState, key: str) -> PrefectureDocument:
    """Build `prefectures/{pp}`."""
    code = key.removeprefix("prefectures/")
    here = _parts_in(state, code)
    return PrefectureDocument(
        head=document_parts.head(state, key),
        code=code,
        name=PREFECTURES[code],
        tiers=_tiers(state, here, whole=False),
        contests=[contest_row(state, contest) for contest, _, _ in here if contest.local],
        units={u.code: u.name for u in state.register().units.values() if u.prefecture == code},
        joint=[contest_row(state, contest) for contest, _, _ in here if contest.is_joint],
    )


def _parts_in(state: ElectionState, prefecture: str) -> list[Part]:
    return [
        (contest, contest.groups[prefecture].sums(), contest.groups[prefecture].turnout())
        for contest in state.by_prefecture.get(prefecture, ())
    ]


def _tiers(state: ElectionState, found: list[Part], *, whole: bool) -> list[Tier]:
    return [_tier(state, kind, group, whole=whole) for kind, group in _by_kind(found).items()]


def _by_kind(found: list[Part]) -> dict[str, list[Part]]:
    kinds: dict[str, list[Part]] = {}
    for part in found:
        kinds.setdefault(part[0].facts.kind, []).append(part)
    return kinds


def _is_complete(contest: ContestRecord, part: SheetSums) -> bool:
    return contest.uncontested or (0 < part.units == part.final and not part.contested)


def _tier(state: ElectionState, kind: str, of_kind: list[Part], *, whole: bool) -> Tier:
    sums = add_up(sums for _, sums, _ in of_kind)
    turnout = add_turnouts(turnout for _, _, turnout in of_kind)
    contests = [contest for contest, _, _ in of_kind]
    inside = contests if whole else [contest for contest in contests if contest.local]
    votes = party_votes((contest, part) for contest, part, _ in of_kind)
    return Tier(
        kind=kind,
        contests=len(contests),
        complete=sum(_is_complete(contest, part) for contest, part, _ in of_kind),
        declared=sum(contest.declared is not None for contest in contests),
        seats=sum(contest.facts.seats for contest in inside),
        progress=document_parts.progress(sums),
        parties=document_parts.party_rows(
            state, votes, SeatTable(state, inside), reported=bool(sums.reporting)
        ),
        sheet=document_parts.sheet(sums),
        poll=document_parts.poll(turnout),
    )


def _prefecture_row(state: ElectionState, code: str) -> PrefectureRow:
    here = _parts_in(state, code)
    local = [part for part in here if part[0].local and not part[0].is_list and part[0].facts.seats]
    contests = [contest for contest, _, _ in local]
    seats = SeatTable(state, contests).declared
    joint = next((contest for contest, _, _ in here if contest.is_joint), None)
    decisive = [(contest, contest.sums()) for contest in (*contests, joint) if contest is not None]
    is_complete = bool(decisive) and all(contest.complete for contest, _ in decisive)
    votes = party_votes(decisive) if is_complete else {}
    return PrefectureRow(
        code=code,
        name=PREFECTURES[code],
        progress={
            kind: document_parts.progress(add_up(part for _, part, _ in group))
            for kind, group in _by_kind(here).items()
        },
        most_votes=_most_votes(votes),
        declared_seats=sum(seats.values()),
        declared_by_party=dict(sorted(seats.items())),
        seats=sum(contest.facts.seats for contest in contests),
        joint=JointDistrict(contest=joint.facts.id, name=joint.facts.name) if joint else None,
        joint_declared=joint is not None and joint.declared is not None,
    )


def _most_votes(votes: dict[str, int]) -> str | None:
    ranked = sorted(votes, key=lambda party: (-votes[party], party))
    return ranked[0] if ranked else None
