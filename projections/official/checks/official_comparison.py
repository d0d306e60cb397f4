"""A replay against the official tables, figure by figure.

Compared are the votes and the fate of every candidate, 惜敗率, deposit lines, list votes, seats
with their quotients, members in the order of election, party votes by every published cut, ballots,
electors, voters, abstainers and rates, overseas inside and apart, with all rows of totals.
"""

from projections.official.checks.comparison_book import Book, CheckedFigures, Mismatch
from projections.official.checks.district_checks import check_districts
from projections.official.checks.ledger_checks import RecordedLedger
from projections.official.checks.list_checks import check_lists
from projections.official.checks.turnout_checks import check_polls
from projections.official.plan.recorded_results import Results
from projections.official.plan.replay_plan import Plan

__all__ = ["CheckedFigures", "Mismatch", "compare"]


def compare(plan: Plan, results: Results) -> CheckedFigures:
    """Compare everything that the folder publishes and the log knows."""
    ledger, book = RecordedLedger(plan, results), Book(plan.folder.tables)
    check_districts(ledger, book)
    check_lists(ledger, book)
    check_polls(ledger, book)
    return book.result()
