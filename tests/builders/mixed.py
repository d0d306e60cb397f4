"""Elections of any set of kinds of contests, each in some prefectures only."""

from collections.abc import Iterable

from tests.builders.definitions import (
    candidates,
    contest,
    election,
    justices,
    member,
    options,
    parties,
    party_list,
    unit,
)
from tests.support.gwt import Command

KINDS = (
    "house-district",
    "house-block",
    "justices",
    "upper-district",
    "upper-list",
    "governor",
    "mayor",
    "prefectural-assembly",
    "municipal-assembly",
    "national-referendum",
    "ordinance-poll",
)
_NOBODY_ELECTED = frozenset({"justices", "national-referendum", "ordinance-poll"})
_UNITS = {"13": "13101", "14": "14101", "31": "31201"}
MIXED_PREFECTURES = tuple(_UNITS)


def mixed(held: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Command, ...]:
    """An election of contests given by kind and prefectures; every ballot has the same ids."""
    commands: list[Command] = [election(), parties("ao", "aka")]
    commands.extend(unit(code, prefecture) for prefecture, code in _UNITS.items())
    for number, (kind, prefectures) in enumerate(held):
        commands.extend(_contest(f"{kind}/x{number}", kind, prefectures))
    return tuple(commands)


def mixed_unit(prefecture: str) -> str:
    """The one unit of a prefecture."""
    return _UNITS[prefecture]


def _contest(name: str, kind: str, prefectures: tuple[str, ...]) -> Iterable[Command]:
    codes = [_UNITS[prefecture] for prefecture in prefectures]
    more: dict[str, object] = {"prefectures": list(prefectures)}
    if kind == "house-block":
        more["block"] = "tokyo" if name.endswith("x0") else "kinki"
    yield contest(name, codes, 0 if kind in _NOBODY_ELECTED else 1, **more)
    if kind == "justices":
        yield justices(name, "p1", "p2")
    elif kind == "ordinance-poll":
        yield options(name, "p1", "p2")
    elif kind == "national-referendum":
        return  # it has the answers of its kind
    elif kind in {"house-block", "upper-list"}:
        for party in ("ao", "aka"):
            yield party_list(
                name, party, member(f"{party}-1", 1), member(f"{party}-2", 2), party=party
            )
    else:
        yield candidates(name, "p1", "p2", party="ao")
