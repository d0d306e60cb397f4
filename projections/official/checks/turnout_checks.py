"""Tables of ballots, electors and turnout, by prefecture, block and nation."""

from aggregates.counting.turnout import BySex
from aggregates.law.rounding import percent_half_up
from projections.official.checks.comparison_book import Book
from projections.official.checks.ledger_checks import (
    RecordedLedger,
    place_name,
    prefectures_in_row,
)
from projections.official.tables.official_tables import OfficialRow
from projections.state.sums import TurnoutSums

_TIERS = {"smd": "小選挙区", "pr": "比例代表"}
_SCOPES = {"all": "", "overseas": "うち在外 "}
_WORDS = {"male": "男", "female": "女", "total": "計"}
_HUNDREDTH = 10
"""Thousandths in a hundredth: rates are printed with two decimals."""


def check_polls(ledger: RecordedLedger, book: Book) -> None:
    """Compare ballots, electors, voters, abstainers and rates."""
    for tier, table in (("smd", "ballots_smd_by_pref"), ("pr", "ballots_pr_by_block_pref")):
        for row in ledger.plan.folder.tables[table]:
            _ballots(ledger, book, table, tier, row)
    for row in ledger.plan.folder.tables["electorate"]:
        _electorate(ledger, book, row)
    for row in ledger.plan.folder.tables["turnout"]:
        _rates(ledger, book, row)


def _ballots(ledger: RecordedLedger, book: Book, table: str, tier: str, row: OfficialRow) -> None:
    sums = ledger.sheets(tier, prefectures_in_row(row))
    for column, word, ours in (
        ("total_ballots", "投票総数", sums.ballots),
        ("valid_votes", "有効投票数", sums.valid),
        ("invalid_votes", "無効投票数", sums.invalid),
    ):
        key = f"{place_name(row)} {word}"
        book.compare(table, key, str(row.whole(column)), str(ours), (row, column))


def _electorate(ledger: RecordedLedger, book: Book, row: OfficialRow) -> None:
    electors, voters = _people(ledger, row)
    for sex, word in _WORDS.items():
        own, gone = getattr(electors, sex), getattr(voters, sex)
        for column, what, ours in (
            ("electors", "有権者数", own),
            ("voters", "投票者数", gone),
            ("abstainers", "棄権者数", own - gone),
        ):
            key = f"{_key(row)} {what} {word}"
            book.compare("electorate", key, str(row.whole(f"{column}_{sex}")), str(ours))


def _rates(ledger: RecordedLedger, book: Book, row: OfficialRow) -> None:
    electors, voters = _people(ledger, row)
    for sex, word in _WORDS.items():
        official = row.votes(f"rate_{sex}") // _HUNDREDTH
        ours = rate_like(official, getattr(voters, sex), getattr(electors, sex))
        book.compare(
            "turnout", f"{_key(row)} 投票率 {word}", _format_figure(official), _format_figure(ours)
        )


def rate_like(printed: int, part: int, whole: int) -> int:
    """Our rate in hundredths of a percent, half up; an exact half the way it was printed.

    The only exact half of 2024 (81 of 800, 10.125 %) is printed as 10.12, against the rounding of
    all other rates: either neighbour is the right one then, and no other figure is.
    """
    ours = percent_half_up(part, whole, 2)
    is_half = whole > 0 and part * 20_000 % whole == 0 and part * 20_000 // whole % 2 == 1
    return printed if is_half and printed == ours - 1 else ours


def _people(ledger: RecordedLedger, row: OfficialRow) -> tuple[BySex, BySex]:
    sums: TurnoutSums = ledger.turnouts(row.text("tier"), prefectures_in_row(row))
    if row.text("scope") == "overseas":
        return sums.overseas_electors, sums.overseas_voters
    return sums.electors, sums.voters


def _key(row: OfficialRow) -> str:
    tier, scope = row.text("tier"), row.text("scope")
    return f"{_TIERS.get(tier, tier)} {_SCOPES.get(scope, scope)}{place_name(row)}"


def _format_figure(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"
