"""What a server has before there is a log: enough to read tables and to say what the law says."""

from collections.abc import Callable

from api.http.limits.client_address import TrustedProxies
from api.http.limits.founding_guard import FoundingOffer
from api.http.limits.held_bytes import HeldBytes
from api.http.limits.upload_lanes import UploadLanes
from api.http.response_cache import RequestCounters
from infra.runtime.settings import Settings


class FoundingState:
    """The services of an application without a log.

    Attributes:
        election: Always empty, as of a log that has not begun.
        environment: The same.
        is_mirror: Never: files are written of a log.
        offer: What may be founded here.
        public_address: Where readers find the pages; empty where that is not settled.
        proxies: Whose word on a client's address is taken.
        counts: What was answered.
        bodies: Memory of bodies that have not come to their end.
        uploads: Where spreadsheets and definitions are read.
    """

    election = ""
    environment = ""
    is_mirror = False

    def __init__(self, settings: Settings, offer: Callable[[], FoundingOffer]) -> None:
        self.offer = offer
        self.public_address = settings.public_address
        self.proxies = TrustedProxies(settings.trusted_proxies)
        self.counts = RequestCounters()
        self.bodies = HeldBytes()
        self.uploads = UploadLanes(is_per_client=settings.reads_per_second > 0)
