"""Names on one ballot: each can be read, and no two look alike.

Two names that differ only in width or spacing are one name to anyone who reads a table. The form of
an ideograph is seen: 髙 and 高 may be two persons. Persons of exactly the same name are
distinguished by their offices.
"""

import unicodedata
from collections.abc import Iterable

from aggregates.election.ballot import Option, PartyList
from aggregates.errors import NamesAlike, NameUnreadable
from aggregates.reference.name_folding import fold_width

_SPACES = frozenset(" \u3000")
"""The spaces that stand between family name and given name."""

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Categories of what nobody sees: controls, joiners, marks of direction.

Characters of private use (外字) are none of these: they are glyphs, and stand in names of the
official publications."""


def require_names(present: Iterable[Option], added: Iterable[Option]) -> None:
    """Refuse names that cannot be read, or not be distinguished from another one on the ballot.

    Args:
        present: What stands on the ballot already.
        added: What is to stand there as well.

    Raises:
        NameUnreadable: One has invisible characters.
        NamesAlike: Two differ in width or spacing alone.
    """
    new = ballot_names(added)
    for option, name in new.items():
        if fault := name_fault(name):
            raise NameUnreadable(option=option, name=name, detail=fault)
    names = {**ballot_names(present), **new}
    if found := look_alike(names):
        other, option = found
        raise NamesAlike(option=option, other=other, name=names[option])


def ballot_names(options: Iterable[Option]) -> dict[str, str]:
    """Name by id of what stands on a ballot: options, and the members of lists."""
    names: dict[str, str] = {}
    for option in options:
        names[option.id] = option.name
        if isinstance(option, PartyList):
            names |= {member.id: member.name for member in option.members}
    return names


def name_fault(name: str) -> str:
    """Why a name cannot be read as it stands, in Japanese; empty when it can."""
    for character in name:
        if unicodedata.category(character) in _UNSEEN:
            return f"見えない文字 U+{ord(character):04X} があります"
        if unicodedata.category(character) == "Zs" and character not in _SPACES:
            return f"特殊な空白 U+{ord(character):04X} があります"
    if name != name.strip():
        return "前か後ろに空白があります"
    return ""


def look_alike(names: dict[str, str]) -> tuple[str, str] | None:
    """Ids of two names that are spelled differently and look the same, or None."""
    seen: dict[str, str] = {}
    for option, name in names.items():
        other = seen.setdefault(fold_width(name), option)
        if names[other] != name:
            return other, option
    return None
