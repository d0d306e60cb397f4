"""`national` and `prefectures/{pp}`: tiers of contests side by side, parties, progress."""

from collections.abc import Iterable

import msgspec

from aggregates.geography import PREFECTURES
from projections.documents import parts
from projections.results import party_votes
from projections.shapes import Head, OptionRow, PartyRow, Poll, Progress, Sheet
from projections.state import ContestRecord, NightState
from projections.sums import SheetSums, TurnoutSums, add_turnouts, add_up


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """All contests of one kind within the nation or a prefecture.

    Attributes:
        kind: Kind of contest.
        contests: How many there are.
        complete: On how many every unit is final.
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


class PrefectureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A prefecture on the national page.

    Attributes:
        code: Prefecture code.
        name: Name.
        progress: Per kind of contest.
        most_votes: Party with most seats declared here, then most votes so far; null before the
            first report.
        declared_seats: District seats declared.
        seats: District seats.
    """

    code: str
    name: str
    progress: dict[str, Progress]
    most_votes: str | None
    declared_seats: int
    seats: int


class NationalDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The nation.

    Attributes:
        head: Election, environment, position.
        tiers: Per kind of contest.
        justices: Review of justices: votes for and against dismissal.
        prefectures: One row per prefecture with a unit.
    """

    head: Head
    tiers: list[Tier]
    justices: list[OptionRow]
    prefectures: list[PrefectureRow]


class ContestRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A contest on the page of its prefecture.

    Attributes:
        id: `{kind}/{slug}`.
        name: Name.
        seats: Seats.
        progress: From the register.
        options: In order of the ballot.
        declared: Elected by declaration.
    """

    id: str
    name: str
    seats: int
    progress: Progress
    options: list[OptionRow]
    declared: tuple[str, ...] = ()


class PrefectureDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One prefecture.

    Attributes:
        head: Election, environment, position.
        code: Prefecture code.
        name: Name.
        tiers: Per kind, over the units of this prefecture only.
        contests: Contests wholly within the prefecture.
        units: Units of the prefecture: code -> name.
    """

    head: Head
    code: str
    name: str
    tiers: list[Tier]
    contests: list[ContestRow]
    units: dict[str, str]


Part = tuple[ContestRecord, SheetSums, TurnoutSums]


def national_document(night: NightState, key: str) -> NationalDocument:
    """Build `national`."""
    whole = [(c, c.sums(), c.turnout()) for c in night.contests.values()]
    codes = sorted({unit.prefecture for unit in night.register().units.values()})
    return NationalDocument(
        head=parts.head(night, key),
        tiers=_tiers(night, whole),
        justices=[
            row
            for contest, sums, _ in whole
            if contest.facts.kind == "justices"
            for row in parts.option_rows(night, contest, sums)
        ],
        prefectures=[_prefecture_row(night, code) for code in codes],
    )


def prefecture_document(night: NightState, key: str) -> PrefectureDocument:
    """Build `prefectures/{pp}`."""
    code = key.removeprefix("prefectures/")
    here = _parts_in(night, code)
    return PrefectureDocument(
        head=parts.head(night, key),
        code=code,
        name=PREFECTURES[code],
        tiers=_tiers(night, here),
        contests=[
            _contest_row(night, contest)
            for contest, _, _ in here
            if contest.facts.prefectures == (code,)
        ],
        units={u.code: u.name for u in night.register().units.values() if u.prefecture == code},
    )


def _parts_in(night: NightState, prefecture: str) -> list[Part]:
    return [
        (contest, contest.groups[prefecture].sums(), contest.groups[prefecture].turnout())
        for contest in night.contests.values()
        if prefecture in contest.groups
    ]


def _tiers(night: NightState, whole: list[Part]) -> list[Tier]:
    kinds = dict.fromkeys(contest.facts.kind for contest, _, _ in whole)
    return [
        _tier(night, kind, [part for part in whole if part[0].facts.kind == kind]) for kind in kinds
    ]


def _tier(night: NightState, kind: str, of_kind: list[Part]) -> Tier:
    sums = add_up(sums for _, sums, _ in of_kind)
    turnout = add_turnouts(turnout for _, _, turnout in of_kind)
    contests = [contest for contest, _, _ in of_kind]
    inside = [contest for contest, part, _ in of_kind if part.units == contest.sums().units]
    votes = party_votes((contest, part) for contest, part, _ in of_kind)
    return Tier(
        kind=kind,
        contests=len(contests),
        complete=sum(part.complete for _, part, _ in of_kind),
        declared=sum(contest.declared is not None for contest in contests),
        seats=sum(contest.facts.seats for contest in inside),
        progress=parts.progress(sums, turnout.voters.total if turnout.complete else 0),
        parties=parts.party_rows(night, votes, parts.SeatTable(night, inside)),
        sheet=parts.sheet(sums),
        poll=parts.poll(turnout),
    )


def _contest_row(night: NightState, contest: ContestRecord) -> ContestRow:
    sums, turnout = contest.sums(), contest.turnout()
    return ContestRow(
        id=contest.facts.id,
        name=contest.facts.name,
        seats=contest.facts.seats,
        progress=parts.progress(sums, turnout.voters.total if turnout.complete else 0),
        options=parts.option_rows(night, contest, sums),
        declared=contest.declared.elected if contest.declared is not None else (),
    )


def _prefecture_row(night: NightState, code: str) -> PrefectureRow:
    here = _parts_in(night, code)
    local = [contest for contest, _, _ in here if contest.facts.prefectures == (code,)]
    by_kind: dict[str, list[Part]] = {}
    for part in here:
        by_kind.setdefault(part[0].facts.kind, []).append(part)
    seats = parts.SeatTable(night, local).declared
    return PrefectureRow(
        code=code,
        name=PREFECTURES[code],
        progress={kind: _progress_of(group) for kind, group in by_kind.items()},
        most_votes=_most_votes(seats, party_votes((c, c.sums()) for c in local)),
        declared_seats=sum(seats.values()),
        seats=sum(contest.facts.seats for contest in local),
    )


def _progress_of(group: Iterable[Part]) -> Progress:
    listed = list(group)
    turnout = add_turnouts(part for _, _, part in listed)
    sums = add_up(part for _, part, _ in listed)
    return parts.progress(sums, turnout.voters.total if turnout.complete else 0)


def _most_votes(seats: dict[str, int], votes: dict[str, int]) -> str | None:
    ranked = sorted(
        (party for party, number in votes.items() if number or seats.get(party)),
        key=lambda party: (-seats.get(party, 0), -votes.get(party, 0), party),
    )
    return ranked[0] if ranked else None
