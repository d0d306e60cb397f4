"""A running server, or a static mirror of it, read over HTTP."""

from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import sleep
from typing import Final
from urllib.parse import quote, urlsplit

from infra.services.auditing.sources.audit_source import (
    LOG,
    SourceCheck,
    missing,
    parse_pointer_format,
)
from projections.feeds.layout import HEAD

SECONDS_MAX: Final = 20.0
_OK, _NOT_FOUND, _TOO_MANY = 200, 404, 429
_ATTEMPTS: Final = 30


class Unreachable(OSError):  # noqa: N818 - it says what is the case
    """The server does not answer, or not with the file that was asked for."""


class WebSource:
    """An election below a URL: `http://host/v1/elections/house51`.

    Args:
        url: The URL of the election.

    Raises:
        Unreachable: It is no http or https URL.
    """

    has_documents = True

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Unreachable(f"{url} is no http or https address")
        connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.name = url
        self._base = parts.path.rstrip("/")
        self._connection = connect(parts.netloc, timeout=SECONDS_MAX)

    def read(self, path: str) -> bytes:
        """A file of the log."""
        return self._get(f"{LOG}/{path}")

    def document(self, document: str, version: int) -> bytes:
        """A version of a document."""
        return self._get(f"{document}@{version}.json")

    def document_format(self) -> int | None:
        """What its pointer names."""
        return parse_pointer_format(self._get(HEAD))

    def finish(self, checked: SourceCheck) -> None:
        """Nothing remains: what else a server offers is its own affair."""

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _get(self, path: str) -> bytes:
        address = f"{self._base}/{quote(path, safe='/@')}"
        for _ in range(_ATTEMPTS):
            answer, body = self._asked(address)
            if answer.status == _OK:
                return body
            if answer.status == _NOT_FOUND:
                raise missing(path)
            if answer.status != _TOO_MANY:
                break
            # The server limits how much one reader may ask in a second.
            sleep(float(answer.headers.get("Retry-After", "1")))
        raise Unreachable(f"{address} answered {answer.status}")

    def _asked(self, address: str) -> tuple[HTTPResponse, bytes]:
        try:
            self._connection.request("GET", address, headers={"Accept-Encoding": "identity"})
            answer = self._connection.getresponse()
            return answer, answer.read()
        except (HTTPException, OSError) as error:
            raise Unreachable(f"{self.name}: {error!r}") from error
