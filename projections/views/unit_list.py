"""The units of a prefecture with the state of each of their counts."""

from datetime import datetime
from typing import NamedTuple

from projections.state.count_status import Status
from projections.state.election_state import ElectionState


class UnitState(NamedTuple):
    """One unit.

    Attributes:
        code: Unit code.
        name: Its name.
        statuses: Kind of contest -> status of the count; of several of a kind the least advanced.
        as_of: The latest moment one of its sheets states.
    """

    code: str
    name: str
    statuses: dict[str, Status]
    as_of: datetime | None


_ORDER: tuple[Status, ...] = ("contested", "none", "interim", "corrected", "final")


def unit_states(state: ElectionState, prefecture: str) -> list[UnitState]:
    """The units of a prefecture, in order of the register."""
    units = (u for u in state.register().units.values() if u.prefecture == prefecture)
    return [_unit_state(state, unit.code, unit.name) for unit in units]


def _unit_state(state: ElectionState, code: str, name: str) -> UnitState:
    statuses: dict[str, Status] = {}
    moments = []
    for count in state.by_unit.get(code, ()):
        if count.contest.uncontested:
            continue
        kind = count.contest.facts.kind
        known = statuses.get(kind)
        if known is None or _ORDER.index(count.status) < _ORDER.index(known):
            statuses[kind] = count.status
        if count.as_of is not None:
            moments.append(count.as_of)
    return UnitState(code, name, statuses, max(moments, default=None))
