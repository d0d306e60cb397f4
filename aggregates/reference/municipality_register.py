"""The register of municipality codes: which exist on a day, what became of those abolished.

Source: 全国地方公共団体コード, of the Ministry of Internal Affairs. A file holds codes and names at
the end of its span, and every change since its beginning; other days are said to be outside.

A log names the digest of the file that it is decided by (rules 4), so a file that was released
stays as it is, byte for byte, beside later ones. Codes have five digits here (JIS X 0401/0402).
"""

import hashlib
from collections import defaultdict
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from aggregates.reference.name_folding import fold_width

FIRST_REGISTER: Final = "8630c0701be954a0f50a0f37b559f9ba77d9ce7d15efe5a1d74ccd96a00d3de1"
"""Digest of the register that a log has whose founders name none, in every release."""

_FILES: Final = {FIRST_REGISTER: "municipality_codes.json"}
"""SHA-256 of its bytes -> file, for every register that this release carries."""

_DIGITS: Final = 3
"""Digits of a code without those of its prefecture."""


class AbolishedCode(msgspec.Struct, frozen=True):
    """A code that was taken out of the register.

    Attributes:
        name: Of the municipality.
        on: First day without it.
        successors: Codes of the municipalities that have its area since then.
    """

    name: str
    on: date
    successors: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    since: date
    until: date
    source: str
    begun: dict[str, date]
    abolished: dict[str, AbolishedCode]
    names: dict[str, str]


class MunicipalityRegister:
    """The codes and what is known of them.

    Attributes:
        since: First day of the span.
        until: Last day of the span: the state that the register has.
    """

    def __init__(self, file: _File) -> None:
        self.since = file.since
        self.until = file.until
        self._begun = file.begun
        self._abolished = file.abolished
        self._names = {
            f"{prefecture}{entry[:_DIGITS]}": entry[_DIGITS:]
            for prefecture, entries in file.names.items()
            for entry in entries.split()
        }
        self._codes: dict[tuple[str, str], list[str]] = defaultdict(list)
        for code, name in self._names.items():
            for spelling in _spellings(name):
                self._codes[code[:2], spelling].append(code)

    def covers(self, day: date) -> bool:
        """Whether the register says what is there on a day."""
        return self.since <= day <= self.until

    def name(self, five: str) -> str:
        """The name of a municipality at the end of the span; empty for an unknown one."""
        return self._names.get(five, "")

    def is_known(self, five: str) -> bool:
        """Whether the register has ever heard of a code; that of a prefecture is one, too."""
        return five in self._names or five in self._abolished or five.endswith("000")

    def names_in(self, prefecture: str) -> dict[str, str]:
        """Codes of five digits of a prefecture's municipalities and of wards -> their names."""
        return {code: name for code, name in self._names.items() if code[:2] == prefecture}

    def find_abolition(self, five: str, day: date) -> AbolishedCode | None:
        """What became of a code that is no longer one on a day; None for any other."""
        gone = self._abolished.get(five)
        return gone if gone is not None and day >= gone.on else None

    def find_beginning(self, five: str, day: date) -> date | None:
        """The day on which a code begins that is not yet one on a day; None for any other."""
        begun = self._begun.get(five)
        return begun if begun is not None and day < begun else None

    def find_namesake(self, five: str, unit: str) -> str:
        """Code of the other municipality of the prefecture that a unit is called after; or empty.

        A unit with a name of its own (第１開票区) is called after none.
        """
        wanted = fold_width(unit)
        if wanted in _spellings(self.name(five)):
            return ""
        found = self._codes.get((five[:2], wanted), [])
        return found[0] if len(found) == 1 else ""


def _spellings(name: str) -> set[str]:
    """A name, and that of a ward without its city's."""
    written = fold_width(name)
    city, found, ward = written.partition("市")
    is_ward = bool(found and city and ward.endswith("区"))
    return {written, ward} if is_ward else {written}


@cache
def find_register(sha256: str) -> MunicipalityRegister | None:
    """The register of a digest; None where this release does not carry it.

    Raises:
        ValueError: The program was installed with another file than it was released with.
    """
    if sha256 not in _FILES:
        return None
    data = resources.files(__package__ or "").joinpath(_FILES[sha256]).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"{_FILES[sha256]} is not the register that was released")
    return MunicipalityRegister(msgspec.json.decode(data, type=_File))
