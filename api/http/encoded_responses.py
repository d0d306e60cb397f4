"""Answers that are made once per version and sent many times: body, codings, headers, tags."""

import hashlib
import threading
from functools import lru_cache

from starlette.types import Message

from infra.runtime.compression import COMPRESS_FROM_BYTES, encode_body
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.feeds.layout import COMPRESSED, entity_tag

_TOKENS_MAX = 16

_ANY_ORIGIN = {"access-control-allow-origin": "*", "access-control-expose-headers": "*"}

Headers = list[tuple[bytes, bytes]]


class EncodedResponse:
    """A response, ready to be sent: both messages of ASGI are made once.

    Attributes:
        status: HTTP status.
        headers: Its headers.
        body: Its body.
        start: The message that begins it.
        rest: The message with the body.
    """

    __slots__ = ("body", "headers", "rest", "start", "status")

    def __init__(self, status: int, headers: Headers, body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body
        self.start: Message = {
            "type": "http.response.start", "status": status, "headers": headers
        }  # fmt: skip
        self.rest: Message = {"type": "http.response.body", "body": body}


class EncodedBody:
    """A body in every content coding, each compressed when it is first asked for.

    Args:
        body: The bytes.
        media_type: With its charset, if it has one.
        cache: Cache rule.
        tag: What the entity tag is made of: the version, or a digest of the body.
        more: Further headers.
        documents: The documents whose latest version this is; none when it stays as it is.
        is_for_programs: Scripts of every origin may read it; pages are for people.
    """

    __slots__ = (
        "_body", "_common", "_is_worth_it", "_ready", "_unchanged",
        "documents", "size", "tag", "version",
    )  # fmt: skip

    def __init__(
        self,
        body: bytes,
        media_type: str,
        cache: str,
        *,
        tag: int | str = "",
        version: int = 0,
        documents: tuple[str, ...] = (),
        more: dict[str, str] | None = None,
        is_for_programs: bool = True,
    ) -> None:
        self._body = body
        self.tag = str(tag) or hashlib.sha256(body).hexdigest()[:16]
        self.version = version
        self.documents = documents
        self.size = len(body)
        self._is_worth_it = self.size >= COMPRESS_FROM_BYTES
        headers = {
            "content-type": media_type,
            "cache-control": cache,
            "vary": "accept-encoding",
            "x-content-type-options": "nosniff",
            **(_ANY_ORIGIN if is_for_programs else {}),
            **(more or {}),
        }
        self._common = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._ready: dict[str, EncodedResponse] = {}
        self._unchanged: dict[str, EncodedResponse] = {}

    def ready(self, accept_encoding: bytes, if_none_match: bytes) -> EncodedResponse:
        """The response for a request with these headers."""
        coding = best_coding(accept_encoding) if self._is_worth_it else ""
        found = self._ready.get(coding) or self._make(coding)
        if if_none_match and self._is_known(if_none_match):
            return self._unchanged[coding]
        return found

    def is_same(self, other: "EncodedBody") -> bool:
        """Whether another answer has the same tag, version and size: then it has the same bytes."""
        return (self.tag, self.version, self.size) == (other.tag, other.version, other.size)

    def _is_known(self, if_none_match: bytes) -> bool:
        known = {coding_entity_tag(self.tag, coding) for coding in ("", *COMPRESSED)}
        return bool(known & tags_in(if_none_match)) or if_none_match.strip() == b"*"

    def _make(self, coding: str) -> EncodedResponse:
        with _COMPRESSING:
            if coding in self._ready:
                return self._ready[coding]
            body = encode_body(self._body, coding)
            own = [(b"etag", coding_entity_tag(self.tag, coding)), *self._common]
            length = (b"content-length", str(len(body)).encode())
            stated = [(b"content-encoding", coding.encode())] if coding else []
            self._unchanged[coding] = EncodedResponse(304, own, b"")
            found = self._ready[coding] = EncodedResponse(200, [*own, length, *stated], body)
            return found


_COMPRESSING = threading.Lock()


def format_tag(version: int | str) -> str:
    """The tag of bytes that a release writes in its own version of the format of documents.

    Another release gives the same position other bytes, which a reader must not take for known.
    """
    return f"{version}-f{DOCUMENT_FORMAT}"


def coding_entity_tag(tag: str, coding: str) -> bytes:
    """The strong entity tag of a coding of a version."""
    return entity_tag(tag, coding).encode()


@lru_cache(maxsize=1024)
def tags_in(if_none_match: bytes) -> frozenset[bytes]:
    """The tags of an If-None-Match header; weak comparison (RFC 9110, 13.1.2)."""
    tags = if_none_match.split(b",", _TOKENS_MAX)
    return frozenset(tag.strip().removeprefix(b"W/") for tag in tags)


@lru_cache(maxsize=1024)
def best_coding(accept_encoding: bytes) -> str:
    """The coding to send: the one of highest weight that we have, brotli among equals."""
    weights: dict[str, float] = {}
    for part in accept_encoding.decode("latin-1").lower().split(",", _TOKENS_MAX):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    best = max(COMPRESSED, key=lambda coding: weights.get(coding, weights.get("*", 0.0)))
    return best if weights.get(best, weights.get("*", 0.0)) > 0 else ""


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
