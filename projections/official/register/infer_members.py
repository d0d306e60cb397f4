"""Sex and 新前元 of members who stand on a list only, from the numbers per party and block.

Published are: candidates by party, sex and 新前元, with the dual ones apart; winners likewise; and
winners by block and sex. Who of a list is which is nowhere stated: members are taken in the order
of the lists, first the winners so that their numbers hold, then the others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from aggregates.election.ballot import Sex, Standing
from projections.official.register.official_register import (
    ListedMember,
    ListStanding,
    OfficialRegister,
)
from projections.official.tables.census import SEXES, Cut, read_census
from projections.official.tables.results_folder import ResultsFolder

Kinds = Counter[tuple[Standing, Sex]]


class Trait(NamedTuple):
    """What is inferred of one member."""

    sex: Sex
    standing: Standing

    @property
    def kind(self) -> tuple[Standing, Sex]:
        """As numbers are kept."""
        return self.standing, self.sex


class Dual(NamedTuple):
    """A member who stands in a district as well, with what the district says of them."""

    id: str
    trait: Trait
    won: bool


def member_traits(
    folder: ResultsFolder, register: OfficialRegister, sexes: Mapping[str, Sex]
) -> dict[str, Trait]:
    """Member -> inferred sex and 新前元; nobody of a party whose numbers do not fit together."""
    numbers = read_census(folder)
    lists: dict[str, list[ListStanding]] = defaultdict(list)
    for block in register.blocks:
        for standing in block.lists:
            lists[standing.row.party].append(standing)
    found: dict[str, Trait] = {}
    for party, group in lists.items():
        everybody = numbers.get(Cut("candidacy", "pr", party))
        if everybody is not None:
            dual = numbers.get(Cut("candidacy", "dual", party), Counter())
            won = numbers.get(Cut("winners", "pr", party), Counter())
            otherwise = reclassify_members(_dual_members(group, sexes), dual, won)
            found |= otherwise
            found |= _of_party(
                group, everybody - dual, won - _dual_winners(group, sexes, otherwise), sexes
            )
    return found


def reclassify_members(members: list[Dual], dual: Kinds, won: Kinds) -> dict[str, Trait]:
    """Dual members whose list counts them under another 新前元 than their district does.

    The two nominations are two documents: in 2024 the numbers of two parties show one such member
    each. Which one of those it can be is not stated; a winner where winners are too few.
    """
    ours = Counter(each.trait.kind for each in members)
    lacking = list((dual - ours).elements())
    found: dict[str, Trait] = {}
    for standing, sex in lacking:
        surplus = ours - dual
        short = won - Counter(_kind(each, found) for each in members if each.won)
        fitting = [
            each
            for each in members
            if each.id not in found and each.trait.sex == sex and surplus[each.trait.kind]
        ]
        wanted = (standing, sex) in short
        fitting.sort(key=lambda each: each.won is not wanted)
        if fitting:
            found[fitting[0].id] = Trait(sex, standing)
            ours[fitting[0].trait.kind] -= 1
            ours[standing, sex] += 1
    return found


def _kind(each: Dual, otherwise: Mapping[str, Trait]) -> tuple[Standing, Sex]:
    return otherwise.get(each.id, each.trait).kind


def _dual_members(group: list[ListStanding], sexes: Mapping[str, Sex]) -> list[Dual]:
    return [
        Dual(listed.member.id, Trait(sex, listed.dual.candidate.standing), listed.row.elected)
        for each in group
        for listed in each.members
        for sex in (_sex(listed, sexes),)
        if listed.dual is not None and listed.dual.candidate.standing is not None and sex
    ]


def _of_party(
    group: list[ListStanding], standing: Kinds, won: Kinds, sexes: Mapping[str, Sex]
) -> dict[str, Trait]:
    alone = [listed for each in group for listed in each.members if listed.dual is None]
    losers = [listed for listed in alone if not listed.row.elected]
    rest = standing - won
    if len(alone) - len(losers) != won.total() or len(losers) != rest.total():
        return {}
    kinds = {sex: _in_order(won, sex) for sex in SEXES}
    found: dict[str, Trait] = {}
    for each in group:
        for listed, sex in _winners(each, sexes):
            if not kinds[sex]:
                return {}
            found[listed.member.id] = Trait(sex, kinds[sex].pop(0))
    others = [Trait(sex, kind) for sex in SEXES for kind in _in_order(rest, sex)]
    found |= {each.member.id: trait for each, trait in zip(losers, others, strict=True)}
    return found


def _winners(
    standing: ListStanding, sexes: Mapping[str, Sex]
) -> Iterator[tuple[ListedMember, Sex]]:
    """Winners of one list who stand on it alone: as many women as are not among the dual ones."""
    row = standing.row.row
    women = row.whole("seats_female") if "seats_female" in row.cells else 0
    for listed in standing.members:
        if listed.row.elected and listed.dual is not None:
            women -= _sex(listed, sexes) == "female"
    for listed in standing.members:
        if listed.row.elected and listed.dual is None:
            yield listed, "female" if women > 0 else "male"
            women -= 1


def _dual_winners(
    group: list[ListStanding], sexes: Mapping[str, Sex], otherwise: Mapping[str, Trait]
) -> Kinds:
    members = _dual_members(group, sexes)
    return Counter(_kind(each, otherwise) for each in members if each.won)


def _sex(listed: ListedMember, sexes: Mapping[str, Sex]) -> Sex | None:
    if listed.dual is None:
        return None
    person = listed.dual.candidate
    return person.sex or sexes.get(person.id)


def _in_order(kinds: Kinds, sex: Sex) -> list[Standing]:
    return [status for (status, own), number in sorted(kinds.items()) if own == sex
            for _ in range(number)]  # fmt: skip
