"""Names of rows: units however they are written, and rows that are sums of others."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

from aggregates.election.geography import PREFECTURES
from aggregates.reference.name_folding import fold_width

RowKind = Literal["unit", "ambiguous", "sum", "repeat", "other"]

_MARKS: Final = "※★☆◎○●◇◆□■・*＊()「」<>"
_TOTAL: Final = re.compile(r"[^計]*(?:計|合計|総計|小計|累計|総数)")
_COUNTY: Final = re.compile(r"[^0-9]{1,6}郡")
_AREA: Final = re.compile(
    r"(?:市部|郡部|町村部|区部|市|町村|郡|区|全県|県|都|道|府|全国|全体)(?:計)?"
)
_CONTEST: Final = re.compile(r"(?:.{0,6})?第?[0-9]{1,2}(?:選挙)?区(?:合?計)?")
_COUNTY_TOWN: Final = re.compile(r"[^0-9]{1,6}?郡(?P<town>.+[町村].*)")
_WARD: Final = re.compile(r"(?P<city>.+?市)(?P<ward>.+区.*)")
_PART: Final = re.compile(
    r"(?P<whole>.+[市区町村])[(]?(?:第?[0-9]{1,2}(?:選挙|開票)?区|の?一部|[^()]{0,8}区の一部)[)]?"
)
_PREFECTURE: Final = re.compile("|".join(PREFECTURES.values()))


class UnitLabel(NamedTuple):
    """What the name of a row says.

    Attributes:
        kind: One unit, several units, a sum of others, a repetition, or something else.
        units: Codes of the units.
    """

    kind: RowKind
    units: tuple[str, ...] = ()


class UnitNames:
    """Finds units by what tables call them.

    A name that is exactly a unit's wins over one without its county or city, and that over the
    name of a municipality counted in parts.

    Args:
        units: Code -> name.
    """

    def __init__(self, units: Mapping[str, str]) -> None:
        self._levels: tuple[dict[str, set[str]], ...] = ({}, {}, {})
        self._cities: dict[str, set[str]] = {}
        self._folded = {code: fold_width(name) for code, name in units.items()}
        for code, name in self._folded.items():
            self._add(0, code, {name})
            self._add(1, code, _shorter(name))
            part = _PART.fullmatch(name)
            if part is not None:
                whole = part["whole"]
                self._add(2, code, {whole, *_shorter(whole)})
                self._cities.setdefault(whole, set()).add(code)
            ward = _WARD.fullmatch(name)
            if ward is not None:
                self._cities.setdefault(ward["city"], set()).add(code)

    def _add(self, level: int, code: str, names: Iterable[str]) -> None:
        for name in names:
            self._levels[level].setdefault(name, set()).add(code)

    def find(self, text: str, above: str = "") -> UnitLabel:
        """What a row is called.

        Args:
            text: Its name.
            above: The city or municipality under whose name it stands.
        """
        word = clean_label(text)
        exact = self._levels[0].get(word, set())
        county = _COUNTY_TOWN.fullmatch(word)
        if not exact and county is not None:
            # A county that a unit's own name has is to be the same one.
            exact = self._levels[0].get(county["town"], set())
        within = self._levels[0].get(above + word, set()) if above else set()
        for found in (exact, within):
            if len(found) == 1:
                return UnitLabel("unit", tuple(found))
        if "再掲" in word:
            return UnitLabel("repeat")
        known = self._cities.get(above)
        for found in (exact, *(level.get(word, set()) for level in self._levels[1:])):
            near = found & known if known is not None and len(found) > 0 else found
            if len(near) == 1:
                return UnitLabel("unit", tuple(near))
            if found:
                return UnitLabel("ambiguous", tuple(sorted(found)))
        return UnitLabel("sum" if self.is_sum(word) else "other")

    def is_sum(self, word: str) -> bool:
        """Whether a name is of rows together: 計, 今立郡, 第1区, a city above its wards."""
        patterns = (_TOTAL, _COUNTY, _AREA, _CONTEST)
        if word in self._cities or word in PREFECTURES.values():
            return True
        return any(pattern.fullmatch(word) for pattern in patterns)

    def city(self, text: str) -> str:
        """The city or municipality that a name begins a list of; empty for other names."""
        word = clean_label(text)
        for name in (word, re.sub(r"(?:合計|小計|計)$", "", word)):
            if name in self._cities:
                return name
        return ""

    def names(self, codes: Iterable[str]) -> str:
        """Names of units, for people."""
        return "・".join(self._folded[code] for code in codes)

    def within(self, city: str) -> frozenset[str]:
        """Units of a city, or parts of a municipality."""
        return frozenset(self._cities.get(city, ()))

    def ending(self, *letters: str) -> frozenset[str]:
        """Units whose names end so."""
        return frozenset(code for code, name in self._folded.items() if name.endswith(letters))


def clean_label(text: str) -> str:
    """A name without marks around it and without its prefecture."""
    word = fold_width(text).strip(_MARKS)
    found = _PREFECTURE.match(word)
    rest = word[found.end() :] if found else word
    return rest if rest and rest[-1] in "市区町村" and not rest.startswith("第") else word


def _shorter(name: str) -> set[str]:
    """A name without its county, or a ward without its city."""
    found = set()
    town, ward = _COUNTY_TOWN.fullmatch(name), _WARD.fullmatch(name)
    if town is not None:
        found.add(town["town"])
    if ward is not None:
        found.add(ward["ward"])
    return found
