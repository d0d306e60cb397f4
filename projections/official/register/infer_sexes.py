"""The sex of district candidates, from the votes women and men got per prefecture and party."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from aggregates.election.ballot import Sex
from projections.official.register.categories import (
    CategoryMark,
    KnownCategories,
    candidate_marks,
    list_winners,
    party_marks,
)
from projections.official.register.official_register import (
    OfficialRegister,
    RegisteredCandidate,
)
from projections.official.register.subsets import subsets
from projections.official.tables.census import read_census
from projections.official.tables.official_rows import (
    ALL_PARTIES,
    INDEPENDENT,
    OTHERS,
    party_key,
)
from projections.official.tables.place_names import is_total, parse_prefecture
from projections.official.tables.results_folder import ResultsFolder

_TABLE = "party_votes_by_pref_smd"
_TRIED_MAX = 20_000
"""Combinations of answers looked at per party before giving up on the rest."""


class InferredSexes(NamedTuple):
    """Who of a group is a woman, and what numbers that makes."""

    sexes: tuple[tuple[RegisteredCandidate, Sex], ...]
    marks: Counter[CategoryMark]


def infer_sexes(folder: ResultsFolder, register: OfficialRegister) -> dict[str, Sex]:
    """Candidate -> sex, for those of whom the folder states none; nobody where sums disagree.

    Where several choices give the votes of a prefecture, the one is taken that also gives the
    numbers by party, sex and 新前元; between people whom no table tells apart, the first in order.
    """
    numbers = read_census(folder)
    sexes: dict[str, Sex] = {}
    for party, groups in _by_party(folder, register).items():
        known = party_marks(party_key(party), numbers, register)
        for answer in _choose(groups, known):
            sexes |= {standing.candidate.id: sex for standing, sex in answer.sexes}
    return sexes


def _by_party(
    folder: ResultsFolder, register: OfficialRegister
) -> dict[str, list[list[InferredSexes]]]:
    """Party -> per prefecture the answers that give the published votes."""
    columns = {party_key(row.text("party")) for row in folder.tables[_TABLE]}
    people: dict[tuple[str, str], list[RegisteredCandidate]] = defaultdict(list)
    for district in register.districts:
        for standing in district.standing:
            if standing.candidate.sex is None:
                people[district.prefecture, vote_column(standing, columns)].append(standing)
    winners = list_winners(register)
    found: dict[str, list[list[InferredSexes]]] = defaultdict(list)
    for prefecture, party, women in _read_votes(folder):
        if group := people.pop((prefecture, party), []):
            found[party].append(_answers(group, women, winners))
    return found


def vote_column(standing: RegisteredCandidate, columns: set[str]) -> str:
    """The column in which the table of district votes counts a candidate."""
    row = standing.row
    if not row.party:
        return INDEPENDENT
    return row.party if row.certified and row.party in columns else OTHERS


def _read_votes(folder: ResultsFolder) -> Iterator[tuple[str, str, int]]:
    for row in folder.tables[_TABLE]:
        if "votes_female" not in row.cells or is_total(row, "prefecture"):
            continue
        if row.text("party") != ALL_PARTIES and row.text("votes_total"):
            party = party_key(row.text("party")) or INDEPENDENT
            yield parse_prefecture(row, "prefecture"), party, row.votes("votes_female")


def _answers(
    group: list[RegisteredCandidate], women: int, winners: Mapping[str, str]
) -> list[InferredSexes]:
    """The first of all answers that make the same numbers.

    Thirty candidates of one prefecture have thousands of answers, which no table tells apart but
    by how many women there are among the new ones, the winners and so on.
    """
    votes = [standing.row.votes for standing in group]
    found: dict[frozenset[tuple[CategoryMark, int]], InferredSexes] = {}
    for chosen in subsets(votes, women):
        sexes: tuple[tuple[RegisteredCandidate, Sex], ...] = tuple(
            (each, "female" if n in chosen else "male") for n, each in enumerate(group)
        )
        marks = Counter(mark for each, sex in sexes for mark in candidate_marks(each, sex, winners))
        found.setdefault(frozenset(marks.items()), InferredSexes(sexes, marks))
    return list(found.values())


def _choose(groups: list[list[InferredSexes]], known: KnownCategories) -> tuple[InferredSexes, ...]:
    """The combination with the fewest contradictions to the published numbers."""
    certain = [group[0] for group in groups if len(group) == 1]
    ours = _sum(certain)
    best: tuple[int, tuple[InferredSexes, ...]] | None = None
    open_groups = [group for group in groups if len(group) > 1]
    for tried, combination in enumerate(product(*open_groups)):
        wrong = known.contradictions(ours + _sum(combination))
        if best is None or wrong < best[0]:
            best = wrong, combination
        if wrong == 0 or tried >= _TRIED_MAX:
            break
    return (*certain, *(best[1] if best is not None else ()))


def _sum(answers: list[InferredSexes] | tuple[InferredSexes, ...]) -> Counter[CategoryMark]:
    return sum((answer.marks for answer in answers), Counter())
