"""A replay against the official tables, figure by figure.

Compared are the votes and the fate of every candidate, 惜敗率, deposit lines, list votes, seats
with their quotients, members in the order of election, party votes by every published cut, ballots,
electors, voters, abstainers and rates, overseas inside and apart, with all rows of totals.
"""

from infra.official.checks.book import Book, Checked, Mismatch
from infra.official.checks.districts import check_districts
from infra.official.checks.ledger import Ledger
from infra.official.checks.lists import check_lists
from infra.official.checks.polls import check_polls
from infra.official.plan import Plan
from infra.official.results import Results

__all__ = ["Checked", "Mismatch", "compare"]


def compare(plan: Plan, results: Results) -> Checked:
    """Compare everything that the folder publishes and the log knows."""
    ledger, book = Ledger(plan, results), Book(plan.folder.tables)
    check_districts(ledger, book)
    check_lists(ledger, book)
    check_polls(ledger, book)
    return book.closed()
