"""Names of another table: whom they mean, or why nobody can say.

Only what `fold_width` overlooks is overlooked (`aggregates/reference/name_folding.py`). The form of
a character is not: 髙 and 高, 﨑 and 崎, 葛 with and without a selector may be two persons on one
ballot. Names that look alike, or only begin alike (鎌ヶ谷 for 鎌ケ谷市), are named, people decide.
"""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from aggregates.reference.name_folding import fold_similar, fold_width

T = TypeVar("T")

_BEGINNING_MIN = 2
_SHOWN_MAX = 3


class NotFound(LookupError):  # noqa: N818 - it says what is the case
    """Nobody, or more than one, is meant; the sentence says what to write instead."""


class KnownNames(NamedTuple, Generic[T]):
    """Something that has a code and names.

    Attributes:
        code: What decides; compared as it is.
        names: What people write.
        value: The thing.
    """

    code: str
    names: tuple[str, ...]
    value: T


class Names(Generic[T]):
    """Finds things by code or name.

    Args:
        what: What they are called: 候補者.
        known: The things.
    """

    def __init__(self, what: str, known: Iterable[KnownNames[T]]) -> None:
        self._what = what
        self._codes: dict[str, KnownNames[T]] = {}
        self._exact: dict[str, list[KnownNames[T]]] = {}
        self._plain: dict[str, list[KnownNames[T]]] = {}
        self._similar: dict[str, list[KnownNames[T]]] = {}
        for each in known:
            self._codes[each.code] = each
            for name in dict.fromkeys(filter(None, each.names)):
                self._exact.setdefault(name, []).append(each)
            for key, index in ((fold_width, self._plain), (fold_similar, self._similar)):
                for name in dict.fromkeys(key(name) for name in each.names if name):
                    index.setdefault(name, []).append(each)

    def find(self, written: str) -> T:
        """The thing that is meant.

        Raises:
            NotFound: Nobody has this code or name, or more than one has.
        """
        code = fold_width(written)
        if code in self._codes:
            return self._codes[code].value
        for found in (self._exact.get(written, []), self._plain.get(fold_width(written), [])):
            if len(found) == 1:
                return found[0].value
            if found:
                codes = "、".join(each.code for each in found)
                raise NotFound(
                    f"「{written}」という{self._what}は{len(found)}あります（{codes}）。"
                    "コードで書いてください。"
                )
        raise NotFound(self._nobody(written))

    def _nobody(self, written: str) -> str:
        similar = fold_similar(written)
        if alike := self._similar.get(similar, []):
            return (
                f"「{written}」という{self._what}はありません。字体だけが違う{_list_names(alike)}が"
                "あります。同じものならコードか同じ字体で書いてください（対応表も使えます）。"
            )
        longer = [
            each
            for name, those in self._similar.items()
            if len(similar) >= _BEGINNING_MIN and name.startswith(similar)
            for each in those
        ]
        if 0 < len(longer) <= _SHOWN_MAX:
            return (
                f"「{written}」という{self._what}はありません。{_list_names(longer)}のことなら、"
                "コードか名称のとおりに書いてください（対応表も使えます）。"
            )
        return f"「{written}」という{self._what}はありません。コードか名称を確かめてください。"


def _list_names(found: list[KnownNames[T]]) -> str:
    return "、".join(f"「{each.names[0]}」（{each.code}）" for each in found)
