"""Requests nobody would write: every address and method, with values and bodies out of a seed."""

import base64
import json
import random
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from tests import builders as b
from tests.support import keys
from tests.support import offices as o

DOOR: Final = "/v1/elections/house50/submissions"
_SESSIONS: Final = "/v1/elections/house50/sessions"
_UPLOADS: Final = ("/centre/data/rows", "/surveys/data/read?survey=places")
_METHODS: Final = ("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW")
_ENDLESS: Final = "/stream"

_DIGITS: Final = "@digits@"
"""Stands for an integer longer than any that is written in JSON here."""
TEXTS: Final = (
    "", "0", "-1", "007", "1", "2", "13", "99", "13101", "nation", "centre-13101", "house50",
    "house-district", "13-01", b.A, "national", "national.json", "national@3.csv", "head", "places",
    "true", "null", "NaN", "1e9", "9" * 25, "9" * 4400, "-" + "9" * 4400, "東京", "\x00",
    "\u202e甲",
    "a\nb", "..", "../../etc/passwd", "%2e%2e", "'; DROP TABLE x; --", "<b>", "{}", "[]", "=1+1",
    "2026-02-08T22:00:00+09:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "2024-10-27T13:00:00Z", "٣", "²", "\ud800", "a" * 3000, "json", "csv", "xlsx", "\udcff",
)  # fmt: skip
"""What is put where an address or a body has a text."""

_PARAMETERS: Final = (
    "as_of", "after", "limit", "encoding", "q", "prefecture", "unit", "office", "text", "at",
    "page", "survey", "kind", "from", "to", "party", "contest", "sort", "status", "position",
    "format",
)  # fmt: skip
_HEADERS: Final = {
    "accept": ("text/html", "application/json", "*/*", "image/png;q=x", ""),
    "accept-encoding": ("br", "gzip;q=0", "zstd, br;q=1.5", "\x01"),
    "accept-language": ("en", "ja", "*", "x" * 500),
    "authorization": ("Bearer x", "Basic eDp4", "Bearer ", "é"),
    "if-none-match": ('"1"', "*", 'W/"x", "y"', '"' * 99),
    "if-modified-since": ("yesterday", "Sun, 27 Oct 2024 13:00:00 GMT"),
    "range": ("bytes=0-1", "bytes=-9999999999999", "lines=1"),
    "host": ("evil.example", "[::1", "x:99999", ""),
    "x-forwarded-for": ("192.0.2.1", ",,,", "x" * 900, "é"),
    "content-length": ("-1", "9" * 30, "x"),
    "last-event-id": ("1", "x", "9" * 40),
    "content-type": ("application/json", "application/vnd.dsse+json", "text/plain", "é/é", ""),
}
_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, -1, 2**31, 2**53, -(2**53), 2**63, 2**64, _DIGITS, 1.5, 1e308,
    [], {}, [[]], [None] * 50, {"": ""}, "あ" * 300, *TEXTS,
)  # fmt: skip
_COMMANDS: Final = (
    *b.REGISTER, *b.DISTRICT, *b.HOUSE, *b.UPPER_LIST, *b.GOVERNOR_RACE, *o.OFFICES,
    b.tally(b.sheet({b.A: 60, b.B: 40})),
    b.tally(b.sheet({b.A: 6, b.B: 4}), final=False),
    b.correction(b.sheet({b.A: 50, b.B: 50})),
    b.turnout(b.figures((500, 500), (300, 300))),
    b.turnout_correction(b.figures((500, 500), (301, 300))),
    b.confirm(), b.give_back(), b.PAUSE, b.RESUME, b.NOTE, b.PREVIOUS,
    b.declare(b.DISTRICT_1, b.A), b.lot(b.DISTRICT_1, b.A, b.B), b.withdraw(b.DISTRICT_1, b.B),
    b.survey(b.CHIYODA), b.answer(), b.remind(b.CHIYODA), b.return_answer(),
    b.no_poll(b.DISTRICT_1), keys.enrol(o.TOKYO, "tokyo-a"), keys.approve(o.TOKYO, "tokyo-a"),
    keys.rotate(o.TOKYO, "tokyo-a", "tokyo-b"), keys.revoke(o.TOKYO, "tokyo-a"),
)  # fmt: skip
"""Every kind of command but the closing, after which everything is refused for one reason."""


@dataclass(frozen=True)
class GeneratedRequest:
    """A request as bytes.

    Attributes:
        method: HTTP method.
        path: Path with its query, percent-encoded.
        headers: Names and values.
        body: Empty for none.
    """

    method: str
    path: str
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


def route_paths(app: FastAPI) -> list[str]:
    """Every path the application answers, with its parameters in braces."""
    return sorted({str(route.path) for route in iter_route_contexts(app.routes)})


