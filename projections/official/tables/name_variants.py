"""The same person written differently in two tables.

Names are compared by `fold_shape`, who is left by `fold_similar`, then by registered name; who is
left after that belongs together only when exactly one is left on both sides.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aggregates.reference.name_folding import fold_shape, fold_similar
from projections.official.tables.official_tables import FolderUnusable

_PRIVATE_USE = "Co"


class NamesAmbiguous(FolderUnusable):
    """Names of two tables cannot be seen to belong together; both sides are named."""


@dataclass(frozen=True, slots=True)
class HasName:
    """One side of a match.

    Attributes:
        name: As the table writes it.
        registered: 戸籍名 where the table has it.
        party: Tells apart people of one district; empty where all are of one party anyway.
    """

    name: str
    registered: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """Two spellings taken for one person because nobody else was left."""

    where: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Matches:
    """For each on the left the index on the right, and what was matched by elimination."""

    right_of: dict[int, int]
    aliases: tuple[Alias, ...]


def readable(*spellings: str) -> str:
    """The first spelling that any font can show, else the first: no glyphs of private use."""
    return next(filter(_has_glyphs, spellings), spellings[0])


def _has_glyphs(name: str) -> bool:
    return not any(unicodedata.category(c) == _PRIVATE_USE for c in name)


def match(left: Sequence[HasName], right: Sequence[HasName], where: str) -> Matches:
    """Pair everybody on the left with somebody on the right.

    Raises:
        NamesAmbiguous: Somebody is left over on either side and it is not exactly one on both.
    """
    pairs = _Pairs(left, right)
    pairs.by(lambda each: fold_shape(each.name))
    pairs.by(lambda each: fold_similar(each.name))
    pairs.by(lambda each: fold_similar(each.name), lambda each: fold_similar(each.registered))
    pairs.by(lambda each: fold_similar(each.registered), lambda each: fold_similar(each.name))
    by_spelling = dict(pairs.right_of)
    pairs.by(lambda each: each.party)
    pairs.by_elimination()
    if pairs.left_over or pairs.right_over:
        raise NamesAmbiguous(
            f"{where}: 氏名を対応づけられません。"
            f"一方に残る「{_list_names(left, pairs.left_over)}」、"
            f"他方に残る「{_list_names(right, pairs.right_over)}」"
        )
    guessed = sorted(set(pairs.right_of) - set(by_spelling))
    aliases = (Alias(where, left[i].name, right[pairs.right_of[i]].name) for i in guessed)
    return Matches(pairs.right_of, tuple(aliases))


def _list_names(people: Sequence[HasName], indices: list[int]) -> str:
    return "、".join(people[index].name for index in indices) or "なし"


class _Pairs:
    """Pairs found so far; every step looks only at those who are left."""

    def __init__(self, left: Sequence[HasName], right: Sequence[HasName]) -> None:
        self._left = left
        self._right = right
        self.right_of: dict[int, int] = {}
        self.left_over = list(range(len(left)))
        self.right_over = list(range(len(right)))

    def by(
        self, key: Callable[[HasName], str], right_key: Callable[[HasName], str] | None = None
    ) -> None:
        """Pair those whose key only one on either side has; an empty key says nothing."""
        ours = _by_key(self._left, self.left_over, key)
        theirs = _by_key(self._right, self.right_over, right_key or key)
        for value, (index, *others) in ours.items():
            if value and not others and len(theirs.get(value, ())) == 1:
                self._pair(index, theirs[value][0])

    def by_elimination(self) -> None:
        """Pair the two who are left, unless their parties say that they are two people."""
        if len(self.left_over) == 1 and len(self.right_over) == 1:
            parties = {self._left[self.left_over[0]].party, self._right[self.right_over[0]].party}
            if len(parties - {""}) <= 1:
                self._pair(self.left_over[0], self.right_over[0])

    def _pair(self, left: int, right: int) -> None:
        self.right_of[left] = right
        self.left_over.remove(left)
        self.right_over.remove(right)


def _by_key(
    people: Sequence[HasName], indices: list[int], key: Callable[[HasName], str]
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index in indices:
        found.setdefault(key(people[index]), []).append(index)
    return found
