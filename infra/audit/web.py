"""A running server, or a static mirror of it, read over HTTP."""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import quote, urlsplit

from infra.audit.source import Checked, missing

LOG: Final = "log"
"""Where the files of the log lie below an election."""
SECONDS_MAX: Final = 20.0
_OK, _NOT_FOUND = 200, 404


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

    def finish(self, checked: Checked) -> None:
        """Nothing remains: what else a server offers is its own affair."""

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _get(self, path: str) -> bytes:
        address = f"{self._base}/{quote(path, safe='/@')}"
        try:
            self._connection.request("GET", address, headers={"Accept-Encoding": "identity"})
            answer = self._connection.getresponse()
            body = answer.read()
        except (HTTPException, OSError) as error:
            raise Unreachable(f"{self.name}: {error!r}") from error
        if answer.status == _NOT_FOUND:
            raise missing(path)
        if answer.status != _OK:
            raise Unreachable(f"{address} answered {answer.status}")
        return body
