"""A row that says something else than the record mends it, as long as that is safe."""

import msgspec
import pytest

from aggregates.commands import amendment_commands as a
from aggregates.election.ballot import Candidate, Justice, Member, Option, Party, PartyList
from infra.services.importing.definition.definition import Definition, DefinitionEntry
from infra.services.importing.definition.recorded_diff import Recorded, compare
from infra.services.importing.import_faults import CellPlace

PLACE = CellPlace("候補者", 2)
MAYOR = "mayor/13101"


def candidate(code: str, name: str) -> Candidate:
    return Candidate(id=code, name=name)


def recorded(*options: Option, is_open: bool = False) -> Recorded:
    return Recorded(options={(MAYOR, each.id): each for each in options}, is_open=is_open)


def entry(option: Option) -> DefinitionEntry[Option]:
    return DefinitionEntry(PLACE, option, contest=MAYOR)


ONE, TWO = candidate("m-1", "花塚　試"), candidate("m-2", "森島　試")
MENDED = candidate("m-1", "花塚　正")


def compared(option: Candidate, found: Recorded) -> tuple[list[object], int]:
    made = compare(Definition(candidates=[entry(option)]), found)  # type: ignore[list-item]
    return [command for _, command in made.amended], len(made.contradictions)


def test_a_mended_name_is_an_amendment_with_a_reason() -> None:
    ((command,), contradictions) = compared(MENDED, recorded(ONE, TWO))

    assert isinstance(command, a.AmendCandidate)
    assert (command.candidate, contradictions) == (MENDED, 0)
    assert "定義の訂正" in command.reason


@pytest.mark.parametrize(
    ("option", "found"),
    [
        (MENDED, recorded(ONE, TWO, is_open=True)),
        # Rows have moved: the second person stands in the first one's row now.
        (candidate("m-1", "森島　試"), recorded(ONE, TWO)),
    ],
    ids=["counting is open", "rows have moved"],
)
def test_what_is_not_safe_stays_a_contradiction(option: Candidate, found: Recorded) -> None:
    assert compared(option, found) == ([], 1)


def test_what_is_as_recorded_changes_nothing() -> None:
    assert compared(ONE, recorded(ONE, TWO)) == ([], 0)


def test_lists_are_mended_with_the_same_members_only() -> None:
    def party_list(name: str, *members: str) -> PartyList:
        people = tuple(Member(id=each, name=each) for each in members)
        return PartyList(id="ao", name=name, party="ao", members=people)

    found = recorded(party_list("青", "a", "b"))
    same = compare(Definition(lists=[entry(party_list("青い党", "a", "b"))]), found)  # type: ignore[list-item]
    other = compare(Definition(lists=[entry(party_list("青", "a", "c"))]), found)  # type: ignore[list-item]

    assert [command.name for _, command in same.amended] == ["amend-list"]
    assert (other.amended, len(other.contradictions)) == ([], 1)


def test_justices_and_parties_are_mended() -> None:
    party = Party(id="ao", name="青い党", short="青")
    found = recorded(Justice(id="j1", name="裁判　太郎"))
    found.parties = {"ao": msgspec.structs.replace(party, name="あおい党")}
    definition = Definition(
        parties=[DefinitionEntry(PLACE, party)],
        justices=[entry(Justice(id="j1", name="裁判　次郎"))],  # type: ignore[list-item]
    )

    made = compare(definition, found)

    assert [command.name for _, command in made.amended] == ["amend-party", "amend-justice"]
