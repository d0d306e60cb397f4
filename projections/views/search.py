"""Search by name, reading, place or party, forgiving about how names are written.

What finds what is said in `aggregates/reference/name_folding.py`: `fold_similar`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from aggregates.election.ballot import BallotPerson, Justice, Option, PartyList, PollOption
from aggregates.election.geography import PREFECTURES
from aggregates.reference.name_folding import fold_similar
from projections.state.election_state import ElectionState
from projections.views.person_view import person_address


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
    wanted = fold_similar(query)
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
        yield found, [fold_similar(party.name), fold_similar(party.short)]
    for contest in state.contests.values():
        facts = contest.facts
        yield (
            SearchResult("contest", f"/contests/{facts.id}", facts.name, ""),
            [fold_similar(facts.name)],
        )
        for option in contest.options.values():
            yield from _people(option, facts.id, facts.name)


def _places(state: ElectionState) -> Iterator[tuple[SearchResult, list[str]]]:
    for code in dict.fromkeys(unit.prefecture for unit in state.register().units.values()):
        name = PREFECTURES[code]
        yield SearchResult("prefecture", f"/prefectures/{code}", name, ""), [fold_similar(name)]
    for unit in state.register().units.values():
        found = SearchResult(
            "unit", f"/districts/{unit.code}", unit.name, PREFECTURES[unit.prefecture]
        )
        yield found, [fold_similar(unit.name), unit.code, *unit.municipalities]


def _people(option: Option, contest: str, name: str) -> Iterator[tuple[SearchResult, list[str]]]:
    if isinstance(option, Justice):
        found = SearchResult("justice", f"/contests/{contest}", option.name, name)
        yield found, [fold_similar(option.name), fold_similar(option.kana)]
    elif isinstance(option, PollOption):
        return  # an answer is nobody; the poll is found by its name
    elif isinstance(option, PartyList):
        for member in option.members:
            yield _person(member, contest, f"{name}　{option.name}")
    else:
        yield _person(option, contest, name)


def _person(person: BallotPerson, contest: str, context: str) -> tuple[SearchResult, list[str]]:
    forms = (person.name, person.kana, person.registered_name)
    found = SearchResult("person", person_address(contest, person.id), person.name, context)
    return found, [fold_similar(form) for form in forms if form]
