"""Characters that only one office's font has (外字), read from the same person's other spellings.

A private-use code point says nothing outside the system that assigned it. What it stands for is
taken only from the record itself: where one spelling of a person's name has it and another spelling
of the same name has a common character in its place, and every person who tells says the same.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

import msgspec

from projections.statistics.nominations import Nominee
from projections.statistics.table import Table

MISSING_GLYPH = "〓"
"""Printed for a character that no common font has and that nobody wrote readably (ゲタ)."""

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_KANA = re.compile("[ぁ-ゖァ-ヺー]*")
_KANJI = "CJK UNIFIED IDEOGRAPH"


class UnreadableGlyphs(msgspec.Struct, frozen=True):
    """A name with a character whose shape nothing in the record tells.

    Attributes:
        text: The name, with 〓 for every such character.
        code_points: What the filing office's system calls them: `U+E063`.
        reading: How the same person is named otherwise; empty where the record does not say.
    """

    text: str
    code_points: tuple[str, ...]
    reading: str


def is_private(text: str) -> bool:
    """Whether a text has a character of private use."""
    return not text.isascii() and _PRIVATE.search(text) is not None


def with_glyphs(text: str) -> str:
    """The text with a mark for every character that only one office's font has."""
    return text if text.isascii() else _PRIVATE.sub(MISSING_GLYPH, text)


class Glyphs:
    """What the private characters of one election's names stand for."""

    def __init__(self, people: Iterable[Nominee]) -> None:
        spelled = [_spellings(person) for person in people]
        self._known = str.maketrans(_infer_glyphs(spelled))
        self._readings = {
            text: self.read(reading)
            for names in spelled
            for text, reading in _readings(names)
            if is_private(self.read(text))
        }

    def read(self, text: str) -> str:
        """The text with every character that the record tells."""
        return text.translate(self._known) if is_private(text) else text

    def printed_name(self, text: str) -> str:
        """A name as it is printed: 〓 for what nothing tells, and beside it how it is read."""
        found = self.read(text)
        reading = self._readings.get(text, "")
        return f"{with_glyphs(found)}（{reading}）" if reading else with_glyphs(found)

    def notes(self, table: Table, texts: Iterable[str]) -> Iterator[str]:
        """What has to be said under a table with these texts."""
        used = {each for text in texts for each in _PRIVATE.findall(text)}
        known = {chr(code): meant for code, meant in self._known.items()}
        if found := "、".join(f"U+{ord(c):04X} {known[c]}" for c in sorted(used & known.keys())):
            yield f"届出の外字は、同じ人の他の表記から読み取れる文字で示しています（{found}）。"
        if left := self.unreadable((table,)):
            said = "、".join(f"{each.text}＝{each.reading or '読みの記録なし'}" for each in left)
            yield f"{MISSING_GLYPH}は、記録からは字形が分からない外字です：{said}"

    def unreadable(self, tables: Iterable[Table]) -> tuple[UnreadableGlyphs, ...]:
        """Names in these tables that keep a 〓, each once."""
        texts = dict.fromkeys(text for table in tables for text in private_texts(table))
        return tuple(
            UnreadableGlyphs(with_glyphs(found), _code_points(found), self._readings.get(text, ""))
            for text in texts
            for found in [self.read(text)]
            if is_private(found)
        )


def spell_out(glyphs: Glyphs, table: Table) -> Table:
    """A table with names of private characters as they are printed, and a note on them."""
    texts = tuple(dict.fromkeys(private_texts(table)))
    if not texts:
        return table
    printed = {text: glyphs.printed_name(table.readable.get(text, text)) for text in texts}
    notes = (*table.notes, *glyphs.notes(table, texts))
    return msgspec.structs.replace(table, readable=table.readable | printed, notes=notes)


def private_texts(table: Table) -> Iterator[str]:
    """Cells with characters of private use."""
    for row in table.rows:
        for cell in row:
            if isinstance(cell, str) and is_private(cell):
                yield cell


def infer_glyph(written: str, other: str) -> tuple[str, str] | None:
    """What another spelling of a name says of the only private character in this one.

    The other spelling must have one kanji in its place. What follows must be the same, or kana
    where this one has kanji: 佐〓喬 and 佐藤たかし tell, 〓沢一郎 and あいさわ一郎 do not.
    """
    found = _PRIVATE.findall(written)
    if len(found) != 1 or is_private(other):
        return None
    before, after = _PRIVATE.split(written)
    rest = other.removeprefix(before)
    if not rest or (before and rest == other) or not _is_kanji(rest[0]):
        return None
    common = sum(1 for _ in takewhile(_equal, zip(rest[1:], after, strict=False)))
    ours, theirs = after[common:], rest[1 + common :]
    spelled_out = ours and theirs and _KANA.fullmatch(theirs) and _is_kanji(ours[0])
    return (found[0], rest[0]) if ours == theirs or spelled_out else None


def _spellings(person: Nominee) -> tuple[str, ...]:
    """The name as it is shown, as it was filed, in the register; its reading last."""
    return person.name, person.filed_name, person.registered_name, person.kana


def _infer_glyphs(spelled: list[tuple[str, ...]]) -> dict[str, str]:
    said: dict[str, set[str]] = defaultdict(set)
    for *names, _ in spelled:
        for written in filter(is_private, names):
            for character, meant in filter(None, (infer_glyph(written, each) for each in names)):
                said[character].add(meant)
    return {character: meant.pop() for character, meant in said.items() if len(meant) == 1}


def _readings(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A private spelling and the first that can be read instead."""
    readable = next((each for each in names if each and not is_private(each)), "")
    for each in names:
        if readable and is_private(each):
            yield each, readable


def _equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _is_kanji(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_KANJI)


def _code_points(text: str) -> tuple[str, ...]:
    return tuple(f"U+{ord(each):04X}" for each in dict.fromkeys(_PRIVATE.findall(text)))
