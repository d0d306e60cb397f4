"""Pieces that several documents share: heads, sheets, polls, rows."""

from collections.abc import Iterable

from aggregates.ballot import Candidate, PartyList
from aggregates.contest import LIST_KINDS
from aggregates.law.apportionment import Apportionment
from projections.results import list_votes, projected_seats
from projections.shapes import (
    Head,
    OptionRow,
    PartyRow,
    Poll,
    Progress,
    Rates,
    Sexes,
    Sheet,
    percent,
    shown,
)
from projections.state import ContestRecord, NightState
from projections.sums import SheetSums, TurnoutSums

REHEARSAL_WARNING = "訓練データです。実際の選挙結果ではありません。 REHEARSAL - NOT REAL RESULTS"
INDEPENDENT = "無所属"
_WHOLE = 100.0
_NEVER_WHOLE = 99.99


def head(night: NightState, document: str) -> Head:
    """The head of a document at its own version."""
    election = night.register()
    facts = election.facts
    position = night.versions[document]
    return Head(
        election=facts.id,
        election_name=facts.name,
        environment=facts.environment,
        warning=REHEARSAL_WARNING if facts.environment == "rehearsal" else "",
        polling_day=facts.polling_day,
        phase=election.phase,
        document=document,
        position=position,
        updated_at=night.times[position - 1],
    )


def progress(sums: SheetSums, voters: int) -> Progress:
    """How far the counts below are.

    Args:
        sums: Their sums.
        voters: Voters by turnout, or by the sheets where those are final; 0 when unknown.
    """
    return Progress(
        units=sums.units,
        reporting=sums.reporting,
        final=sums.final,
        contested=sums.contested,
        counted_percent=_counted(sums, voters),
    )


def _counted(sums: SheetSums, voters: int) -> float | None:
    if sums.units and sums.final == sums.units:
        return _WHOLE
    if sums.ballots == 0:
        return 0.0
    if voters == 0:
        return None
    # Ballots may exceed voters (G < 0): before the last final it is still not all counted.
    return min(percent(sums.ballots, voters), _NEVER_WHOLE)


def sheet(sums: SheetSums) -> Sheet:
    """Sums of sheets as published."""
    return Sheet(
        cut=sums.cut,
        nobody=sums.nobody,
        valid=sums.valid,
        invalid=sums.invalid,
        ballots=sums.ballots,
        taken_away=sums.taken_away,
        rejected=sums.rejected,
        voters=sums.voters,
        invalid_percent=percent(sums.invalid, sums.ballots),
        estimated=sums.estimated,
    )


def poll(sums: TurnoutSums) -> Poll:
    """Turnout as published."""
    electors, voters = sums.electors, sums.voters
    return Poll(
        units=sums.units,
        reporting=sums.reporting,
        final=sums.final,
        electors=_sexes(electors.male, electors.female),
        voters=_sexes(voters.male, voters.female),
        abstainers=_sexes(electors.male - voters.male, electors.female - voters.female),
        rates=Rates(
            percent(voters.male, electors.male),
            percent(voters.female, electors.female),
            percent(voters.total, electors.total),
        ),
        overseas_electors=_sexes(sums.overseas_electors.male, sums.overseas_electors.female),
        overseas_voters=_sexes(sums.overseas_voters.male, sums.overseas_voters.female),
        estimated=sums.estimated,
    )


def _sexes(male: int, female: int) -> Sexes:
    return Sexes(male, female, male + female)


def option_rows(night: NightState, contest: ContestRecord, sums: SheetSums) -> list[OptionRow]:
    """Candidates, lists or justices in order of the ballot, with rank and share."""
    votes = list_votes(contest, sums)
    standing = [value for option, value in votes.items() if option not in contest.withdrawn]
    total = sum(standing)
    projected = _projected(night, contest)
    return [
        OptionRow(
            id=option.id,
            name=option.name,
            party=option.party if isinstance(option, Candidate | PartyList) else "",
            votes=shown(votes.get(option.id, 0)),
            share_percent=percent(votes.get(option.id, 0), total),
            rank=1 + sum(value > votes.get(option.id, 0) for value in standing),
            no=shown(sums.no.get(option.id, 0)) if contest.facts.kind == "justices" else None,
            withdrawn=option.id in contest.withdrawn,
            declared=_is_declared(contest, option.id),
            projected_seats=projected.get(option.id) if projected is not None else None,
            declared_seats=_declared_seats(contest, option.id),
        )
        for option in contest.options.values()
    ]


def _projected(night: NightState, contest: ContestRecord) -> dict[str, int] | None:
    apportionment = projected_seats(night, contest)
    return dict(apportionment.seats) if isinstance(apportionment, Apportionment) else None


def _is_declared(contest: ContestRecord, option: str) -> bool:
    declared = contest.declared
    return declared is not None and option in (*declared.elected, *declared.dismissed)


def _declared_seats(contest: ContestRecord, option: str) -> int | None:
    if contest.facts.kind not in LIST_KINDS or contest.declared is None:
        return None
    return contest.declared.list_seats.get(option, 0)


def party_rows(night: NightState, votes: dict[str, int], seats: "SeatTable") -> list[PartyRow]:
    """Parties by votes, the most first; equals by id."""
    total = sum(votes.values())
    ids = sorted({*votes, *seats.declared, *seats.projected}, key=lambda p: (-votes.get(p, 0), p))
    return [
        PartyRow(
            id=party,
            name=party_name(night, party),
            votes=shown(votes.get(party, 0)),
            share_percent=percent(votes.get(party, 0), total),
            declared_seats=seats.declared.get(party, 0),
            projected_seats=seats.projected.get(party),
        )
        for party in ids
    ]


def party_name(night: NightState, party: str) -> str:
    """Name of a party; 無所属 for independents."""
    return night.register().parties[party].name if party else INDEPENDENT


class SeatTable:
    """Seats by party over contests.

    Attributes:
        declared: By declaration.
        projected: Lists: declared where declared, else on the votes so far.
    """

    def __init__(self, night: NightState, contests: Iterable[ContestRecord]) -> None:
        self.declared: dict[str, int] = {}
        self.projected: dict[str, int] = {}
        for contest in contests:
            self._add(night, contest)

    def current(self) -> dict[str, int]:
        """Declared seats where they are declared, else those on the votes so far."""
        return self.declared or self.projected

    def _add(self, night: NightState, contest: ContestRecord) -> None:
        is_list = contest.facts.kind in LIST_KINDS
        if contest.declared is not None:
            seats = _seats_by_option(contest)
            _add_by_party(self.declared, contest, seats)
            if is_list:
                _add_by_party(self.projected, contest, seats)
        elif is_list:
            _add_by_party(self.projected, contest, _projected(night, contest) or {})


def _seats_by_option(contest: ContestRecord) -> dict[str, int]:
    if contest.declared is None:
        return {}
    if contest.facts.kind in LIST_KINDS:
        return contest.declared.list_seats
    return dict.fromkeys(contest.declared.elected, 1)


def _add_by_party(table: dict[str, int], contest: ContestRecord, seats: dict[str, int]) -> None:
    for option_id, number in seats.items():
        option = contest.options[option_id]
        if isinstance(option, Candidate | PartyList) and number:
            table[option.party] = table.get(option.party, 0) + number
