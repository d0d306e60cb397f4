"""Which columns and rows the table of each kind of document has."""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import chain

import msgspec

from projections.documents.block_document import BlockDocument
from projections.documents.contest_document import ContestDocument, ContestUnitsDocument
from projections.documents.corrections_document import CorrectionsDocument
from projections.documents.district_document import DistrictDocument
from projections.documents.models import Poll, Votes
from projections.documents.nation_tables import (
    CandidatesDocument,
    CoverageDocument,
    TurnoutDocument,
)
from projections.documents.offices_document import OfficesDocument
from projections.documents.overview import NationalDocument, PrefectureDocument, Tier
from projections.documents.results_document import ResultsDocument
from projections.documents.whole_election.declarations_document import DeclarationsDocument
from projections.documents.whole_election.pools_document import PoolsDocument
from projections.documents.whole_election.seats_document import SeatsDocument
from projections.feeds.tables.amendment_cells import amendment_cells
from projections.feeds.tables.decision_rows import DECISION_COLUMNS, decision_rows
from projections.feeds.tables.register_rows import (
    KEY_COLUMNS,
    PEOPLE_COLUMNS,
    key_rows,
    people_rows,
)
from projections.feeds.tables.result_rows import RESULT_COLUMNS, result_rows
from projections.feeds.tables.sheet_rows import (
    LIST_VOTES,
    REPORT_COLUMNS,
    report_rows,
    sheet_lines,
    unit_rows,
)

Row = Iterable[object]
Rows = tuple[tuple[str, ...], Iterable[Row]]

_PARTY = (
    "kind", "party", "party_name", "votes", "votes_thousandths", "share_percent",
    "declared_seats", "projected_seats", "units", "units_reporting", "units_final",
)  # fmt: skip


@singledispatch
def document_rows(document: msgspec.Struct) -> Rows:
    """Columns and rows of a document.

    Raises:
        KeyError: This kind of document has no table.
    """
    raise KeyError(type(document).__name__)


def _both_forms(votes: Votes | None) -> tuple[str | None, int | None]:
    """Votes as a decimal and in thousandths; nothing before a report."""
    return (votes.votes, votes.thousandths) if votes is not None else (None, None)


def _party_rows(tiers: list[Tier]) -> Iterator[list[object]]:
    for tier in tiers:
        units = tier.progress.units, tier.progress.reporting, tier.progress.final
        for row in tier.parties:
            votes = *_both_forms(row.votes), row.share_percent
            seats = row.declared_seats, row.projected_seats
            yield [tier.kind, row.id, row.name, *votes, *seats, *units]


@document_rows.register
def _(document: NationalDocument) -> Rows:
    return _PARTY, _party_rows(document.tiers)


@document_rows.register
def _(document: PrefectureDocument) -> Rows:
    columns = ("prefecture", "contest", "contest_name", "option", "name", *_PARTY)
    place = document.code
    parties = ([place, "", "", "", "", *row] for row in _party_rows(document.tiers))
    return columns, [*parties, *_contest_rows(document)]


def _contest_rows(document: PrefectureDocument) -> Iterator[list[object]]:
    for contest in document.contests:
        progress = contest.progress
        units = progress.units, progress.reporting, progress.final
        kind = contest.id.partition("/")[0]
        for row in contest.options:
            yield [
                document.code, contest.id, contest.name, row.id, row.name, kind, row.party, "",
                *_both_forms(row.votes), row.share_percent,
                int(row.declared), row.projected_seats, *units,
            ]  # fmt: skip


@document_rows.register
def _(document: ContestDocument) -> Rows:
    columns = (
        "contest", "unit", "unit_name", "prefecture", "status", "confirmed", "as_of",
        "option", "name", "party", "votes", "votes_thousandths", "valid", "invalid", "estimated",
        "list", "special_place", *LIST_VOTES,
    )  # fmt: skip
    return columns, unit_rows(document)


@document_rows.register
def _(document: ContestUnitsDocument) -> Rows:
    return REPORT_COLUMNS, report_rows(document)


@document_rows.register
def _(document: BlockDocument) -> Rows:
    columns = (
        "block", "list", "party", "list_name", "votes", "votes_thousandths", "projected_seats",
        "declared_seats", "member", "member_name", "rank", "district", "district_won",
        "margin_ratio_thousandths", "elected", "order", "withdrawn",
    )  # fmt: skip
    rows = (
        [
            document.id, row.id, row.party, row.name, *_both_forms(row.votes),
            row.projected_seats, row.declared_seats, member.id, member.name, member.rank,
            member.district, member.district_won, member.margin_ratio, member.elected,
            member.order, member.withdrawn,
        ]
        for row in document.lists
        for member in row.members
    )  # fmt: skip
    return columns, rows


