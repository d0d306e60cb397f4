"""The sex of district candidates, from the votes women and men got per prefecture and party."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

from aggregates.ballot import Sex
from aggregates.ballot import Standing as Kind
from infra.official.census import Cut, Numbers, census_of
from infra.official.folder import Folder
from infra.official.places import is_total, prefecture_of
from infra.official.register import Register, Standing
from infra.official.rows import ALL_PARTIES, INDEPENDENT, OTHERS, party_key
from infra.official.subsets import subsets

_TABLE = "party_votes_by_pref_smd"
_TRIED_MAX = 20_000
"""Combinations of answers looked at per party before giving up on the rest."""

Answer = tuple[tuple[Standing, Sex], ...]


def implied_sexes(folder: Folder, register: Register) -> dict[str, Sex]:
    """Candidate -> sex, for those of whom the folder states none; nobody where sums disagree.

    Where several choices give the votes of a prefecture, the one is taken that also gives the
    numbers by party, sex and 新前元; between people whom no table tells apart, the first in order.
    """
    numbers = census_of(folder)
    sexes: dict[str, Sex] = {}
    for party, groups in _by_party(folder, register).items():
        for answer in _chosen(party, groups, numbers):
            sexes |= {standing.candidate.id: sex for standing, sex in answer}
    return sexes


def _by_party(folder: Folder, register: Register) -> dict[str, list[list[Answer]]]:
    """Party -> per prefecture the answers that give the published votes."""
    columns = {party_key(row.text("party")) for row in folder.tables[_TABLE]}
    people: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for district in register.districts:
        for standing in district.standing:
            if standing.candidate.sex is None:
                people[district.prefecture, column_of(standing, columns)].append(standing)
    found: dict[str, list[list[Answer]]] = defaultdict(list)
    for prefecture, party, women in _published(folder):
        if group := people.pop((prefecture, party), []):
            found[party].append(_answers(group, women))
    return found


def column_of(standing: Standing, columns: set[str]) -> str:
    """The column in which the table of district votes counts a candidate."""
    row = standing.row
    if not row.party:
        return INDEPENDENT
    return row.party if row.certified and row.party in columns else OTHERS


def _published(folder: Folder) -> Iterator[tuple[str, str, int]]:
    for row in folder.tables[_TABLE]:
        if "votes_female" not in row.cells or is_total(row, "prefecture"):
            continue
        if row.text("party") != ALL_PARTIES and row.text("votes_total"):
            party = party_key(row.text("party")) or INDEPENDENT
            yield prefecture_of(row, "prefecture"), party, row.votes("votes_female")


def _answers(group: list[Standing], women: int) -> list[Answer]:
    votes = [standing.row.votes for standing in group]
    return [
        tuple((each, "female" if n in chosen else "male") for n, each in enumerate(group))
        for chosen in subsets(votes, women)
    ]


def _chosen(party: str, groups: list[list[Answer]], numbers: Numbers) -> tuple[Answer, ...]:
    """The combination with the fewest contradictions to the published numbers."""
    answered = [group for group in groups if group]
    best: tuple[int, tuple[Answer, ...]] | None = None
    for tried, combination in enumerate(product(*answered)):
        wrong = _contradictions(party, combination, numbers)
        if best is None or wrong < best[0]:
            best = wrong, combination
        if wrong == 0 or tried >= _TRIED_MAX:
            break
    return best[1] if best is not None else ()


def _contradictions(party: str, answers: tuple[Answer, ...], numbers: Numbers) -> int:
    wrong = 0
    for cut, ours in _counted(party, answers).items():
        if cut in numbers:
            theirs = numbers[cut]
            wrong += (ours - theirs).total() + (theirs - ours).total()
    return wrong


def _counted(party: str, answers: tuple[Answer, ...]) -> dict[Cut, Counter[tuple[Kind, Sex]]]:
    found: dict[Cut, Counter[tuple[Kind, Sex]]] = {
        Cut("candidacy", "smd", party): Counter(),
        Cut("winners", "smd", party): Counter(),
        Cut("candidacy", "dual", party): Counter(),
    }
    for answer in answers:
        for standing, sex in answer:
            if standing.candidate.standing is None:
                continue
            key = standing.candidate.standing, sex
            found[Cut("candidacy", "smd", party)][key] += 1
            found[Cut("winners", "smd", party)][key] += standing.row.elected
            found[Cut("candidacy", "dual", party)][key] += standing.row.dual
    return found
