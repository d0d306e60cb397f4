"""Search by name, reading, place or party, forgiving about how names are written.

What finds what is said in `aggregates/reference/name_folding.py`: `fold_similar`, and in
`projections/views/searching/search_forms.py`.
"""

from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from aggregates.election.ballot import BallotPerson, Justice, Option, PartyList, PollOption
from aggregates.election.geography import PLACES, PREFECTURES, prefectures_among
from projections.state.election_state import ElectionState
from projections.views.person_view import person_address
from projections.views.searching.search_forms import (
    contest_forms,
    name_forms,
    prefecture_forms,
    query_forms,
    reading_forms,
)


class SearchResult(NamedTuple):
    """Something that fits: its kind, where it is shown, its name, and what it belongs to."""

    kind: str
    address: str
    name: str
    context: str


_Entry = tuple[SearchResult, tuple[str, ...]]

_indexes: WeakKeyDictionary[ElectionState, tuple[tuple[int, int, int], list[_Entry]]] = (
    WeakKeyDictionary()
)
"""Per state: what it was made of, and everything that can be found with its forms."""


def search(state: ElectionState, query: str, most: int) -> tuple[list[SearchResult], int]:
    """What fits a query, exact fits first, then those that begin with it, and how many in all.

    Args:
        state: What the log says so far.
        query: What somebody typed.
        most: How many to return.
    """
    wanted = query_forms(query)
    if not wanted:
        return [], 0
    hits = [
        (_rank(wanted, forms), found)
        for found, forms in _index(state)
        if any(each in form for form in forms for each in wanted)
    ]
    hits.sort(key=lambda hit: hit[0])
    return [found for _, found in hits[:most]], len(hits)


def _rank(wanted: list[str], forms: tuple[str, ...]) -> int:
    if not set(wanted).isdisjoint(forms):
        return 0
    return 1 if any(form.startswith(tuple(wanted)) for form in forms) else 2


def _index(state: ElectionState) -> list[_Entry]:
    """Everything with its forms, made again when ballots or definitions have changed."""
    made_of = state.ballots_at, len(state.register().units), len(state.amendments)
    kept = _indexes.get(state)
    if kept is None or kept[0] != made_of:
        found = [(each, tuple(dict.fromkeys(forms))) for each, forms in _everything(state)]
        kept = _indexes[state] = made_of, found
    return kept[1]


def _everything(state: ElectionState) -> Iterator[tuple[SearchResult, Iterator[str]]]:
    yield from _places(state)
    for party in state.register().parties.values():
        found = SearchResult("party", f"/parties/{party.id}", party.name, party.short)
        yield found, iter([*name_forms(party.name), *name_forms(party.short)])
    for contest in state.contests.values():
        facts = contest.facts
        forms = contest_forms(facts, contest.rule)
        yield SearchResult("contest", f"/contests/{facts.id}", facts.name, ""), forms
        for option in contest.options.values():
            yield from _people(option, facts.id, facts.name)


def _places(state: ElectionState) -> Iterator[tuple[SearchResult, Iterator[str]]]:
    for code in prefectures_among(unit.prefecture for unit in state.register().units.values()):
        found = SearchResult("prefecture", f"/prefectures/{code}", PREFECTURES[code], "")
        yield found, prefecture_forms(code)
    for unit in state.register().units.values():
        found = SearchResult("unit", f"/districts/{unit.code}", unit.name, PLACES[unit.prefecture])
        yield found, iter([*name_forms(unit.name), unit.code, *unit.municipalities])


def _people(
    option: Option, contest: str, name: str
) -> Iterator[tuple[SearchResult, Iterator[str]]]:
    if isinstance(option, Justice):
        found = SearchResult("justice", f"/contests/{contest}", option.name, name)
        yield found, iter([*name_forms(option.name), *reading_forms(option.kana)])
    elif isinstance(option, PollOption):
        return  # an answer is nobody; the poll is found by its name
    elif isinstance(option, PartyList):
        for member in option.members:
            yield _person(member, contest, f"{name}　{option.name}")
    else:
        yield _person(option, contest, name)


def _person(person: BallotPerson, contest: str, context: str) -> tuple[SearchResult, Iterator[str]]:
    found = SearchResult("person", person_address(contest, person.id), person.name, context)
    names = (
        form for each in (person.name, person.registered_name) if each for form in name_forms(each)
    )
    return found, iter([*names, *reading_forms(person.kana)])
