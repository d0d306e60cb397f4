"""Who is gone after polling, and who moved up: events of a declaration that change no vote."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from typing_extensions import override

from aggregates.base import Event
from aggregates.law.succession import Stage

if TYPE_CHECKING:
    from aggregates.counting.declaration import Declaration

DepartureCause = Literal["died", "ineligible", "resigned", "void", "party-changed"]
"""Why a winner is gone (POEA 99, 99-2, 103, 104, 251)."""

DEPARTURE_CAUSES: Final[dict[DepartureCause, str]] = {
    "died": "死亡",
    "ineligible": "被選挙権の喪失・失格",
    "resigned": "辞職",
    "void": "当選無効",
    "party-changed": "所属政党の変更",
}
"""The causes in words."""


class DepartureRecorded(Event, frozen=True, kw_only=True):
    """Somebody died or lost eligibility or office after the polling day."""

    TOPIC: ClassVar[str] = "declaration.departure-recorded"
    contest: str
    person: str
    cause: DepartureCause
    stage: Stage
    day: date
    reason: str

    @override
    def apply(self, aggregate: "Declaration") -> None:
        aggregate.departures = {**aggregate.departures, self.person: (self.stage, self.day)}


class SuccessorDeclared(Event, frozen=True, kw_only=True):
    """Somebody moved up to the seat of a winner who is gone.

    Attributes:
        contest: The contest.
        departed: Whose seat it was.
        successor: Whose it is.
        drawn: The order that people drew between equals; empty where nobody was equal.
        reason: On what it rests.
    """

    TOPIC: ClassVar[str] = "declaration.successor-declared"
    contest: str
    departed: str
    successor: str
    drawn: tuple[str, ...]
    reason: str

    @override
    def apply(self, aggregate: "Declaration") -> None:
        aggregate.successors = {**aggregate.successors, self.departed: self.successor}
        if self.drawn:
            aggregate.lots = {**aggregate.lots, frozenset(self.drawn): self.drawn}
