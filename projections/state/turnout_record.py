"""Turnout as the fold remembers it."""

from datetime import datetime

from aggregates.counting.turnout import TurnoutEvent, TurnoutFigures
from projections.state.event_history import EventSource, begin_history


class TurnoutRecord:
    """Turnout of one contest in one unit: the latest figures and every report in order."""

    __slots__ = ("final", "history", "unit")

    def __init__(self, unit: str, source: EventSource | None) -> None:
        self.unit = unit
        self.final = False
        self.history = begin_history(source)

    @property
    def figures(self) -> TurnoutFigures | None:
        """The latest figures; None before the first report."""
        latest = self.history.last
        return latest.figures if isinstance(latest, TurnoutEvent) else None

    @property
    def as_of(self) -> datetime | None:
        """The moment the latest report states; None before the first."""
        latest = self.latest
        return latest.as_of if latest is not None else None

    @property
    def position(self) -> int:
        """Position of the latest report; 0 before the first."""
        return self.history.last_position

    @property
    def latest(self) -> TurnoutEvent | None:
        """The event of the latest report."""
        latest = self.history.last
        return latest if isinstance(latest, TurnoutEvent) else None

    @property
    def notices(self) -> tuple[str, ...]:
        """Codes of the warnings recorded with the latest report."""
        latest = self.latest
        return tuple(n.code for n in latest.notices) if latest is not None else ()
