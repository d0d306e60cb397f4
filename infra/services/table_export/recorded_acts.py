"""What people decided beside the figures, as commands: who no longer stands, lots, decisions."""

from collections.abc import Iterator

from aggregates.commands import declaration_commands as d
from aggregates.commands import election_commands as c
from aggregates.counting.declaration import Lot
from projections.state.election_state import ElectionState

DRAWN_BY = "記録から書き出し"
"""Who drew a lot is in the entry of the lot, not in what follows from it."""


def withdrawals(state: ElectionState) -> Iterator[c.WithdrawCandidate]:
    """Who no longer stood on the polling day; sent before counting is opened."""
    for contest in state.contests.values():
        for option, cause in contest.withdrawn.items():
            yield c.WithdrawCandidate(contest=contest.facts.id, option=option, cause=cause)


def decisions(state: ElectionState) -> Iterator[d.RecordLot | d.Declare]:
    """Lots and decisions in force, districts before the lists that wait for them."""
    decided = [each for each in state.contests.values() if each.declared is not None]
    for contest in sorted(decided, key=lambda each: each.declared_at):
        for order in contest.lots.values():
            lot = Lot(order=order, drawn_by=DRAWN_BY)
            yield d.RecordLot(contest=contest.facts.id, lot=lot)
        if contest.declared is not None:
            yield d.Declare(
                contest=contest.facts.id,
                elected=contest.declared.named_options(contest.rule.ballot),
                long_terms=contest.declared.long_terms,
            )
