"""How far this server's figures stand behind the log, and whether the log still gets signed.

Pages say it in a banner and never hide it behind figures that look fresh. Asked at most once a
second, however many readers there are.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Literal, NamedTuple

import psycopg

from infra.runtime.clock import Clock, SystemClock
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.sequencing.sequencing_status import SILENT_SECONDS_MAX, Status, read_status

LATE_SECONDS = 3.0
"""An entry not shown so long after it was recorded makes the figures late."""
_ASKED_AGAIN_SECONDS = 1.0
_BELIEVED_SECONDS = 2.0
"""What was seen last is believed so long while one reader has gone to look again."""

Figures = Literal["fresh", "late", "stopped"]
Signing = Literal["none", "running", "stopped", "unwitnessed"]


class Staleness(NamedTuple):
    """Where the figures and the signatures stand.

    Attributes:
        figures: `late` while entries that were recorded are not shown yet; `stopped` when this
            process cannot follow the log.
        behind: Entries recorded that are not shown.
        signing: `none` where no log is published here; `unwitnessed` when fewer witnesses
            attest than the policy demands.
        signed_at: When the log was signed last; None where it was not.
    """

    figures: Figures = "fresh"
    behind: int = 0
    signing: Signing = "none"
    signed_at: datetime | None = None

    @property
    def token(self) -> str:
        """What of this changes a page: a part of its entity tag. Empty when all is well."""
        if self.figures == "fresh" and self.signing in {"none", "running"}:
            return ""
        return f"{self.figures}-{self.signing}"


class FreshnessMonitor:
    """Looks after one live read model and the public folder of its log.

    Args:
        live: The read model.
        public: Tells the folder of the log; None where there is none.
        clock: Says how old a signature is.
        seconds: A clock that never goes back, in seconds.
    """

    def __init__(
        self,
        live: LiveReadModel,
        public: Callable[[], Path | None],
        clock: Clock | None = None,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._live = live
        self._public = public
        self._clock = clock or SystemClock()
        self._seconds = seconds
        self._lock = threading.Lock()
        self._asked_at = self._sent_at = -_BELIEVED_SECONDS
        self._awaited = (0, 0.0)
        self._known = Staleness()

    def standing(self) -> Staleness:
        """How it stands now, or did within the last second."""
        with self._lock:
            now = self._seconds()
            if now - self._asked_at >= _ASKED_AGAIN_SECONDS:
                self._asked_at = now
                self._known = self._look(now)
            return self._known

    def known_token(self) -> str | None:
        """The token of what was seen last, without waiting; None for who has to look again.

        That is one reader a second: all that came at once would each be answered the long way.
        """
        now = self._seconds()
        age = now - self._asked_at
        if age < _ASKED_AGAIN_SECONDS:
            return self._known.token
        if age >= _BELIEVED_SECONDS or self._sent_at <= self._asked_at:
            self._sent_at = now
            return None
        return self._known.token

    def status(self) -> Status | None:
        """The last status of the log; None where none is published."""
        public = self._public()
        return None if public is None else read_status(public)

    def _look(self, now: float) -> Staleness:
        figures, behind = self._figures(now)
        status = self.status()
        if status is None:
            return Staleness(figures, behind)
        return Staleness(figures, behind, self._signing(status), status.published_at)

    def _figures(self, now: float) -> tuple[Figures, int]:
        if self._live.fault() is not None:
            return "stopped", 0
        try:
            recorded = self._live.recorded
        except psycopg.Error:
            # A process that cannot ask the log cannot say that its figures are the present ones.
            return "stopped", 0
        position = self._live.position
        behind = max(0, recorded - position)
        awaited, since = self._awaited
        if position >= awaited:
            self._awaited = (recorded, now)
            return "fresh", behind
        return ("late" if now - since >= LATE_SECONDS else "fresh"), behind

    def _signing(self, status: Status) -> Signing:
        silent = self._clock.now() - status.published_at
        if status.state != "running" or silent > timedelta(seconds=SILENT_SECONDS_MAX):
            return "stopped"
        return "unwitnessed" if status.quorum.state == "missing" else "running"
