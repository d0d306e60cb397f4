"""A page as a mirror shows it: without what needs a server, and without links that lead nowhere.

Templates write attributes in double quotes and escape what stands in them, and forms do not nest:
that is all that is relied on here.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

from api.mirror.mirror_addresses import is_feed, is_mirrored, mirrored_address

_FORM: Final = re.compile(r"<form\b.*?</form>\s*", re.DOTALL)
_TIME_SLIDER: Final = re.compile(r'<script [^>]*src="[^"]*/time_slider\.js"></script>\s*')
_TAG: Final = re.compile(r"<(a|link|script|img|iframe)\b[^>]*>")
_ADDRESS: Final = re.compile(r' (href|src)="([^"]*)"')
_CARD: Final = re.compile(r'<meta property="og:image" content="[^"]*?(/(?:en/)?cards/[^"]*)">')
_MARK: Final = "<body data-mirror"


class MirrorPage:
    """One page of a mirror.

    Args:
        page: The page of the server.
        has_document: Whether the folder has the file of an address of the feed.

    Attributes:
        body: What the mirror shows.
        addresses: Pages and files of this site to which it leads.
        card: Its picture for messengers; empty where it has none.
    """

    def __init__(self, page: bytes, has_document: Callable[[str], bool]) -> None:
        self._has_document = has_document
        self.addresses: set[str] = set()
        text = _TIME_SLIDER.sub("", _FORM.sub("", page.decode()))
        found = _CARD.search(text)
        self.card = unescape(found[1]) if found else ""
        # Scripts of a page read by this mark that nothing but files answers here.
        text = text.replace("<body", _MARK, 1)
        self.body = _TAG.sub(lambda tag: self._tag(tag[0], tag[1]), text).encode()

    def _tag(self, tag: str, name: str) -> str:
        found = _ADDRESS.search(tag)
        if found is None:
            return tag
        address = unescape(found[2])
        if address.startswith("#") or not address.startswith("/"):
            is_elsewhere = address.startswith(("#", "http:", "https:", "mailto:", "data:"))
            return tag if is_elsewhere else self._without(tag, name, found[0])
        if is_feed(address):
            return tag if self._has_document(address) else self._without(tag, name, found[0])
        if not is_mirrored(address):
            return self._without(tag, name, found[0])
        here = mirrored_address(address)
        self.addresses.add(here.partition("#")[0])
        return tag.replace(found[0], f' {found[1]}="{escape(here)}"', 1)

    def _without(self, tag: str, name: str, attribute: str) -> str:
        """The words of a link stay where it led; what only names an address goes."""
        return tag.replace(attribute, "", 1) if name == "a" else ""
