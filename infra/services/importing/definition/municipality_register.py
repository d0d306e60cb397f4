"""The register of municipality codes: which exist on a day, what became of those abolished.

Source: 全国地方公共団体コード, of the Ministry of Internal Affairs. The file holds codes and names
at the end of its span, and every change since its beginning; other days are said to be outside.
"""

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from aggregates.election.identifiers import MunicipalityCode
from aggregates.reference.name_folding import fold_width

_FILE: Final = "municipality_codes.json"
_DIGITS: Final = 3
"""Digits of a code without those of its prefecture and the one that checks."""


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

    def covers(self, day: date) -> bool:
        """Whether the register says what is there on a day."""
        return self.since <= day <= self.until

    def is_prefecture(self, five: str) -> bool:
        """Whether the code is that of a prefecture as a whole."""
        return five.endswith("000")

    def name(self, five: str) -> str:
        """The name of a municipality at the end of the span; empty for an unknown one."""
        return self._names.get(five, "")

    def fault(self, five: str, day: date) -> str:
        """Why a code cannot be that of a municipality on a day, in Japanese; empty when it may.

        A code that the register does not know is a fault within its span only.
        """
        gone = self._abolished.get(five)
        if gone is not None and day >= gone.on:
            return (
                f"は{gone.name}のもので、{gone.on.isoformat()}に廃止されています。"
                f"今は{self._list_codes(gone.successors)}です（団体コードは{self.until.isoformat()}現在）。"
            )
        begun = self._begun.get(five)
        if begun is not None and day < begun:
            return f"は{self.name(five)}のもので、{begun.isoformat()}からです。"
        is_known = five in self._names or gone is not None or self.is_prefecture(five)
        if is_known or not self.covers(day):
            return ""
        return f"は団体コードにありません（{self.until.isoformat()}現在）。"

    def is_unknown(self, five: str) -> bool:
        """Whether the register has never heard of a code."""
        known = five in self._names or five in self._abolished
        return not known and not self.is_prefecture(five)

    def exchanged(self, five: str, unit: str) -> str:
        """Code of the other municipality of the prefecture that a unit is called after; or empty.

        A unit with a name of its own (第１開票区) is called after none.
        """
        wanted = fold_width(unit)
        if wanted in _spellings(self.name(five)):
            return ""
        found = [
            code
            for code, name in self._names.items()
            if code[:2] == five[:2] and wanted in _spellings(name)
        ]
        return found[0] if len(found) == 1 else ""

    def _list_codes(self, codes: tuple[str, ...]) -> str:
        return "・".join(
            f"{self.name(code)}（{MunicipalityCode.from_jis(code)}）" for code in codes
        )


def _spellings(name: str) -> set[str]:
    """A name, and that of a ward without its city's."""
    written = fold_width(name)
    city, found, ward = written.partition("市")
    is_ward = bool(found and city and ward.endswith("区"))
    return {written, ward} if is_ward else {written}


@cache
def municipality_register() -> MunicipalityRegister:
    """The register that comes with the program."""
    data = resources.files(__package__ or "").joinpath(_FILE).read_bytes()
    return MunicipalityRegister(msgspec.json.decode(data, type=_File))
