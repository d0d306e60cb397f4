"""Tables of the winners of an Upper House election: by party, 新現元 and sex, and by district."""

from aggregates.reference.name_folding import clean_name
from projections.official.checks.comparison_book import Book
from projections.official.tables.official_rows import party_key
from projections.official.tables.official_tables import OfficialRow
from projections.official.upper.upper_ledger import UpperLedger, UpperWinner
from projections.official.upper.upper_tables import ALL, STATUSES

_SECTIONS = {"list": {"list"}, "district": {"district"}, "total": {"list", "district"}}
_WORDS = {"male": "男", "female": "女", "total": "計"}


def check_upper_winners(ledger: UpperLedger, book: Book) -> None:
    """Compare both tables of winners."""
    for row in ledger.plan.folder.tables["winners_by_party"]:
        _by_party(ledger, book, row)
    for row in ledger.plan.folder.tables["winners_by_pref_party"]:
        _by_district(ledger, book, row)


def _by_party(ledger: UpperLedger, book: Book, row: OfficialRow) -> None:
    sections = _SECTIONS[row.text("section")]
    status, party = row.text("status"), row.text("party")
    own = [
        each
        for each in ledger.winners
        if each.section in sections
        and _belongs_to(each, party)
        and (status in ALL or each.standing == STATUSES.get(status))
    ]
    key = f"{row.text('section')} {status} {party}"
    for sex, word in _WORDS.items():
        counted = [each for each in own if sex in {"total", each.sex}]
        _two(book, ("winners_by_party", f"{key} {word}"), row, sex, counted)


def _by_district(ledger: UpperLedger, book: Book, row: OfficialRow) -> None:
    district, party = clean_name(row.text("district")), row.text("party")
    own = [
        each
        for each in ledger.winners
        if each.section == "district"
        and (district in ALL or each.district == district)
        and _belongs_to(each, party)
    ]
    for standing in ("new", "incumbent", "former", "total"):
        counted = [each for each in own if standing in {"total", each.standing}]
        key = f"{row.text('district')} {party} {standing}"
        _two(book, ("winners_by_pref_party", key), row, standing, counted)


def _belongs_to(winner: UpperWinner, party: str) -> bool:
    return party in ALL or winner.party == party_key(party)


def _two(
    book: Book, at: tuple[str, str], row: OfficialRow, column: str, winners: list[UpperWinner]
) -> None:
    """A cell of regular seats, and beside it that of seats of the other half."""
    table, key = at
    for cell, short in ((column, False), (f"{column}_by", True)):
        ours = sum(1 for each in winners if each.short is short)
        book.compare(table, f"{key}{'（補欠）' * short}", str(row.whole(cell)), str(ours))
