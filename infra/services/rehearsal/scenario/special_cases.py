"""The rare cases that every night of the rehearsal has, and where."""

from dataclasses import dataclass

from infra.services.rehearsal.scenario.country import Country
from infra.services.rehearsal.scenario.seeded_random import chance

JUSTICES_AS_ONE = "31"
"""The prefecture that posts the review of justices as one unit."""

LISTS_AS_ONE = "39"
"""The prefecture that has not joined for the lists: its office posts them as one unit."""

_NAMESAKES_PER_DISTRICTS = 48


@dataclass(frozen=True, slots=True)
class Specials:
    """Contests with something rare, by their id; empty where there is none.

    Attributes:
        tied: The first two end exactly equal; a lot is drawn.
        uncontested: One candidate alone (無投票).
        nobody: So many equals that nobody reaches the statutory minimum (再選挙).
        bereaved: A candidate died during the campaign.
        namesakes: Two candidates share a family name, so ballots are divided (按分).
        unopened: Too few vote in a poll with a quorum; the boxes stay closed (不成立).
    """

    tied: str
    uncontested: str
    nobody: str
    bereaved: str
    namesakes: frozenset[str]
    unopened: str = ""

    def rare(self) -> frozenset[str]:
        """Districts that need no further error."""
        named = {self.tied, self.uncontested, self.nobody, self.bereaved, self.unopened}
        return frozenset(named - {""})

    def uncounted(self) -> frozenset[str]:
        """Contests of which no ballot is counted."""
        return frozenset({self.uncontested, self.unopened} - {""})


def specials(seed: int, land: Country) -> Specials:
    """Choose the districts.

    Raises:
        ValueError: The night is too small to hold all the cases.
    """
    contests = [district.contest for district in land.districts]
    wanted = 4 + max(1, len(contests) // _NAMESAKES_PER_DISTRICTS)
    if len(contests) < 2 * wanted:
        raise ValueError(f"{len(contests)} districts are too few for the rehearsal's cases")
    tied, uncontested, nobody, bereaved, *namesakes = chance(seed, "specials").sample(
        contests, wanted
    )
    return Specials(tied, uncontested, nobody, bereaved, frozenset(namesakes))
