"""Rendered pages, kept compressed until their version moves on."""

import gzip
from collections import OrderedDict
from typing import NamedTuple

_PAGES_MAX = 500


class CachedPage(NamedTuple):
    """A rendered page."""

    tag: str
    body: bytes
    compressed: bytes


class PageCache:
    """The pages rendered last, by address."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, CachedPage] = OrderedDict()

    def get(self, address: str, tag: str) -> CachedPage | None:
        """The page of this version, if it is still here."""
        kept = self._pages.get(address)
        return kept if kept is not None and kept.tag == tag else None

    def put(self, address: str, tag: str, body: bytes) -> CachedPage:
        """Keep a page, and let go of the oldest."""
        kept = CachedPage(tag, body, gzip.compress(body, 6, mtime=0))
        self._pages[address] = kept
        self._pages.move_to_end(address)
        while len(self._pages) > _PAGES_MAX:
            self._pages.popitem(last=False)
        return kept
