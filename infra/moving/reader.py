"""Documents of a running server, for what has been recorded so far."""

from typing import Final, TypeVar

import httpx
import msgspec

from infra.client.feed import Feed
from infra.outbox.line import LineDown

_TIMEOUT_SECONDS: Final = 15.0

T = TypeVar("T")


class Documents:
    """The latest documents of one election.

    Args:
        server: `https://host/`.
        election: Its code.
    """

    def __init__(self, server: str, election: str) -> None:
        self._feed = Feed(
            f"{server.rstrip('/')}/v1/elections/{election}",
            http=httpx.Client(timeout=_TIMEOUT_SECONDS),
        )

    def find(self, name: str, kind: type[T]) -> T | None:
        """A document, or None where there is no such one (yet).

        Raises:
            LineDown: No answer, or none that can be read.
        """
        try:
            return msgspec.json.decode(self._feed.document(name), type=kind)
        except httpx.HTTPStatusError as error:
            if error.response.status_code == httpx.codes.NOT_FOUND:
                return None
            raise LineDown(str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.MsgspecError) as error:
            raise LineDown(str(error)) from error
