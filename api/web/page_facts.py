"""What every page shows: which election it is of, where the log stands, the parties' colours."""

from typing import Final

from api.web.colors import shades
from projections.election_projection import ElectionProjection
from projections.views.entry_history import marks
from projections.views.whole_election.election_shape import election_shape

MOMENTS: Final = 24
"""Moments of the night offered to go back to."""


def election_facts(state: ElectionProjection) -> dict[str, object]:
    """Which election, and whether it is real."""
    facts = state.register().facts
    return {
        "election": facts.id,
        "name": facts.name,
        "environment": facts.environment,
        "is_rehearsal": facts.environment == "rehearsal",
        "polling_day": facts.polling_day,
        "is_replay": facts.is_replay,
        "is_national": election_shape(state).is_national,
        "has_chamber": election_shape(state).chamber is not None,
        "has_races": any(c.facts.seats for c in state.contests.values()) or not state.contests,
        "has_review": any(c.rule.ballot == "justices" for c in state.contests.values()),
    }


def common_facts(state: ElectionProjection) -> dict[str, object]:
    """What every page shows: which election, where the log stands, the parties' colours."""
    parties = state.register().parties
    return {
        "head": election_facts(state),
        "phase": state.register().phase,
        # After closing a judgment may take winners back (POEA 202 to 208): nothing is final then.
        "is_undecided": any(each.declared is None for each in state.contests.values()),
        "updated_at": state.times[-1],
        "parties": parties,
        "shades": shades(parties),
        "end": state.position,
        "moments": marks(state, MOMENTS),
        "package": state.register().package,
    }
