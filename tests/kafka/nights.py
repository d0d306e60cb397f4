"""Rehearsal nights recorded in a real log, for what is carried elsewhere.

KAIHYO_NIGHT_SCALE=1 makes them as large as the nation; a test then takes minutes.
"""

import os
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log import Log, Receipt
from infra.adapters.postgres.schemas import LogName
from infra.services.queries.rebuild import catch_up
from infra.services.rehearsal import national_night
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION
from projections.documents.render import digest
from projections.election_projection import ElectionProjection
from tests.support.posting import body_sha256

NAME = LogName(ELECTION, "rehearsal")
SCALE = float(os.environ.get("KAIHYO_NIGHT_SCALE", "0.02"))
REPORTS_MAX = None if SCALE >= 1 else 3
"""How many interim reports a count has at most; the whole nation reports as often as it does."""
PATIENCE_SECONDS = 120 * (1 + 20 * SCALE)
"""How long services may take for a night; the nation's takes two processors minutes."""
_AHEAD = 300


@dataclass(frozen=True, slots=True)
class Script:
    """Every posting of a night, in order."""

    submissions: tuple[Submission, ...]

    def post(self, log: Log, start: int = 0, stop: int | None = None) -> None:
        """Post a part of the night and wait for its receipts."""
        waiting: deque[Future[Receipt]] = deque()
        for submission in self.submissions[start:stop]:
            waiting.append(log.writer.submit(submission, body_sha256(submission)))
            if len(waiting) >= _AHEAD:
                waiting.popleft().result()
        for future in waiting:
            future.result()


def script(scale: float = SCALE, reports: int | None = REPORTS_MAX) -> Script:
    """The night of seed 1."""
    night = national_night(seed=1, scale=scale, reports=reports)
    postings = (moment.submission for moment in night.timeline())
    return Script((*night.definitions(), *postings))


def folded(log: Log) -> ElectionProjection:
    """The single fold of what the log holds now."""
    night = ElectionProjection()
    catch_up(night, log.reader)
    return night


def digest_of(log: Log) -> str:
    """Digest of every document by the single fold."""
    return digest(folded(log))
