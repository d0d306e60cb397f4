"""What the reports of a count were, counted as they come: nobody has to read them all again."""

from datetime import datetime

import msgspec

from aggregates.counting.checks import has_warning
from aggregates.counting.count_events import TallyEvent
from aggregates.counting.turnout import TurnoutEvent
from aggregates.election.tally import Tally
from projections.state.event_history import History

_FIGURES_OF_TURNOUT = 4
"""Electors and voters by sex."""
_WHOLES_OF_SHEET = 6
"""D to I."""


class ReportingEffort(msgspec.Struct):
    """Reports of one count in one unit, of votes and of turnout, corrections among them.

    Attributes:
        sheets: Reports of votes.
        polls: Reports of turnout.
        warned: Reports with a warning, or about which something was asked before they were sent.
        on_behalf: Reports that another office posted.
        figures: Figures on all of them: one per option, two per justice, and the wholes.
        final_at: The moment that the first final sheet states; None before it. Later corrections
            do not make it later.
        stated_at: The moment that the latest report of votes states.
        stated_before: The moment that the one before it states; None before there are two.
    """

    figures: int = 0
    final_at: datetime | None = None
    on_behalf: int = 0
    polls: int = 0
    sheets: int = 0
    stated_at: datetime | None = None
    stated_before: datetime | None = None
    warned: int = 0

    def add_sheet(self, event: TallyEvent) -> None:
        """Count a report of votes."""
        self.sheets += 1
        self.stated_before, self.stated_at = self.stated_at, event.as_of
        self.figures += _figures(event.tally)
        if has_warning(notice.code for notice in event.notices):
            self.warned += 1
        if event.provenance.on_behalf:
            self.on_behalf += 1
        if self.final_at is None and event.is_final:
            self.final_at = event.as_of

    def add_poll(self, event: TurnoutEvent) -> None:
        """Count a report of turnout."""
        self.polls += 1
        self.figures += _FIGURES_OF_TURNOUT
        if has_warning(notice.code for notice in event.notices):
            self.warned += 1
        if event.provenance.on_behalf:
            self.on_behalf += 1


def count_effort(sheets: History, polls: History) -> ReportingEffort:
    """What the reports of a count were, from its histories of votes and of turnout."""
    found = ReportingEffort()
    for _, event in (*sheets, *polls):
        if isinstance(event, TallyEvent):
            found.add_sheet(event)
        elif isinstance(event, TurnoutEvent):
            found.add_poll(event)
    return found


def _figures(sheet: Tally) -> int:
    return len(sheet.votes) + len(sheet.no or ()) + _WHOLES_OF_SHEET
