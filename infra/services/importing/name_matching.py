"""Names of another table: whom they mean, or why nobody can say.

Only what is a matter of width or spacing is overlooked: full-width and half-width forms, blanks,
kana whose mark stands apart. The form of a character is not: 髙 and 高, 﨑 and 崎, 葛 with and
without a selector may be two persons on one ballot. Where nothing else differs, the other one is
named and people decide.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Generic, NamedTuple, TypeVar

from infra.adapters.spreadsheets.table_lines import visible_text

_WIDTHS: Final = re.compile(
    "[\u0020-\u007e\u00a0\u3000\u3041-\u309c\u30a1-\u30fe\u3099\u309a\uff01-\uffee]+"
)
_SELECTORS: Final = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x180B, 0x180F))

T = TypeVar("T")


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


def plain(name: str) -> str:
    """A name without unseen characters, width and spacing; every ideograph stays as it is."""
    seen = visible_text(name)
    folded = _WIDTHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), seen)
    return "".join(character for character in folded if not character.isspace())


def shape(name: str) -> str:
    """A name without forms of characters (NFKC, no selectors): only to say who looks alike."""
    return "".join(c for c in unicodedata.normalize("NFKC", plain(name)) if not _selects(c))


def _selects(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _SELECTORS)


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
        self._shapes: dict[str, list[KnownNames[T]]] = {}
        for each in known:
            self._codes[each.code] = each
            for name in dict.fromkeys(filter(None, each.names)):
                self._exact.setdefault(name, []).append(each)
            for key, index in ((plain, self._plain), (shape, self._shapes)):
                for name in dict.fromkeys(key(name) for name in each.names if name):
                    index.setdefault(name, []).append(each)

    def find(self, written: str) -> T:
        """The thing that is meant.

        Raises:
            NotFound: Nobody has this code or name, or more than one has.
        """
        code = plain(written)
        if code in self._codes:
            return self._codes[code].value
        for found in (self._exact.get(written, []), self._plain.get(plain(written), [])):
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
        alike = self._shapes.get(shape(written), [])
        if not alike:
            return f"「{written}」という{self._what}はありません。コードか名称を確かめてください。"
        named = "、".join(f"「{each.names[0]}」（{each.code}）" for each in alike)
        return (
            f"「{written}」という{self._what}はありません。字体だけが違う{named}があります。"
            "同じものならコードか同じ字体で書いてください（対応表も使えます）。"
        )
