"""Documents of a running server, for what has been recorded so far."""

from typing import Final, Protocol, TypeVar

import httpx
import msgspec

from infra.runtime.system_faults import fault_reason
from infra.services.outbox.server_connection import NoAnswer
from projections.feeds.layout import election_path

_TIMEOUT_SECONDS: Final = 15.0

T = TypeVar("T")


class Documents(Protocol):
    """The latest documents of one election."""

    def find(self, name: str, kind: type[T]) -> T | None:
        """A document, or None where there is no such one (yet).

        Raises:
            NoAnswer: No answer, or none that can be read.
        """


class ServedDocuments:
    """Documents of a running server. It is asked once: who has no line goes on without.

    Args:
        server: `https://host/`.
        election: Its code.
    """

    def __init__(self, server: str, election: str) -> None:
        self._base = f"{server.rstrip('/')}{election_path(election)}"
        self._http = httpx.Client(timeout=_TIMEOUT_SECONDS)

    def find(self, name: str, kind: type[T]) -> T | None:
        """A document, or None where there is no such one (yet); see `Documents`."""
        try:
            answer = self._http.get(f"{self._base}/{name}.json")
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            return msgspec.json.decode(answer.raise_for_status().content, type=kind)
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.MsgspecError) as error:
            raise NoAnswer(fault_reason(error)) from error
