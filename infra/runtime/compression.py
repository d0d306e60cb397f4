"""Content codings of what is published: the same bytes every time, on a server and in a file."""

import gzip

import brotli  # type: ignore[import-untyped]

GZIP_LEVEL = 6
BROTLI_QUALITY = 5
"""Both compress faster than a document is rendered; more would cost ten times as much for 5 %."""

COMPRESS_FROM_BYTES = 512
"""Below this a compressed body is hardly smaller than its headers."""


def encode_body(body: bytes, coding: str) -> bytes:
    """A body in a content coding: `br`, `gzip`, or none."""
    match coding:
        case "br":
            return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
        case "gzip":
            return gzip.compress(body, GZIP_LEVEL, mtime=0)
        case _:
            return body
