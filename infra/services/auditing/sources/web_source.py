"""A running server, or a static mirror of it, read over HTTP."""

from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import sleep
from typing import Final
from urllib.parse import quote, urlsplit

from infra.runtime.system_faults import fault_reason
from infra.services.auditing.sources.audit_source import (
    LOG,
    SourceCheck,
    compare_rules,
    missing,
    parse_pointer_format,
)
from projections.feeds.layout import HEAD, RULES

SECONDS_MAX: Final = 20.0
"""How long an answer may be awaited."""
RETRY_SECONDS: Final = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Pauses before a file is asked for again after the connection was cut, or while the server is not
up: a minute in all. What has been read stays read."""
_OK, _NOT_FOUND, _TOO_MANY = 200, 404, 429
_PASSING: Final = frozenset({500, 502, 503, 504})
_ATTEMPTS: Final = 30


class Unreachable(OSError):  # noqa: N818 - it says what is the case
    """The server does not answer, or not with the file that was asked for."""


class WebSource:
    """An election below a URL: `http://host/v1/elections/house51`.

    A connection that was cut, or closed while it idled, is opened again, and the same file asked
    for. That is not done before anything was read: then the address is probably another one.

    Args:
        url: The URL of the election.
        retry_seconds: Pauses before each further attempt.

    Raises:
        Unreachable: It is no http or https URL.
    """

    has_documents = True

    def __init__(self, url: str, retry_seconds: tuple[float, ...] = RETRY_SECONDS) -> None:
        parts = urlsplit(url)
        try:
            is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
            is_address = is_address and parts.port != 0
        except ValueError:
            is_address = False
        if not is_address:
            raise Unreachable(f"{url} is no http or https address")
        connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.name = url
        self._base = parts.path.rstrip("/")
        self._retry_seconds = retry_seconds
        self._connection = connect(parts.netloc, timeout=SECONDS_MAX)
        self._has_answered = False

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
        """The rule package; what else a server offers is its own affair."""
        if checked.rule_package_sha256:
            compare_rules(self._get(RULES), checked)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _get(self, path: str) -> bytes:
        address = f"{self._base}/{quote(path, safe='/@')}"
        for _ in range(_ATTEMPTS):
            answer, body = self._request_with_retries(address)
            if answer.status == _OK:
                self._require_log(address, body)
                return body
            if answer.status == _NOT_FOUND and self._has_answered:
                raise missing(path)
            if answer.status != _TOO_MANY:
                break
            # The server limits how much one reader may ask in a second.
            sleep(float(answer.headers.get("Retry-After", "1")))
        elsewhere = answer.headers.get("Location")
        hint = f", which points to {elsewhere}" if elsewhere else ""
        raise Unreachable(f"{self.name}: {address} answered {answer.status}{hint}")

    def _require_log(self, address: str, body: bytes) -> None:
        """A page for people in the place of the first file: no log is published there."""
        if not self._has_answered and body.lstrip()[:1] == b"<":
            raise Unreachable(f"{self.name}: {address} answered with a page, not with a log")
        self._has_answered = True

    def _request_with_retries(self, address: str) -> tuple[HTTPResponse, bytes]:
        pauses = iter(self._retry_seconds if self._has_answered else ())
        while True:
            pause = next(pauses, None)
            try:
                answer, body = self._request(address)
            except Unreachable:
                if pause is None:
                    raise
            else:
                if answer.status not in _PASSING or pause is None:
                    return answer, body
            sleep(pause)

    def _request(self, address: str) -> tuple[HTTPResponse, bytes]:
        try:
            self._connection.request("GET", address, headers={"Accept-Encoding": "identity"})
            answer = self._connection.getresponse()
            return answer, answer.read()
        except (HTTPException, OSError, UnicodeError) as error:
            # The connection is opened again with the next request.
            self._connection.close()
            raise Unreachable(f"{self.name}: {fault_reason(error)}") from error
