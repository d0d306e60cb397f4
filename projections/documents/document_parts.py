"""Pieces that several documents share: heads, sheets, polls, rows."""

from aggregates.counting.turnout import BySex
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.documents.models import (
    Basis,
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
BASIS_UNITS_PERCENT_MIN = 95
"""Below this share of units with a known basis, 開票率 is that of units and not of ballots: a few
that are known say nothing of the whole."""

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
        replay=facts.is_replay,
    )


def progress(sums: SheetSums) -> Progress:
    """How far the counts below are, by their sums."""
    basis = _basis(sums)
    return Progress(
        units=sums.units,
        reporting=sums.reporting,
        final=sums.final,
        contested=sums.contested,
        counted_percent=_counted_share(sums, basis),
        basis=basis,
        basis_units=sums.units if basis == "units" else sums.base_units,
    )


def _basis(sums: SheetSums) -> Basis | None:
    """The weakest of what the expected ballots are known from; units where too few know it."""
    if not sums.units:
        return None
    if not sums.base or sums.base_units * _WHOLE < sums.units * BASIS_UNITS_PERCENT_MIN:
        return "units"
    if sums.base_electors:
        return "electors"
    return "interim" if sums.base_interim else "voters"


def _counted_share(sums: SheetSums, basis: Basis | None) -> float | None:
    if basis is None:
        return None
    if sums.final == sums.units and not sums.contested:
        return _WHOLE
    if basis == "units":
        share = percent(max(0, sums.final - sums.contested), sums.units)
    else:
        share = percent(sums.base_ballots, sums.base)
    # Ballots may exceed voters (G < 0): before the last final it is still not all counted.
    return min(share or 0.0, _NEVER_WHOLE)


def sheet(sums: SheetSums) -> Sheet:
    """Sums of sheets as published: nothing of what no sheet states."""
    reported, stated = bool(sums.stating), bool(sums.voters_reporting)
    return Sheet(
        cut=sums.cut if reported else None,
        nobody=sums.nobody if reported else None,
        valid=sums.valid if reported else None,
        invalid=sums.invalid if reported else None,
        ballots=sums.ballots if reported else None,
        taken_away=sums.taken_away if stated else None,
        rejected=sums.rejected if stated else None,
        voters=sums.voters if stated else None,
        invalid_percent=percent(sums.invalid, sums.ballots),
        voters_units=sums.voters_reporting,
        votes_alone_units=sums.votes_alone,
        estimated=bool(sums.estimated),
        estimated_fields=tuple(sorted(sums.estimated)),
    )


def poll(sums: TurnoutSums) -> Poll:
    """Turnout as published: nothing before the first report."""
    electors, voters = sums.electors, sums.voters
    is_final = 0 < sums.units == sums.final
    male, female = electors.male - voters.male, electors.female - voters.female
    return Poll(
        units=sums.units,
        reporting=sums.reporting,
        final=sums.final,
        electors=_people(sums, electors),
        voters=_people(sums, voters),
        abstainers=Sexes(male, female, male + female) if is_final else _UNKNOWN,
        rates=Rates(
            percent(voters.male, electors.male),
            percent(voters.female, electors.female),
            percent(voters.total, electors.total),
        ),
        overseas_electors=_people(sums, sums.overseas_electors),
        overseas_voters=_people(sums, sums.overseas_voters),
        as_of=sums.as_of,
        estimated=sums.estimated,
    )


_UNKNOWN = Sexes(None, None, None)


def _people(sums: TurnoutSums, people: BySex) -> Sexes:
    return Sexes(people.male, people.female, people.total) if sums.reporting else _UNKNOWN


def party_rows(
    state: ElectionState, votes: dict[str, int], seats: SeatTable, *, reported: bool
) -> list[PartyRow]:
    """Parties by votes, the most first; equals by id. Without a report no votes are known."""
    total = sum(votes.values())
    ids = sorted({*votes, *seats.declared, *seats.projected}, key=lambda p: (-votes.get(p, 0), p))
    return [
        PartyRow(
            id=party,
            name=party_name(state, party),
            votes=both_forms(votes.get(party, 0)) if reported else None,
            share_percent=percent(votes.get(party, 0), total),
            declared_seats=seats.declared.get(party, 0),
            projected_seats=seats.projected.get(party),
        )
        for party in ids
    ]


def party_name(state: ElectionState, party: str) -> str:
    """Name of a party; 無所属 for independents."""
    return state.register().parties[party].name if party else INDEPENDENT
