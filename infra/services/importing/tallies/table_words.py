"""The words that a table of one election can have, out of what is on record.

Units are asked for only of contests that the table may be of: a nation has hundreds.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from aggregates.reference.name_folding import fold_width
from infra.services.importing.tallies.recorded_register import KnownContest, RecordedRegister
from projections.documents.nation_tables import ContestBallot
from projections.office_tables.grid import Grid
from projections.office_tables.vocabulary import ContestWords, TableVocabulary

_CONTESTS_ASKED_MAX: Final = 60
"""Contests whose units are looked up for a table that names nobody."""


def table_vocabulary(
    register: RecordedRegister, grids: Iterable[Grid], words: dict[str, str], contest: str = ""
) -> TableVocabulary:
    """Words of the contests that sheets may be of.

    Args:
        register: What is on record.
        grids: The sheets.
        words: Folded words of another system -> ours.
        contest: Code or name of the contest, or name of a kind, where somebody said it.

    Raises:
        NotFound: Nobody knows the contest.
    """
    of_kind = [
        each for each in register.ballots if contest and contest in register.kind_names(each)
    ]
    if of_kind:
        found = [register.contest(each.contest) for each in of_kind]
    elif contest:
        found = [register.contest(contest)]
    else:
        texts = {text for grid in grids for text in _texts(grid, words)}
        found = [register.contest(each.contest) for each in _fitting(register, texts)]
    parties = {fold_width(name) for each in register.parties for name in (each.name, each.short)}
    contests = tuple(_contest_words(register, each) for each in found)
    return TableVocabulary(contests, frozenset(parties), words)


def _fitting(register: RecordedRegister, texts: set[str]) -> list[ContestBallot]:
    """Contests of whose ballot half or more stands in a table; else all, when they are few."""
    found = []
    for ballot in register.ballots:
        names = _names(ballot)
        there = sum(bool(names_of & texts) for names_of in names)
        if names and 2 * there >= len(names):
            found.append(ballot)
    if not found and len(register.ballots) <= _CONTESTS_ASKED_MAX:
        return list(register.ballots)
    return found


def _names(ballot: ContestBallot) -> list[set[str]]:
    """Folded names of each option but members of lists."""
    found = [{each.id, each.name, each.registered_name} for each in ballot.candidates]
    found += [{each.id, each.name} for each in (*ballot.justices, *(ballot.options or ()))]
    found += [{each.id, each.name, each.party} for each in ballot.lists]
    return [{fold_width(name) for name in names if name} for names in found]


def _texts(grid: Grid, words: dict[str, str]) -> Iterator[str]:
    """Cells, their parts before a bracket, and two below each other as one."""
    above: tuple[str, ...] = ()
    for line in grid.lines:
        for column, cell in enumerate(line.cells):
            folded = words.get(fold_width(cell), fold_width(cell))
            yield folded
            yield folded.partition("(")[0]
            yield from map(fold_width, cell.split("\n"))
            if column < len(above):
                yield fold_width(above[column] + cell)
        above = line.cells


def _contest_words(register: RecordedRegister, known: KnownContest) -> ContestWords:
    ballot, facts = known.ballot, known.contest.facts
    options: dict[str, tuple[str, ...]] = {
        each.id: tuple(filter(None, (each.name, each.registered_name)))
        for each in ballot.candidates
    }
    options |= {each.id: (each.name,) for each in (*ballot.justices, *(ballot.options or ()))}
    options |= {each.id: (each.name, each.party) for each in ballot.lists}
    members: dict[str, tuple[str, ...]] = {}
    if known.rule.ballot == "open-lists":
        members = {
            member.id: tuple(filter(None, (member.name, member.registered_name)))
            for each in ballot.lists
            for member in each.members
        }
    moved = facts.polling_day
    return ContestWords(
        contest=ballot.contest,
        name=ballot.name,
        kind=known.rule.name,
        polling_day=register.head.polling_day if moved is msgspec.UNSET else moved,
        units=known.unit_names,
        options=options | members,
        members=frozenset(members),
        withdrawn=frozenset(ballot.withdrawn),
        are_lists=known.rule.is_list,
        is_review=known.rule.ballot == "justices",
    )
