"""Tables for analysts: what the outlet writes to SQL and Parquet, as rows of the fold.

Every table says which document shows its rows; when the version of that document moves on, the
rows are due again, and no others.
"""

from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple

from aggregates.election.ballot import Candidate, PartyList
from projections.documents.corrections_document import Change, CorrectionsDocument
from projections.documents.models import Votes
from projections.documents.nation_tables import CandidatesDocument
from projections.documents.render import build
from projections.documents.rows.option_rows import option_rows
from projections.feeds.analyst_unit_rows import (
    Row,
    turnout_rows,
    unit_pools_rows,
    unit_rows,
    unit_sheets_rows,
    unit_votes_rows,
)
from projections.feeds.tables.register_rows import ballot_people
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import is_contradicted, party_votes
from projections.state.seat_counts import SeatTable
from projections.state.statutory_lines import contest_full_seats
from projections.state.sums import SheetSums

ColumnType = Literal["text", "bigint", "boolean", "timestamptz"]


class AnalystColumn(NamedTuple):
    """A column."""

    name: str
    type: ColumnType


class AnalystTable(NamedTuple):
    """A table.

    Attributes:
        name: Its name.
        key: Columns that tell rows apart.
        columns: The others; a last one, `position`, is added: the version that the row is of.
        source: Kind of document that shows its rows.
        rows: The rows that one document shows.
        about: What a row is.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[AnalystColumn, ...]
    source: str
    rows: Callable[[ElectionState, str], Iterator[Row]]
    about: str

    @property
    def all_columns(self) -> tuple[AnalystColumn, ...]:
        """Key, others, position."""
        keys = tuple(
            AnalystColumn(name, "bigint" if name == "entry" else "text") for name in self.key
        )
        return (*keys, *self.columns, AnalystColumn("position", "bigint"))


def table_rows(table: AnalystTable, state: ElectionState, document: str) -> Iterator[Row]:
    """The rows of a table that a document shows, with its version."""
    version = _changed_at(state, document)
    for row in table.rows(state, document):
        yield (*row, version)


def _texts(*names: str) -> tuple[AnalystColumn, ...]:
    return tuple(AnalystColumn(name, "text") for name in names)


def _numbers(*names: str) -> tuple[AnalystColumn, ...]:
    return tuple(AnalystColumn(name, "bigint") for name in names)


def _flags(*names: str) -> tuple[AnalystColumn, ...]:
    return tuple(AnalystColumn(name, "boolean") for name in names)


def _contests(state: ElectionState, document: str) -> Iterator[Row]:
    contest = _contest(state, document)
    facts, sums = contest.facts, contest.sums()
    yield (
        facts.id, facts.kind, facts.name, facts.seats, contest_full_seats(state, contest),
        facts.block, contest.uncontested, contest.declared is not None,
        sums.units, sums.reporting, sums.final, sums.contested,
        contest.declared.vacant if contest.declared is not None else None,
        is_contradicted(state, contest),
    )  # fmt: skip


def _contest(state: ElectionState, document: str) -> ContestRecord:
    return state.contests[document.removeprefix("contests/")]


def _contest_votes(state: ElectionState, document: str) -> Iterator[Row]:
    contest = _contest(state, document)
    for row in option_rows(state, contest, contest.sums()):
        votes = row.votes.thousandths if row.votes is not None else None
        no = row.no.thousandths if row.no is not None else None
        yield (
            contest.facts.id, row.id, row.name, row.party, votes, no, row.rank,
            row.declared, row.withdrawn, row.projected_seats, row.declared_seats,
            row.list_votes.thousandths if row.list_votes is not None else None,
        )  # fmt: skip


def _member_votes(state: ElectionState, document: str) -> Iterator[Row]:
    contest = _contest(state, document)
    for row in option_rows(state, contest, contest.sums()):
        for each in row.members:
            votes = each.votes.thousandths if each.votes is not None else None
            yield (
                contest.facts.id, row.id, each.id, each.name, votes, each.priority, each.order,
                each.withdrawn,
            )  # fmt: skip


def _candidates(state: ElectionState, document: str) -> Iterator[Row]:
    found = build(state, document)
    if isinstance(found, CandidatesDocument):
        for contest in found.contests:
            for person in ballot_people(contest):
                yield contest.contest, *person


def _parties(state: ElectionState, _: str) -> Iterator[Row]:
    for party in state.register().parties.values():
        yield party.id, party.name, party.short


def _party_votes(state: ElectionState, document: str) -> Iterator[Row]:
    place = document.removeprefix("prefectures/") if document != "national" else ""
    kinds: dict[str, list[tuple[ContestRecord, SheetSums]]] = {}
    for contest in state.by_prefecture.get(place, ()) if place else state.contests.values():
        if any(isinstance(option, Candidate | PartyList) for option in contest.options.values()):
            sums = contest.groups[place].sums() if place else contest.sums()
            kinds.setdefault(contest.facts.kind, []).append((contest, sums))
    for kind, found in kinds.items():
        votes, reported = party_votes(found), any(sums.reporting for _, sums in found)
        for party in sorted({party for contest, _ in found for party in _parties_in(contest)}):
            yield kind, place, party, votes.get(party, 0) if reported else None


def _parties_in(contest: ContestRecord) -> set[str]:
    """Parties of a ballot, withdrawn options too: a row that was written once stays right."""
    options = contest.options.values()
    return {option.party for option in options if isinstance(option, Candidate | PartyList)}


def _seats(state: ElectionState, _: str) -> Iterator[Row]:
    for contest in state.contests.values():
        if contest.facts.seats:
            table = SeatTable(state, (contest,))
            for party in sorted({*table.declared, *table.projected, *_parties_in(contest)}):
                declared, projected = table.declared.get(party, 0), table.projected.get(party)
                yield contest.facts.id, party, declared, projected


def _corrections(state: ElectionState, document: str) -> Iterator[Row]:
    found = build(state, document)
    if isinstance(found, CorrectionsDocument):
        for row in found.corrections:
            for change in row.changes:
                yield (
                    row.position, change.field, row.replaces, row.topic, row.contest, row.unit,
                    row.reason, row.office, row.recorded_at, *_whole_and_votes(change),
                    row.contest_name, row.unit_name, row.office_name, change.name,
                    " ".join(change.estimated),
                )  # fmt: skip


def _whole_and_votes(change: Change) -> Row:
    """(old, new, old votes, new votes): whole figures and thousandths are never in one column."""
    figures = change.old, change.new
    whole = (figure if isinstance(figure, int) else None for figure in figures)
    votes = (figure.thousandths if isinstance(figure, Votes) else None for figure in figures)
    return *whole, *votes


_UNIT = ("contest", "unit")
_BY_SEX = tuple(
    f"{who}_{sex}"
    for who in ("electors", "voters", "overseas_electors", "overseas_voters")
    for sex in ("male", "female")
)

TABLES: Final = (
    AnalystTable("units", ("unit",), _texts("name", "prefecture", "kind"), "districts", unit_rows,
          "A reporting unit."),
    AnalystTable("parties", ("party",), _texts("name", "short"), "candidates", _parties,
          "A party."),
    AnalystTable("contests", ("contest",),
          (*_texts("kind", "name"), *_numbers("seats", "full_seats"), *_texts("block"),
           *_flags("uncontested", "declared"),
           *_numbers("units", "units_reporting", "units_final", "units_contested", "vacant"),
           *_flags("contradicted")),
          "contests", _contests, "A contest and how far its count is."),
    AnalystTable("candidates", ("contest", "list", "option"),
          (*_texts("name", "kana", "party"), *_numbers("rank"), *_texts("district", "withdrawn"),
           *_numbers("special_place")),
          "candidates", _candidates, "Who stands; a list itself has an empty option."),
    AnalystTable("unit_sheets", _UNIT,
          (*_texts("status"), *_flags("confirmed"), AnalystColumn("as_of", "timestamptz"),
           *_numbers("valid", "invalid", "ballots", "taken_away", "rejected", "voters",
                     "cut_thousandths", "nobody_thousandths", "reported_at"),
           *_texts("estimated")),
          "districts", unit_sheets_rows,
          "The latest sheet of a unit; also where none is. `estimated` (推計) names figures that "
          "were spread over units, not counted here."),
    AnalystTable("unit_votes", (*_UNIT, "option"), _numbers("votes_thousandths", "no_thousandths"),
          "districts", unit_votes_rows,
          "Votes of an option in a unit; of an Upper House list those for its name alone, beside "
          "its members."),
    AnalystTable("unit_pools", (*_UNIT, "pool", "option"),
          (*_flags("stands"), *_numbers("ballots", "own_thousandths", "share_thousandths")),
          "districts", unit_pools_rows,
          "One between whom shared ballots (按分票) of a unit are divided: votes without them, and "
          "the share; of a pool that a correction took off `stands` is false."),
    AnalystTable("turnout", _UNIT, (*_flags("final"), *_numbers(*_BY_SEX), *_flags("estimated"),
           AnalystColumn("as_of", "timestamptz")), "districts", turnout_rows,
          "Electors and voters of a contest in a unit; `estimated` (推計): spread over units."),
    AnalystTable("contest_votes", ("contest", "option"),
          (*_texts("name", "party"), *_numbers("votes_thousandths", "no_thousandths", "rank"),
           *_flags("declared", "withdrawn"),
           *_numbers("projected_seats", "declared_seats", "list_votes_thousandths")),
          "contests", _contest_votes,
          "Votes of an option in its contest; of an Upper House list with its members', and "
          "those for its name alone."),
    AnalystTable("member_votes", ("contest", "list", "option"),
          (*_texts("name"), *_numbers("votes_thousandths", "special_place", "elected_order"),
           *_flags("withdrawn")),
          "contests", _member_votes, "Votes for a member of an Upper House list."),
    AnalystTable("prefecture_party_votes", ("kind", "prefecture", "party"),
          _numbers("votes_thousandths"), "prefectures", _party_votes,
          "Votes of a party in a prefecture."),
    AnalystTable("party_votes", ("kind", "prefecture", "party"), _numbers("votes_thousandths"),
          "national", _party_votes, "Votes of a party in the nation; the prefecture is empty."),
    AnalystTable("seats", ("contest", "party"), _numbers("declared_seats", "projected_seats"),
          "seats", _seats, "Seats of a party in a contest."),
    AnalystTable("corrections", ("entry", "field"),
          (*_numbers("replaces"), *_texts("topic", "contest", "unit", "reason", "office"),
           AnalystColumn("recorded_at", "timestamptz"),
           *_numbers("old", "new", "old_thousandths", "new_thousandths"),
           *_texts("contest_name", "unit_name", "office_name", "field_name", "estimated")),
          "corrections", _corrections,
          "A figure that a correction changed: votes in thousandths, the rest whole. `estimated` "
          "(推計) names which of old and new was spread over units."),
)  # fmt: skip

BY_NAME: Final = {table.name: table for table in TABLES}


def due(state: ElectionState, after: int) -> Iterator[tuple[AnalystTable, list[Row]]]:
    """Tables with the rows that may have changed after a position."""
    changed = [document for document in state.versions if _changed_at(state, document) > after]
    for table in TABLES:
        rows = [
            row
            for document in changed
            if document.partition("/")[0] == table.source
            for row in table_rows(table, state, document)
        ]
        if rows:
            yield table, rows


def _changed_at(state: ElectionState, document: str) -> int:
    """When what tables take from a document changed: from `candidates`, ballots without votes."""
    return state.ballots_at if document == "candidates" else state.versions[document]


def every_row(table: AnalystTable, state: ElectionState) -> list[Row]:
    """The whole table."""
    shown = (each for each in state.versions if each.partition("/")[0] == table.source)
    return [row for document in shown for row in table_rows(table, state, document)]
