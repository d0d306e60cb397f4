"""Turnout as the fold remembers it."""

from datetime import datetime

from aggregates.base import Event
from aggregates.counting.turnout import TurnoutEvent, TurnoutFigures


class TurnoutRecord:
    """Turnout of one contest in one unit: the latest figures and every report in order."""

    __slots__ = ("figures", "final", "history", "unit")

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.figures: TurnoutFigures | None = None
        self.final = False
        self.history: list[tuple[int, Event]] = []

    @property
    def as_of(self) -> datetime | None:
        """The moment the latest report states; None before the first."""
        latest = self.latest
        return latest.as_of if latest is not None else None

    @property
    def position(self) -> int:
        """Position of the latest report; 0 before the first."""
        return self.history[-1][0] if self.history else 0

    @property
    def latest(self) -> TurnoutEvent | None:
        """The event of the latest report."""
        latest = self.history[-1][1] if self.history else None
        return latest if isinstance(latest, TurnoutEvent) else None

    @property
    def notices(self) -> tuple[str, ...]:
        """Codes of the warnings recorded with the latest report."""
        latest = self.latest
        return tuple(n.code for n in latest.notices) if latest is not None else ()
