"""What a running process has: a log, the read model that follows it, and what serves readers."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

from fastapi import Request

from api.http.broadcast import Broadcast
from api.http.limits.client_address import TrustedProxies
from api.http.limits.founding_guard import FoundingGuard, FoundingOffer
from api.http.limits.held_bytes import HeldBytes
from api.http.limits.rate_limits import OpenStreams, RateLimit
from api.http.limits.upload_lanes import UploadLanes
from api.http.problems import Unanswered
from api.http.response_cache import RequestCounters, ResponseCache
from infra.adapters.event_log.event_log import Log
from infra.runtime.clock import SystemClock
from infra.runtime.settings import Settings
from infra.services.archive.previous_elections import Archive
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.signing.admission_lane import AdmissionLane
from infra.services.signing.known_keys import KnownKeys
from infra.services.signing.office_session import Sessions

_FIRST_PAUSE_SECONDS: Final = 0.005
_PAUSE_SECONDS_MAX: Final = 0.1


class AppState:
    """One election's log and live read model, for the routes.

    Attributes:
        log: The log.
        live: The read model that follows it.
        kept: Answers in memory.
        limit: The rate limit of readers.
        proxies: Whose word on a reader's address is taken.
        counts: What was answered.
        broadcast: The stream.
        streams: How many of them are open.
        public: Public folder of the transparency log; None where it is not served.
        keys: Public keys of offices.
        admission: Verifies postings and hands them to the writer.
        sessions: Offices that have shown a key.
        bodies: Memory of bodies that have not come to their end.
        uploads: Where spreadsheets are read.
        founding: Who may begin a log.
        next_offer: What may be founded where another log can take the place of this one; else None.
        public_address: Where readers find the pages; empty where that is not settled.
        archive: Earlier elections.
        is_mirror: Whether pages are written as files, and say what files cannot do.
    """

    def __init__(
        self,
        log: Log,
        live: LiveReadModel,
        limit: RateLimit | None = None,
        streams: OpenStreams | None = None,
    ) -> None:
        self.log = log
        self.live = live
        self.kept = ResponseCache(live)
        settings = Settings()
        self.limit = limit or RateLimit(settings.reads_per_second, settings.reads_at_once)
        self.streams = streams or OpenStreams(
            settings.streams_at_once,
            # Who switched off limits by client has a proxy that keeps them, and is the only client.
            settings.streams_per_client if self.limit.is_on else 0,
        )
        self.proxies = TrustedProxies(settings.trusted_proxies)
        self.public_address = settings.public_address
        self.archive = Archive(settings.archive)
        self.is_mirror = False
        self.counts = RequestCounters()
        self.broadcast = Broadcast(live)
        self.public: Path | None = None
        self.keys = KnownKeys(live, log)
        self.admission = AdmissionLane(self.keys, lambda: log.writer)
        self.sessions = Sessions(self.keys, live.read, SystemClock())
        self.founding = FoundingGuard.from_settings(settings)
        self.next_offer: Callable[[], FoundingOffer] | None = None
        self.bodies = HeldBytes()
        # Who switched off limits by client has a proxy that keeps them.
        self.uploads = UploadLanes(is_per_client=self.limit.is_on)

    def offer(self) -> FoundingOffer:
        """What may be founded at this address now."""
        name = self.log.name
        if self.election or name is None:
            return FoundingOffer() if self.next_offer is None else self.next_offer()
        return FoundingOffer(
            environments=(name.environment,),
            election=name.election,
            needs_code=self.founding.asks(name.environment),
        )

    @property
    def election(self) -> str:
        """Id of the election; empty before it is defined."""
        return self.live.read(lambda n: n.election.facts.id if n.election is not None else "")

    @property
    def environment(self) -> str:
        """`live` or `rehearsal`; empty before the election is defined."""
        return self.live.read(
            lambda n: n.election.facts.environment if n.election is not None else ""
        )


async def wait_until_read(services: AppState, position: int, seconds_max: float) -> None:
    """Wait for a while until a position is read here.

    No thread is held meanwhile: threads are few, and those who post need them.
    """
    end = time.monotonic() + seconds_max
    pause_seconds = _FIRST_PAUSE_SECONDS
    while services.live.position < position and time.monotonic() < end:
        await asyncio.sleep(pause_seconds)
        pause_seconds = min(2 * pause_seconds, _PAUSE_SECONDS_MAX)


def app_state(request: Request) -> AppState:
    """The services of this application."""
    return cast("AppState", request.app.state.services)


def election_state(request: Request, election: str) -> AppState:
    """The state of this application, if it has this election.

    Raises:
        Unanswered: 404, it has another one.
    """
    services = app_state(request)
    here = services.election
    if here != election:
        there = f"ここにあるのは {here} です。" if here else "ここにはまだ選挙がありません。"
        raise Unanswered(404, "No such election here.", f"{election} はありません。{there}")
    return services
