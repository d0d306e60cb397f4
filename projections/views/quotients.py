"""The D'Hondt table of lists: every quotient that matters, with the seat it took."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from aggregates.law.lists.apportionment import Apportionment, quotient_as_printed
from projections.documents.block_document import BlockDocument
from projections.documents.models import Votes, both_forms, thousandths
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import project_seats


class Quotient(NamedTuple):
    """Votes of a list divided by a divisor; `rank` is the seat it took, 0 for none."""

    quotient: Votes
    rank: int


class QuotientRow(NamedTuple):
    """One divisor: a quotient per list, in the order of the lists."""

    divisor: int
    quotients: list[Quotient]


class _List(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def votes(self) -> Votes | None: ...


_BEYOND = 1
"""Divisors shown beyond the last one that took a seat."""


def quotient_table(document: BlockDocument) -> list[QuotientRow]:
    """Quotients of a block up to the first divisor that takes no seat; empty before any vote."""
    ranks = {(award.list, award.divisor): award.rank for award in document.awards}
    return _table(document.lists, ranks)


def contest_quotients(
    state: ElectionState, contest: ContestRecord, lists: Iterable[_List]
) -> list[QuotientRow]:
    """The same of a contest of lists without a block, such as the Upper House's."""
    projected = project_seats(state, contest)
    awards = projected.awards if isinstance(projected, Apportionment) else ()
    return _table([*lists], {(each.party, each.divisor): each.rank for each in awards})


def _table(lists: Sequence[_List], ranks: Mapping[tuple[str, int], int]) -> list[QuotientRow]:
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
                for each in lists
            ],
        )
        for divisor in range(1, last + 1)
    ]
