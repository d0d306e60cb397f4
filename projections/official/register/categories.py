"""What the publication counts people by: 新前元 and sex, of candidates and of who won where."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from aggregates.election.ballot import Sex
from aggregates.election.ballot import Standing as Kind
from projections.official.register.official_register import (
    OfficialRegister,
    RegisteredCandidate,
)
from projections.official.tables.census import Cut, Numbers

_CUTS = {
    "stood": ("candidacy", "smd"),
    "won": ("winners", "smd"),
    "dual": ("candidacy", "dual"),
    "listed": ("winners", "pr"),
}
"""What is counted -> where the census has it."""

_OF_CANDIDATES = frozenset({"stood", "won", "dual"})
"""Counted of candidates alone: fewer are as wrong as more. Lists elect others as well."""


class CategoryMark(NamedTuple):
    """A thing that a person is counted as.

    Attributes:
        what: A key of the cuts, or `seat` of a list.
        block: Of the list; empty where the nation is counted.
        standing: None where seats are counted by sex only.
    """

    what: str
    block: str
    standing: Kind | None
    sex: Sex


class KnownCategories(NamedTuple):
    """What is published of a party.

    Attributes:
        numbers: How many there are of everything.
        published: What is counted at all.
    """

    numbers: Counter[CategoryMark]
    published: frozenset[str]

    def contradictions(self, ours: Counter[CategoryMark]) -> int:
        """By how much our numbers cannot be what is published."""
        more, fewer = ours - self.numbers, self.numbers - ours
        both = self.published & _OF_CANDIDATES
        return sum(n for mark, n in more.items() if mark.what in self.published) + sum(
            n for mark, n in fewer.items() if mark.what in both
        )


def list_winners(register: OfficialRegister) -> dict[str, str]:
    """Candidate whom a list elected -> its block."""
    return {
        listed.dual.candidate.id: block.block.id
        for block in register.blocks
        for standing in block.lists
        for listed in standing.members
        if listed.dual is not None and listed.row.elected
    }


def candidate_marks(
    stood: RegisteredCandidate, sex: Sex, winners: Mapping[str, str]
) -> Iterator[CategoryMark]:
    """Everything that a candidate is counted as, being of this sex."""
    block = winners.get(stood.candidate.id)
    if block is not None:
        yield CategoryMark("seat", block, None, sex)
    status = stood.candidate.standing
    if status is None:
        return
    whats = (
        ("stood", True),
        ("won", stood.row.elected),
        ("dual", stood.row.dual),
        ("listed", block is not None),
    )
    yield from (CategoryMark(what, "", status, sex) for what, is_so in whats if is_so)


def party_marks(party: str, numbers: Numbers, register: OfficialRegister) -> KnownCategories:
    """What the census and the lists say of a party."""
    found: Counter[CategoryMark] = Counter()
    published: set[str] = set()
    for what, (kind, section) in _CUTS.items():
        cut = Cut(kind, section, party)
        if cut in numbers:
            published.add(what)
            for (status, sex), number in numbers[cut].items():
                found[CategoryMark(what, "", status, sex)] += number
    for block in register.blocks:
        standing = block.find_list(party)
        if standing is not None and "seats_female" in standing.row.row.cells:
            published.add("seat")
            women = standing.row.row.whole("seats_female")
            found[CategoryMark("seat", block.block.id, None, "female")] += women
            found[CategoryMark("seat", block.block.id, None, "male")] += standing.row.seats - women
    return KnownCategories(found, frozenset(published))
