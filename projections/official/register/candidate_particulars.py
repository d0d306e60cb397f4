"""Particulars of everybody who stood, as far as the publication states or implies them.

Where it prints no sex per candidate, it prints how many votes women got per prefecture and party;
where it prints nothing of list members but names, it prints their numbers by sex and 新前元. What
follows from such sums is chosen so that every one of them holds, and recorded as inferred.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aggregates.election.ballot import Sex, Standing
from aggregates.election.particulars import InferredField, Particulars
from projections.official.register.infer_members import Trait, member_traits
from projections.official.register.infer_sexes import infer_sexes
from projections.official.register.official_register import (
    ListBlock,
    ListedMember,
    OfficialDistrict,
    OfficialRegister,
)
from projections.official.register.official_register import RegisteredCandidate as Stood
from projections.official.tables.results_folder import ResultsFolder


@dataclass(frozen=True, slots=True)
class Implied:
    """What sums imply: by candidate, and by member who stands on a list only."""

    sexes: Mapping[str, Sex]
    members: Mapping[str, Trait]


def contest_particulars(
    folder: ResultsFolder, register: OfficialRegister
) -> Iterator[tuple[str, list[Particulars]]]:
    """(contest, particulars) for every contest of which anything is known."""
    sexes = infer_sexes(folder, register)
    implied = Implied(sexes, member_traits(folder, register, sexes))
    for district in register.districts:
        yield district.id, _of_district(district, implied)
    for block in register.blocks:
        if found := list(_of_block(block, implied)):
            yield block.id, found


def _of_district(district: OfficialDistrict, implied: Implied) -> list[Particulars]:
    return [_of_candidate(each, implied) for each in district.standing]


def _of_candidate(stood: Stood, implied: Implied) -> Particulars:
    person, row = stood.candidate, stood.row
    sex = implied.sexes.get(person.id) if person.sex is None else None
    return Particulars(
        option=person.id,
        filed_name=row.name,
        sex=sex,
        party_label=row.row.text("party_raw"),
        nominated=row.certified,
        inferred=_fields(sex=sex),
    )


def _of_block(block: ListBlock, implied: Implied) -> Iterator[Particulars]:
    for standing in block.lists:
        for listed in standing.members:
            sex, status = _traits(listed, implied)
            yield Particulars(
                option=listed.member.id,
                filed_name=listed.row.name,
                sex=sex,
                standing=status,
                inferred=_fields(sex=sex, standing=status),
            )


def _traits(listed: ListedMember, implied: Implied) -> tuple[Sex | None, Standing | None]:
    """Inferred sex and 新前元 of a member; None for what was stated at the nomination."""
    trait = implied.members.get(listed.member.id)
    if listed.dual is not None:
        person = listed.dual.candidate
        sex = implied.sexes.get(person.id) if person.sex is None else None
        return sex, trait.standing if trait is not None else None
    return (trait.sex, trait.standing) if trait is not None else (None, None)


def _fields(**inferred: object) -> tuple[InferredField, ...]:
    known: Sequence[InferredField] = ("sex", "standing")
    return tuple(field for field in known if inferred.get(field) is not None)
