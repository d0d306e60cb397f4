"""An Upper House replay against the official tables, figure by figure.

Compared are votes, fate, order and term of every candidate, votes and order of every list member,
list votes, seats, quotients with their ranks, ballots, votes by party, prefecture and sex, and the
winners by party, district, 新現元 and sex, with all rows of totals.
"""

from projections.official.checks.comparison_book import Book, CheckedFigures
from projections.official.upper.upper_ledger import UpperLedger
from projections.official.upper.upper_list_checks import check_upper_lists
from projections.official.upper.upper_vote_checks import check_upper_votes
from projections.official.upper.upper_winner_checks import check_upper_winners


def compare_upper(ledger: UpperLedger) -> CheckedFigures:
    """Compare everything that the folder publishes and the log knows."""
    book = Book(ledger.plan.folder.tables)
    check_upper_votes(ledger, book)
    check_upper_lists(ledger, book)
    check_upper_winners(ledger, book)
    return book.result()
