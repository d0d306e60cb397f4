"""The connection to the server: bytes out, an answer back, or none."""

from http.client import HTTPException, HTTPResponse
from typing import Final, NamedTuple, Protocol, cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import msgspec

from aggregates.decisions.office_chain import Link
from infra.runtime.system_faults import fault_reason

ENVELOPE_TYPE: Final = "application/vnd.dsse+json"
_TIMEOUT_SECONDS: Final = 15.0
_ANSWER_BYTES_MAX: Final = 1_000_000


class NoAnswer(ConnectionError):  # noqa: N818 - it says what is the case
    """Nobody answered, or not to the end: nobody knows what became of what was sent."""


class AddressWrong(ValueError):  # noqa: N818
    """The address of the server is not one of HTTP."""


class ServerAnswer(NamedTuple):
    """What the server said.

    Attributes:
        status: HTTP status.
        body: A receipt or a problem (RFC 9457).
    """

    status: int
    body: bytes


class ServerConnection(Protocol):
    """Where an outbox sends."""

    def post(self, election: str, body: bytes, media_type: str) -> ServerAnswer:
        """Send a posting. Raises NoAnswer without an answer."""

    def chain(self, election: str, office: str) -> Link:
        """Where the log says that an office's chain stands. Raises NoAnswer without an answer."""


class HttpConnection:
    """A server over HTTP.

    Args:
        address: `https://host/`.
        founding_code: What the server asks of who founds a live election; empty for nothing.

    Raises:
        AddressWrong: Another scheme.
    """

    def __init__(self, address: str, founding_code: str = "") -> None:
        if urlsplit(address).scheme not in ("http", "https"):
            raise AddressWrong(f"{address}: http:// か https:// で始まる宛先にしてください。")
        self._address = address.rstrip("/")
        self._founding = {"Kaihyo-Founding-Code": founding_code} if founding_code else {}

    def post(self, election: str, body: bytes, media_type: str) -> ServerAnswer:
        """Send a posting."""
        address = f"{self._address}/v1/elections/{election}/submissions"
        headers = {
            "Content-Type": media_type,
            "Accept": "application/json",
            **self._founding,
        }
        return _ask(Request(address, body, headers, method="POST"))  # noqa: S310 - checked above

    def chain(self, election: str, office: str) -> Link:
        """Where the chain of an office stands."""
        address = f"{self._address}/v1/elections/{election}/offices/{office}/chain"
        answer = _ask(Request(address))  # noqa: S310 - checked above
        try:
            found = msgspec.json.decode(answer.body, type=_Chain)
        except msgspec.MsgspecError as error:
            raise NoAnswer(f"HTTP {answer.status}") from error
        return Link(found.sequence, found.sha256)


def _open_url(request: Request) -> HTTPResponse:
    try:
        return cast("HTTPResponse", urlopen(request, timeout=_TIMEOUT_SECONDS))  # noqa: S310 - checked above
    except HTTPError as refused:
        return cast("HTTPResponse", refused)  # it is an answer as well


class _Chain(msgspec.Struct, frozen=True):
    sequence: int
    sha256: str | None


def _ask(request: Request) -> ServerAnswer:
    try:
        with _open_url(request) as answer:
            body = answer.read(_ANSWER_BYTES_MAX)
            if answer.length:
                raise NoAnswer(f"HTTP {answer.status}: {answer.length} bytes are missing")
            return ServerAnswer(answer.status, body)
    except (URLError, HTTPException, OSError) as error:
        raise NoAnswer(fault_reason(error)) from error