class RequestGenerator:
    """Requests out of one seed.

    Args:
        seed: The same seed gives the same requests.
        paths: Paths with parameters in braces.
    """

    def __init__(self, seed: int, paths: Sequence[str]) -> None:
        self._random = random.Random(seed)
        self._paths = paths
        self._number = 0

    def next(self) -> GeneratedRequest:
        """The next request."""
        self._number += 1
        kind = self._random.random()
        if kind < 0.45:
            return self._posting()
        if kind < 0.48:
            path = self._random.choice(_UPLOADS)
            return GeneratedRequest("POST", path, self._headers(), self._noise())
        return self._reading()

    # --- reading ----------------------------------------------------------------------------

    def _reading(self) -> GeneratedRequest:
        path = self._path()
        method = self._random.choice(_METHODS)
        if path.partition("?")[0].endswith(_ENDLESS):
            method = "POST"
        body = self._noise() if method in ("POST", "PUT") and self._random.random() < 0.5 else b""
        return GeneratedRequest(method, path, self._headers(), body)

    def _path(self) -> str:
        parts = self._random.choice(self._paths).split("/")
        found = "/".join(self._filled(part) if "{" in part else part for part in parts)
        if not self._random.randrange(3):
            names = self._random.sample(_PARAMETERS, self._random.randrange(1, 4))
            found += "?" + "&".join(f"{name}={self._quoted(self._text())}" for name in names)
        return found

    def _filled(self, part: str) -> str:
        if "election" in part and self._random.randrange(8):
            return "house50"
        before, _, rest = part.partition("{")
        return f"{before}{self._quoted(self._text())}{rest.partition('}')[2]}"

    def _text(self) -> str:
        return self._random.choice(TEXTS)

    def _quoted(self, text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="@.-/" if self._coin() else "")

    def _headers(self) -> list[tuple[bytes, bytes]]:
        names = self._random.sample(sorted(_HEADERS), self._random.randrange(3))
        return [
            (name.encode(), self._random.choice(_HEADERS[name]).encode("latin-1")) for name in names
        ]

    # --- bodies -----------------------------------------------------------------------------

    def _posting(self) -> GeneratedRequest:
        sent: dict[str, Any] = {
            "election": "house50",
            "environment": "rehearsal",
            "office": self._random.choice(("nation", o.SECOND, o.TOKYO, o.CITY, o.CENTRE)),
            "submission_id": f"generated-{self._number if self._random.randrange(9) else 1:06d}",
            "command": json.loads(json.dumps(self._random.choice(_COMMANDS))),
        }
        for _ in range(self._random.choice((0, 1, 1, 2, 5))):
            self._change(sent)
        body = json.dumps(sent).encode().replace(b'"%b"' % _DIGITS.encode(), b"9" * 4500)
        if not self._random.randrange(10):
            body = self._damaged(body)
        if not self._random.randrange(4):
            body = self._enveloped(body)
        signed = body.startswith(b'{"payload')
        kind = b"application/vnd.dsse+json" if signed and self._coin() else b"application/json"
        path = DOOR if self._random.randrange(20) else _SESSIONS
        return GeneratedRequest("POST", path, [(b"content-type", kind)], body)

    def _change(self, node: Any) -> None:  # noqa: ANN401 - any JSON
        """Change one thing somewhere below."""
        while True:
            places: Iterable[Any] = node if isinstance(node, dict) else range(len(node))
            name = self._random.choice(list(places))
            inner = node[name]
            if isinstance(inner, dict | list) and inner and self._random.randrange(4):
                node = inner
                continue
            if isinstance(node, dict) and not self._random.randrange(5):
                del node[name]
                node[self._random.choice(("x", "unit", "contest", "as_of", "final"))] = inner
            else:
                node[name] = deepcopy(self._random.choice(_VALUES))
            return

    def _damaged(self, body: bytes) -> bytes:
        place = self._random.randrange(len(body))
        match self._random.randrange(4):
            case 0:
                return body[:place]
            case 1:
                return body[:place] + bytes([self._random.randrange(256)]) + body[place:]
            case 2:
                return body[:-1] + b',"office":"pref-13"}'
            case _:
                return body.replace(b'"nation"', b"[" * self._random.randrange(3000), 1)

    def _enveloped(self, body: bytes) -> bytes:
        kind = self._random.choice(("post-tally", "define-election", "session", "note-change", "x"))
        names = self._random.sample(("nation-a", "second-a", "tokyo-a"), self._random.randrange(3))
        signatures = [
            {"keyid": keys.keyid(name), "sig": self._random.choice(("", "AAAA", "A" * 86 + "=="))}
            for name in names
        ]
        payload = self._random.choice((base64.b64encode(body).decode(), "", "%%%", "e30="))
        made = {
            "payload": payload,
            "payloadType": f"application/vnd.kaihyo.{kind}+json",
            "signatures": signatures,
        }
        return json.dumps(made).encode()

    def _noise(self) -> bytes:
        match self._random.randrange(5):
            case 0:
                return b""
            case 1:
                return self._random.randbytes(self._random.randrange(400))
            case 2:
                return b"unit,name,a\r\n" + self._text().encode("utf-8", "replace") + b",,1\r\n"
            case 3:
                return b"PK\x03\x04" + self._random.randbytes(60)
            case _:
                return self._text().encode("utf-8", "replace") * self._random.randrange(1, 40)

    def _coin(self) -> bool:
        return self._random.random() < 0.5
