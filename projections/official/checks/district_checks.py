"""Tables of the districts: votes, winners, 惜敗率, deposit lines, party votes."""

from datetime import date
from fractions import Fraction

from aggregates.election.geography import PREFECTURES
from aggregates.election.identifiers import VOTE
from aggregates.law.lists.dual_candidacy import DistrictResult, margin_ratio_as_printed
from aggregates.law.thresholds import (
    deposit_line,
    deposit_line_as_printed,
    valid_votes_as_published,
)
from aggregates.rule_package.japan import JAPAN
from projections.documents.models import decimal
from projections.official.checks.comparison_book import Book
from projections.official.checks.ledger_checks import (
    RecordedLedger,
    by_column,
    district_label,
    party_rows,
    prefectures_in_row,
)
from projections.official.register.official_register import (
    OfficialDistrict,
    RegisteredCandidate,
    district_contest,
)
from projections.official.tables.official_rows import ALL_PARTIES, INDEPENDENT, party_key
from projections.official.tables.official_tables import OfficialRow
from projections.official.tables.place_names import parse_prefecture

EXCLUDED = "×"
"""Printed instead of 惜敗率 for a dual candidate below the deposit line."""


def check_districts(ledger: RecordedLedger, book: Book) -> None:
    """Compare every table of the districts."""
    for district in ledger.plan.register.districts:
        votes = ledger.results.votes(district.id)
        for standing in district.standing:
            _candidate(ledger, book, district, standing, votes)
    _deposit_lines(ledger, book)
    _party_votes(ledger, book)


def district_result(ledger: RecordedLedger, contest: str, candidate: str) -> DistrictResult:
    """What a district says about one of its candidates, from our votes."""
    votes = ledger.results.votes(contest)
    own = votes.get(candidate, 0)
    line = _line(votes, ledger.plan.folder.polling_day)
    return DistrictResult(
        winner_votes=max(votes.values(), default=0),
        own_votes=own,
        elected=candidate in ledger.results.elected_options(contest),
        below_deposit=line is not None and own < line,
    )


def margin_cell(row: OfficialRow) -> str:
    """What a table prints as 惜敗率."""
    if row.flag("sekihai_excluded"):
        return EXCLUDED
    printed = row.optional_votes("sekihai_rate")
    return "" if printed is None else decimal(printed)


def printed_margin_ratio(result: DistrictResult) -> str:
    """Our 惜敗率, as tables print it."""
    if result.below_deposit:
        return EXCLUDED
    if not result.winner_votes:
        return ""
    return decimal(margin_ratio_as_printed(result.own_votes, result.winner_votes))


def _line(votes: dict[str, int], polling_day: date) -> Fraction | None:
    valid = valid_votes_as_published(sum(votes.values())) * VOTE
    return deposit_line(valid, 1, JAPAN.rule("house-district", polling_day).thresholds)


def _candidate(
    ledger: RecordedLedger,
    book: Book,
    district: OfficialDistrict,
    standing: RegisteredCandidate,
    votes: dict[str, int],
) -> None:
    table, key = "smd_candidates", district_label(district, standing)
    row, option = standing.row, standing.candidate.id
    if district.is_polled:
        book.compare(table, f"{key} 得票数", decimal(row.votes), decimal(votes.get(option, 0)))
    elected = option in ledger.results.elected_options(district.id)
    book.compare(table, f"{key} 当落", _mark(row.elected), _mark(elected))
    if row.dual:
        ours = printed_margin_ratio(district_result(ledger, district.id, option))
        cell = row.row, "sekihai_rate"
        book.compare(table, f"{key} 惜敗率", margin_cell(row.row), ours, cell)


def _mark(elected: bool) -> str:  # noqa: FBT001
    return "当" if elected else "落"


def _deposit_lines(ledger: RecordedLedger, book: Book) -> None:
    day = ledger.plan.folder.polling_day
    for row in ledger.plan.folder.tables["smd_districts"]:
        contest = district_contest(parse_prefecture(row, "prefecture"), row.whole("district_no"))
        valid = valid_votes_as_published(sum(ledger.results.votes(contest).values())) * VOTE
        rule = JAPAN.rule("house-district", day).thresholds
        ours = deposit_line_as_printed(valid, 1, rule) or 0
        key = f"{row.text('prefecture')}第{row.text('district_no')}区 供託物没収点"
        official, cell = decimal(row.votes("deposit_forfeit_point")), (row, "deposit_forfeit_point")
        book.compare("smd_districts", key, official, decimal(ours), cell)


def _party_votes(ledger: RecordedLedger, book: Book) -> None:
    for name, column in (
        ("party_votes_smd_total", "votes"),
        ("party_votes_by_pref_smd", "votes_total"),
    ):
        rows = party_rows(ledger.plan.folder.tables[name], column)
        columns = frozenset(party_key(row.text("party")) for row in rows)
        for row in rows:
            everywhere = "prefecture" not in row.cells
            votes = ledger.sheets(
                "smd", PREFECTURES if everywhere else prefectures_in_row(row)
            ).votes
            ours = _in_column(ledger, votes, row, columns)
            key = f"{row.cells.get('prefecture', '全国')} {row.text('party')}"
            book.compare(name, key, decimal(row.votes(column)), decimal(ours))


def _in_column(
    ledger: RecordedLedger, votes: dict[str, int], row: OfficialRow, columns: frozenset[str]
) -> int:
    if row.text("party") == ALL_PARTIES:
        return sum(votes.values())
    party = party_key(row.text("party")) or INDEPENDENT
    return by_column(ledger, votes, columns).get(party, 0)
