"""Every public address of the feed, its media type, and how long it may be kept.

Server, file publisher, client and verifier take addresses from here and from nowhere else, so a
tree of files and a server cannot differ in them.
"""

from typing import Final, NamedTuple, Self

CACHE_SECONDS: Final = 2
"""How long the pointer and what has no position may be kept: the shortest useful poll."""

MOVING: Final = f"public, max-age={CACHE_SECONDS}"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
UNCACHED: Final = "no-store"

HEAD: Final = "head.json"
DISTRICTS_HEAD: Final = "districts-head.json"
PARTS_HEAD: Final = "parts-head.json"
HEADS: Final = (HEAD, DISTRICTS_HEAD, PARTS_HEAD)
"""The pointers: every document is named in exactly one of them."""

CATALOGUE: Final = "catalogue.jsonld"
RULES: Final = "rules.json"
"""The rule package of a log, in the bytes whose digest its first entry names."""
CHANGES: Final = "changes"
STREAM: Final = "stream"
SCHEMAS: Final = "/v1/schemas"

JSON: Final = "application/json"
JSON_SCHEMA: Final = "application/schema+json"
JSON_LD: Final = "application/ld+json"
EVENT_STREAM: Final = "text/event-stream"

CSV_ENCODINGS: Final = {"utf-8": "utf-8", "cp932": "Shift_JIS"}
"""What `?encoding=` may say, and the charset that is stated for it (IANA calls cp932 so)."""

COMPRESSED: Final = {"br": ".br", "gzip": ".gz"}
"""Content codings, the preferred first, and the ending of the file that holds one."""

CHECKSUM: Final = ".sha256"


class Format(NamedTuple):
    """One way to write a document.

    Attributes:
        suffix: Ending of its addresses.
        media_type: What it is sent as.
        kinds: Documents that have it, by the first part of their name; empty for all of them.
    """

    suffix: str
    media_type: str
    kinds: frozenset[str] = frozenset()

    def has(self, document: str) -> bool:
        """Whether a document is written in this format."""
        return not self.kinds or document.partition("/")[0] in self.kinds


_RESULTS = frozenset({"national", "prefectures", "contests"})
_NEWS = frozenset({"corrections", "declarations"})
_TABLES = frozenset({
    "national", "prefectures", "contests", "blocks", "districts", "turnout", "seats",
    "corrections", "coverage", "candidates", "declarations", "offices", "pools",
    "results", "contest-candidates", "contest-units", "prefecture-coverage",
})  # fmt: skip

FORMATS: Final = (
    # The longer endings first: ".nist.json" ends in ".json" as well.
    Format(".nist.json", "application/json", _RESULTS),
    Format(".nist.xml", "application/xml", _RESULTS),
    Format(".atom", "application/atom+xml", _NEWS),
    Format(".csv", "text/csv", _TABLES),
    Format(".json", JSON),
)
FORMAT: Final = {found.suffix: found for found in FORMATS}


class NoSuchAddress(LookupError):  # noqa: N818 - it says what is the case
    """The text is not the address of any document."""


class Address(NamedTuple):
    """A document in one format, below its election.

    Attributes:
        document: `national`, `prefectures/13`, `contests/house-district/13-01`, ….
        format: How it is written.
        position: The version: the document as it was at this position; None for the latest.
    """

    document: str
    format: Format
    position: int | None = None

    def __str__(self) -> str:
        version = "" if self.position is None else f"@{self.position}"
        return f"{self.document}{version}{self.format.suffix}"

    @property
    def cache(self) -> str:
        """Cache rule: a version never changes, the latest may at any moment."""
        return MOVING if self.position is None else IMMUTABLE

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address such as `prefectures/13@81200.csv`.

        Raises:
            NoSuchAddress: It is none, or the document does not have that format.
        """
        found = next((each for each in FORMATS if text.endswith(each.suffix)), None)
        if found is None:
            raise NoSuchAddress(text)
        document, at, version = text.removesuffix(found.suffix).partition("@")
        if not document or not found.has(document):
            raise NoSuchAddress(text)
        return cls(document, found, _position(version) if at else None)


def _position(text: str) -> int:
    """A version as written in an address: one spelling per number."""
    if not text.isascii() or not text.isdigit() or text.startswith("0"):
        raise NoSuchAddress(text)
    return int(text)


def document_formats(document: str) -> list[Format]:
    """Every format of a document."""
    return [found for found in FORMATS if found.has(document)]


def election_path(election: str) -> str:
    """Where everything about an election lies."""
    return f"/v1/elections/{election}"


def entry_path(election: str, position: int) -> str:
    """Where an entry of the log lies."""
    return f"{election_path(election)}/log/{position}"


def schema_path(name: str) -> str:
    """Where the JSON Schema of a kind of document lies."""
    return f"{SCHEMAS}/{name}.json"


def schema_name(document: str) -> str:
    """The schema of a document: `contests/house-district/13-01` → `contests`."""
    return document.partition("/")[0]


def head_address(document: str) -> str:
    """The pointer that tells the latest version of a document."""
    return _HEAD_BY_KIND.get(document.partition("/")[0], HEAD)


_HEAD_BY_KIND: Final = {
    "districts": DISTRICTS_HEAD,
    **dict.fromkeys(("contest-candidates", "contest-units", "prefecture-coverage"), PARTS_HEAD),
}


def entity_tag(version: int | str, coding: str = "") -> str:
    """The strong entity tag of a version; every content coding has its own (RFC 9110, 8.8.3)."""
    return f'"{version}-{coding}"' if coding else f'"{version}"'
