"""Search by name, reading, place or party, forgiving about how names are written.

Names have several written forms (異体字: 髙 and 高, 﨑 and 崎), readings come in hiragana or
katakana, letters and digits in full or half width. All of them find each other.
"""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from aggregates.election.ballot import Justice, Option, PartyList, Person
from aggregates.election.geography import PREFECTURES
from projections.state.election_state import ElectionState

_VARIANTS = str.maketrans(
    "髙﨑𠮷濵濱渡邉邊齋齊齎德栁瀨嶋嶌槗澤廣國櫻惠邨冨舘淸眞藏",
    "高崎吉浜浜渡辺辺斎斉斎徳柳瀬島島橋沢広国桜恵村富館清真蔵",
)
_KATAKANA_FIRST, _KATAKANA_LAST = 0x30A1, 0x30F6
_TO_HIRAGANA = 0x60


def fold_name(text: str) -> str:
    """A name in the one form in which names are compared."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_VARIANTS)
    kana = (
        chr(ord(c) - _TO_HIRAGANA) if _KATAKANA_FIRST <= ord(c) <= _KATAKANA_LAST else c
        for c in plain
    )
    bare = "".join(c for c in kana if not c.isspace() and c not in "・･,、")
    # A mark whose blank was taken away joins the letter before it.
    return unicodedata.normalize("NFKC", bare)


class SearchResult(NamedTuple):
    """Something that fits: its kind, where it is shown, its name, and what it belongs to."""

    kind: str
    address: str
    name: str
    context: str


def search(state: ElectionState, query: str, most: int) -> tuple[list[SearchResult], int]:
    """What fits a query, those that begin with it first, and how many there are in all.

    Args:
        state: What the log says so far.
        query: What somebody typed.
        most: How many to return.
    """
    wanted = fold_name(query)
    if not wanted:
        return [], 0
    hits = [
        (not any(form.startswith(wanted) for form in forms), found)
        for found, forms in _everything(state)
        if any(wanted in form for form in forms)
    ]
    hits.sort(key=lambda hit: hit[0])
    return [found for _, found in hits[:most]], len(hits)


def _everything(state: ElectionState) -> Iterator[tuple[SearchResult, list[str]]]:
    yield from _places(state)
    for party in state.register().parties.values():
        found = SearchResult("party", f"/parties/{party.id}", party.name, party.short)
        yield found, [fold_name(party.name), fold_name(party.short)]
    for contest in state.contests.values():
        facts = contest.facts
        yield (
            SearchResult("contest", f"/contests/{facts.id}", facts.name, ""),
            [fold_name(facts.name)],
        )
        for option in contest.options.values():
            yield from _people(option, facts.id, facts.name)


def _places(state: ElectionState) -> Iterator[tuple[SearchResult, list[str]]]:
    for code in dict.fromkeys(unit.prefecture for unit in state.register().units.values()):
        name = PREFECTURES[code]
        yield SearchResult("prefecture", f"/prefectures/{code}", name, ""), [fold_name(name)]
    for unit in state.register().units.values():
        found = SearchResult(
            "unit", f"/districts/{unit.code}", unit.name, PREFECTURES[unit.prefecture]
        )
        yield found, [fold_name(unit.name), unit.code, *unit.municipalities]


def _people(option: Option, contest: str, name: str) -> Iterator[tuple[SearchResult, list[str]]]:
    if isinstance(option, Justice):
        found = SearchResult("justice", f"/contests/{contest}", option.name, name)
        yield found, [fold_name(option.name), fold_name(option.kana)]
    elif isinstance(option, PartyList):
        for member in option.members:
            yield _person(member, f"{name}　{option.name}")
    else:
        yield _person(option, name)


def _person(person: Person, context: str) -> tuple[SearchResult, list[str]]:
    forms = (person.name, person.kana, person.registered_name)
    found = SearchResult("person", f"/candidates/{person.id}", person.name, context)
    return found, [fold_name(form) for form in forms if form]
