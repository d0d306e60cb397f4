"""How a contest can be disputed, by what the log's package says of its kind."""

from aggregates.law.disputes.remedies import (
    DIET,
    JUSTICES,
    MUNICIPAL,
    PREFECTURAL,
    REFERENDUM,
    Remedy,
)
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord


def contest_remedies(state: ElectionState, contest: ContestRecord) -> tuple[Remedy, ...]:
    """The ways to dispute a contest, in the order in which they are taken.

    None for polls of a municipality: what ordinances and LAA 85 say of them was not read.
    """
    rule = contest.rule
    if rule.ballot == "justices":
        return JUSTICES
    if rule.ballot == "options":
        return REFERENDUM if rule.managed_by == "nation" else ()
    kinds = state.register().package.rules_on(state.register().facts.polling_day)
    has_lists = any(other.dual_kind == rule.kind for other in kinds.values())
    # Both terms are joined in the Upper House, and lists stand beside House districts, alone.
    if rule.is_list or rule.joins_terms or has_lists:
        return DIET
    return MUNICIPAL if rule.managed_by == "municipality" else PREFECTURAL
