"""Which addresses a mirror has, and in which file each of them lies."""

from typing import Final
from urllib.parse import unquote, urlsplit

_SERVERS_OWN: Final = (
    "centre", "control", "setup", "surveys", "search", "reports", "docs", "openapi.json",
    "health", "metrics", "sitemap.xml", "robots.txt",
)  # fmt: skip
"""What an office works on, what is computed for one reader, and what describes a server."""
_LANGUAGES: Final = frozenset({"en", "easy"})
_FEED: Final = "v1"
INDEX: Final = "index.html"


def is_feed(address: str) -> bool:
    """Whether it is one of documents and proofs, which the publisher writes."""
    return _segments(address)[:1] == [_FEED]


def is_mirrored(address: str) -> bool:
    """Whether a mirror has the page, picture, style or script of an address.

    A plain web server knows no queries, so a mirror has no sorting, filtering or past moments; of
    the auditor's pages it has the first, since the others ask for single entries of the log.

    Args:
        address: Path and query on this site.
    """
    parts = urlsplit(address)
    segments = _segments(address)
    if not parts.path.startswith("/") or parts.netloc or parts.query or is_feed(address):
        return False
    if any(each in {".", ".."} or "/" in each or each.startswith(".") for each in segments):
        return False
    own = segments[1:] if segments[:1] and segments[0] in _LANGUAGES else segments
    return not own or (own[0] not in _SERVERS_OWN and (own[0] != "audit" or len(own) == 1))


def file_path(address: str) -> str:
    """The file of an address below the folder: of a page the index of a folder of its own."""
    segments = _segments(address)
    return "/".join(segments if is_file(address) else [*segments, INDEX])


def is_file(address: str) -> bool:
    """Whether the last part of an address has an ending, as pictures and scripts do."""
    return "." in "".join(_segments(address)[-1:])


def mirrored_address(address: str) -> str:
    """The address as links of a mirror write it: with the slash to which a server would send on."""
    parts = urlsplit(address)
    slash = "" if is_file(address) or parts.path.endswith("/") else "/"
    return f"{parts.path}{slash}" + (f"#{parts.fragment}" if parts.fragment else "")


def _segments(address: str) -> list[str]:
    return [unquote(each) for each in urlsplit(address).path.split("/") if each]
