"""Tables of the districts of the Upper House: candidates, ballots, votes by party."""

from collections.abc import Iterator

from aggregates.election.geography import PREFECTURE_CODES, PREFECTURES
from aggregates.election.identifiers import VOTE
from aggregates.law.rounding import percent_half_up
from aggregates.reference.name_folding import clean_name
from projections.documents.models import decimal
from projections.official.checks.comparison_book import Book
from projections.official.tables.official_rows import party_key
from projections.official.tables.official_tables import OfficialRow
from projections.official.upper.upper_ledger import UpperLedger
from projections.official.upper.upper_register import UpperDistrict
from projections.official.upper.upper_tables import ALL, SHORT_TERM
from projections.state.sums import SheetSums

_BALLOTS = (
    ("total_ballots", "投票総数", "ballots"),
    ("valid_votes", "有効投票数", "valid"),
    ("invalid_votes", "無効投票数", "invalid"),
)
_HUNDREDTH = 10
"""Thousandths in a hundredth: rates are printed with two decimals."""


def check_upper_votes(ledger: UpperLedger, book: Book) -> None:
    """Compare every table of the districts."""
    for district in ledger.plan.register.districts:
        _district(ledger, book, district)
    for row in ledger.plan.folder.tables["ballots_district_by_pref"]:
        place, sums = row.text("prefecture"), ledger.sheets(row_prefectures(row))
        _ballots(book, "ballots_district_by_pref", place, row, sums)
    for row in ledger.plan.folder.tables["party_votes_by_pref_district"]:
        _group(ledger, book, row)
    _nation(ledger, book)


def row_prefectures(row: OfficialRow) -> tuple[str, ...]:
    """Prefectures of a row: one, those of a joint district, or all."""
    if row.text("scope") == "total":
        return tuple(PREFECTURES)
    names = (clean_name(part) for part in row.text("prefecture").split("・"))
    return tuple(PREFECTURE_CODES[name] for name in names)


def _district(ledger: UpperLedger, book: Book, district: UpperDistrict) -> None:
    sums = ledger.sheets(district.row.prefectures)
    _ballots(book, "districts", district.row.name, district.row.row, sums)
    votes = ledger.results.votes(district.id)
    elected = ledger.results.elected_options(district.id)
    short = ledger.short_terms(district)
    for each in district.standing:
        row, option = each.row, each.candidate.id
        key, table = f"{district.row.name} {row.name}", "district_candidates"
        # A fraction that was not published cannot be compared.
        own = votes.get(option, 0)
        ours = own if row.exact else own - own % VOTE
        book.compare(table, f"{key} 得票数", decimal(row.votes), decimal(ours))
        place = str(elected.index(option) + 1) if option in elected else ""
        book.compare(table, f"{key} 当選順位", row.row.text("elected_order"), place)
        seat = "" if option not in elected else SHORT_TERM if option in short else "regular"
        book.compare(table, f"{key} 議席", row.row.text("seat"), seat)


def _ballots(book: Book, table: str, place: str, row: OfficialRow, sums: SheetSums) -> None:
    for column, word, field in _BALLOTS:
        ours = str(getattr(sums, field))
        book.compare(table, f"{place} {word}", str(row.whole(column)), ours)
    if row.cells.get("invalid_rate_pct", ""):
        official = row.votes("invalid_rate_pct") // _HUNDREDTH
        rate = percent_half_up(sums.invalid, sums.ballots, 2)
        book.compare(table, f"{place} 無効投票率", str(official), str(rate))


def _group(ledger: UpperLedger, book: Book, row: OfficialRow) -> None:
    places, party = frozenset(row_prefectures(row)), row.text("party")
    for sex in ("male", "female", "total"):
        ours = sum(
            each.votes
            for each in ledger.votes
            if each.prefecture in places
            and (party in ALL or each.party == party_key(party))
            and sex in {"total", each.sex}
        )
        key = f"{row.text('prefecture')} {party} {sex}"
        official = decimal(row.votes(f"votes_{sex}"))
        book.compare("party_votes_by_pref_district", key, official, decimal(ours))


def _nation(ledger: UpperLedger, book: Book) -> None:
    districts: dict[str, int] = {}
    for each in ledger.votes:
        districts[each.party] = districts.get(each.party, 0) + each.votes
    for table, votes in (
        ("party_votes_district_total", districts),
        ("party_votes_list_total", ledger.list_votes()),
    ):
        for row, ours in _current(ledger, table, votes):
            key = f"全国 {row.text('party')}"
            book.compare(table, key, decimal(row.votes("votes")), decimal(ours))
            if row.cells.get("share_pct", ""):
                official = row.votes("share_pct") // _HUNDREDTH
                share = percent_half_up(ours, sum(votes.values()), 2)
                book.compare(table, f"{key} 得票率", str(official), str(share))


def _current(
    ledger: UpperLedger, table: str, votes: dict[str, int]
) -> Iterator[tuple[OfficialRow, int]]:
    for row in ledger.plan.folder.tables[table]:
        if row.text("period") == "current":
            party = row.text("party")
            is_all = party in ALL
            yield row, sum(votes.values()) if is_all else votes.get(party_key(party), 0)
