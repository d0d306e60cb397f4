"""Pieces that several documents share: heads, sheets, polls, rows."""

from projections.documents.document_format import DOCUMENT_FORMAT
from projections.documents.models import (
    Head,
    PartyRow,
    Poll,
    Progress,
    Rates,
    Sexes,
    Sheet,
    both_forms,
    percent,
)
from projections.state.election_state import ElectionState
from projections.state.seat_counts import SeatTable
from projections.state.sums import SheetSums, TurnoutSums

REHEARSAL_WARNING = "訓練データです。実際の選挙結果ではありません。 REHEARSAL - NOT REAL RESULTS"
INDEPENDENT = "無所属"
_WHOLE = 100.0
_NEVER_WHOLE = 99.99


def head(state: ElectionState, document: str) -> Head:
    """The head of a document at its own version."""
    facts = state.register().facts
    position = state.versions[document]
    return Head(
        election=facts.id,
        election_name=facts.name,
        environment=facts.environment,
        warning=REHEARSAL_WARNING if facts.environment == "rehearsal" else "",
        polling_day=facts.polling_day,
        document=document,
        position=position,
        updated_at=state.times[position - 1],
        format=DOCUMENT_FORMAT,
    )


def progress(sums: SheetSums) -> Progress:
    """How far the counts below are, by their sums."""
    return Progress(
        units=sums.units,
        reporting=sums.reporting,
        final=sums.final,
        contested=sums.contested,
        counted_percent=_share_counted(sums),
    )


def _share_counted(sums: SheetSums) -> float | None:
    if sums.units and sums.final == sums.units and not sums.contested:
        return _WHOLE
    if sums.ballots == 0:
        return 0.0
    if sums.voters_unknown or not sums.voters_known:
        return None
    # Ballots may exceed voters (G < 0): before the last final it is still not all counted.
    return min(percent(sums.ballots, sums.voters_known), _NEVER_WHOLE)


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


def party_rows(state: ElectionState, votes: dict[str, int], seats: SeatTable) -> list[PartyRow]:
    """Parties by votes, the most first; equals by id."""
    total = sum(votes.values())
    ids = sorted({*votes, *seats.declared, *seats.projected}, key=lambda p: (-votes.get(p, 0), p))
    return [
        PartyRow(
            id=party,
            name=party_name(state, party),
            votes=both_forms(votes.get(party, 0)),
            share_percent=percent(votes.get(party, 0), total),
            declared_seats=seats.declared.get(party, 0),
            projected_seats=seats.projected.get(party),
        )
        for party in ids
    ]


def party_name(state: ElectionState, party: str) -> str:
    """Name of a party; 無所属 for independents."""
    return state.register().parties[party].name if party else INDEPENDENT