@document_rows.register
def _(document: DistrictDocument) -> Rows:
    columns = (
        "unit", "unit_name", "contest", "contest_name", "status", "confirmed", "option", "votes",
        "votes_thousandths", "valid", "invalid", *_POLL, "tally_estimated", *LIST_VOTES,
    )  # fmt: skip
    unit = document.unit.code, document.unit.name
    rows = (
        [
            *unit,
            each.contest,
            each.name,
            each.status,
            each.confirmed,
            *figures,
            *_poll(each.poll),
            " ".join(each.tally.estimated) if each.tally is not None else None,
            *parts,
        ]
        for each in document.contests
        for figures, parts in sheet_lines(each)
    )
    return columns, rows


_POLL = (
    *(
        f"{who}_{sex}"
        for who in ("electors", "voters", "turnout_percent")
        for sex in ("male", "female", "total")
    ),
    "turnout_as_of", "turnout_final", "turnout_estimated",
)  # fmt: skip


def _poll(poll: Poll) -> list[object]:
    figures = [
        getattr(group, sex)
        for group in (poll.electors, poll.voters, poll.rates)
        for sex in ("male", "female", "total")
    ]
    if not poll.reporting:
        return [*figures, None, None, None]
    return [*figures, poll.as_of, poll.final == poll.units, poll.estimated]


@document_rows.register
def _(document: TurnoutDocument) -> Rows:
    columns = ("kind", "prefecture", "units", "units_reporting", "units_final", *_POLL)
    rows = (
        [table.kind, code, poll.units, poll.reporting, poll.final, *_poll(poll)]
        for table in document.tables
        for code, poll in (("", table.national), *table.prefectures.items())
    )
    return columns, rows


@document_rows.register
def _(document: SeatsDocument) -> Rows:
    columns = (
        "contest", "contest_name", "seats", "is_declared", "party", "declared_seats",
        "projected_seats", "vacant",
    )  # fmt: skip
    rows = (
        [
            row.contest, row.name, row.seats, row.is_declared, party,
            row.declared_seats.get(party, 0), row.projected_seats.get(party), row.vacant,
        ]
        for row in document.contests
        for party in sorted({*row.declared_seats, *row.projected_seats}) or [""]
    )  # fmt: skip
    return columns, rows


@document_rows.register
def _(document: CorrectionsDocument) -> Rows:
    columns = (
        "entry", "replaces", "topic", "contest", "unit", "reason", "office", "recorded_at",
        "field", "old", "new", "contest_name", "unit_name", "office_name", "field_name",
        "estimated",
    )  # fmt: skip
    rows = (
        [
            row.position, row.replaces, row.topic, row.contest, row.unit, row.reason, row.office,
            row.recorded_at.isoformat(), change.field, change.old, change.new,
            row.contest_name, row.unit_name, row.office_name, change.name,
            " ".join(change.estimated),
        ]
        for row in document.corrections
        for change in row.changes
    )  # fmt: skip
    return columns, chain(rows, amendment_cells(document))


@document_rows.register
def _(document: PoolsDocument) -> Rows:
    columns = (
        "contest", "unit", "final", "as_of", "pool", "ballots", "option", "own", "own_thousandths",
        "share", "share_thousandths", "cut", "cut_thousandths", "nobody", "nobody_thousandths",
        "unstated_reason",
    )  # fmt: skip
    stated = (
        [
            row.contest, row.unit, row.final, row.as_of, row.name, row.ballots, each.option,
            *_both_forms(each.own), *_both_forms(each.share),
            *_both_forms(row.cut), *_both_forms(row.nobody), "",
        ]
        for row in document.pools
        for each in row.sharers
    )  # fmt: skip
    unknown = (
        [row.contest, row.unit, row.final, row.as_of, *(None for _ in range(11)), row.reason]
        for row in document.unstated
    )
    return columns, chain(stated, unknown)


@document_rows.register
def _(document: CoverageDocument) -> Rows:
    rows = (
        [contest.contest, contest.uncontested, unit, status]
        for contest in document.contests
        for unit, status in contest.units.items()
    )
    return ("contest", "uncontested", "unit", "status"), rows


@document_rows.register
def _(document: CandidatesDocument) -> Rows:
    return PEOPLE_COLUMNS, people_rows(document)


@document_rows.register
def _(document: ResultsDocument) -> Rows:
    return RESULT_COLUMNS, result_rows(document)


@document_rows.register
def _(document: DeclarationsDocument) -> Rows:
    return DECISION_COLUMNS, decision_rows(document)


@document_rows.register
def _(document: OfficesDocument) -> Rows:
    return KEY_COLUMNS, key_rows(document)
