"""The D'Hondt table of a block: every quotient that matters, with the seat it took."""

from typing import NamedTuple

from aggregates.law.apportionment import quotient_as_printed
from projections.documents.block_document import BlockDocument
from projections.documents.models import Votes, both_forms, thousandths


class Quotient(NamedTuple):
    """Votes of a list divided by a divisor; `rank` is the seat it took, 0 for none."""

    quotient: Votes
    rank: int


class QuotientRow(NamedTuple):
    """One divisor: a quotient per list, in the order of the document."""

    divisor: int
    quotients: list[Quotient]


_BEYOND = 1
"""Divisors shown beyond the last one that took a seat."""


def quotient_table(document: BlockDocument) -> list[QuotientRow]:
    """Quotients of all lists up to the first divisor that takes no seat; empty before any vote."""
    ranks = {(award.list, award.divisor): award.rank for award in document.awards}
    if not ranks:
        return []
    last = max(divisor for _, divisor in ranks) + _BEYOND
    return [
        QuotientRow(
            divisor,
            [
                Quotient(
                    both_forms(quotient_as_printed(thousandths(each.votes), divisor)),
                    ranks.get((each.id, divisor), 0),
                )
                for each in document.lists
            ],
        )
        for divisor in range(1, last + 1)
    ]
