"""Contests as rows of CSV: one line each, the names of all winners in one cell."""

from collections.abc import Iterator

from projections.documents.document_parts import INDEPENDENT
from projections.documents.results_document import ContestResult, ResultsDocument, WinnerRow
from projections.feeds.csv_cells import TypedIds

RESULT_COLUMNS = (
    "contest", "contest_name", "kind", "seats", "prefectures", "status", "counted_percent",
    "counted_basis", "units", "units_reporting", "units_final", "elected_ids", "elected_names",
    "elected_parties", "elected_votes", "runner_up", "runner_up_name", "runner_up_party",
    "runner_up_votes", "margin", "margin_thousandths", "margin_percent", "revived_ids",
    "revived_names", "decided_ids", "vacant", "seats_by_list", "seats_by_list_projected", "ballots",
    "turnout_percent", "turnout_final", "estimated", "hold_gain", "seats_by_party_before",
)  # fmt: skip
_BETWEEN = "、"


def result_rows(document: ResultsDocument) -> Iterator[list[object]]:
    """One row per contest."""
    return map(_row, document.contests)


def _row(row: ContestResult) -> list[object]:
    progress, next_to = row.progress, row.runner_up
    margin = row.margin
    return [
        row.contest, row.name, row.kind, row.seats,
        TypedIds("prefecture", " ".join(row.prefectures)), row.status,
        progress.counted_percent, progress.basis,
        progress.units, progress.reporting, progress.final,
        *_people(row.elected), _BETWEEN.join(_votes(each) for each in row.elected),
        next_to.id if next_to else None, next_to.name if next_to else None,
        TypedIds("party", next_to.party) if next_to else None, next_to.votes if next_to else None,
        margin, margin.thousandths if margin is not None else None, row.margin_percent,
        TypedIds("option", " ".join(each.id for each in row.revived)),
        _BETWEEN.join(each.name for each in row.revived),
        TypedIds("option", " ".join((*row.dismissed, *row.adopted))), row.vacant,
        *_seats(row), row.ballots, row.turnout_percent, row.turnout_final,
        " ".join(row.estimated), row.hold_gain,
        _BETWEEN.join(
            f"{each.party or each.party_name or INDEPENDENT}={each.before}"
            for each in row.seat_changes
            if each.before
        ),
    ]  # fmt: skip


def _people(people: list[WinnerRow]) -> tuple[object, object, object]:
    """(ids, names, parties): of whom there are several, in the same order; 、 has no party."""
    return (
        TypedIds("option", " ".join(each.id for each in people)),
        _BETWEEN.join(each.name for each in people),
        TypedIds("party", _BETWEEN.join(each.party for each in people)),
    )


def _votes(person: WinnerRow) -> str:
    return person.votes.votes if person.votes is not None else ""


def _seats(row: ContestResult) -> tuple[str, str]:
    """(declared, on the votes so far): list and seats, such as `ao=5 aka=3`."""
    declared = (f"{each.id}={each.seats}" for each in row.lists if each.seats is not None)
    projected = (
        f"{each.id}={each.projected_seats}"
        for each in row.lists
        if each.projected_seats is not None
    )
    return " ".join(declared), " ".join(projected)
