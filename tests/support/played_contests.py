"""Contests that random courses play: what is defined of each, and what the oracle has to know.

A mayor elected again and a council that grows; a district, the block of its dual candidates and a
governor on whom nobody votes; districts and lists of the Upper House with seats of both terms; a
referendum, a recall, and a poll by ordinance whose boxes stay closed where too few vote.
"""

from collections.abc import Iterator, Mapping
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from tests import builders as b
from tests.support.gwt import Command

MAYOR, COUNCIL, GOVERNOR = "mayor/13101", "municipal-assembly/13101", "governor/13"
DISTRICT, BLOCK = b.DISTRICT_1, b.BLOCK
JOINT, JOINT_LISTS = "upper-district/13", b.UPPER
REFERENDUM, RECALL, ORDINANCE = (
    "national-referendum/1",
    "head-recall/13101",
    "ordinance-poll-half/1",
)


class PlayedContest(NamedTuple):
    """A contest.

    Attributes:
        id: Its id.
        people: Candidates or members, or the answers of a poll.
        seats: To be filled.
        divided_by: Seats that divide the valid votes for the minimum.
        lists: Parties with a list, and how many members each has.
        units: Where it is counted.
        facts: What else is defined.
    """

    id: str
    people: tuple[str, ...]
    seats: int = 1
    divided_by: int = 1
    lists: tuple[str, ...] = ()
    units: tuple[str, ...] = (b.CHIYODA,)
    facts: Mapping[str, Any] = MappingProxyType({})

    @property
    def kind(self) -> str:
        """The first part of its id."""
        return self.id.partition("/")[0]

    @property
    def is_poll(self) -> bool:
        """Whether it asks a question."""
        return self.seats == 0

    @property
    def long_seats(self) -> int:
        """Seats of the long term; 0 where all have one."""
        return int(self.facts.get("long_seats", 0))

    def definitions(self) -> Iterator[Command]:
        """What the managing office sends before counting."""
        yield b.contest(self.id, self.units, self.seats, **self.facts)
        if self.id == ORDINANCE:
            yield b.options(self.id, *self.people)
        elif not self.is_poll and not self.lists:
            yield b.candidates(self.id, *self.people)
        for party in self.lists:
            members = [self._member(each) for each in self.people if each.startswith(f"{party}-")]
            yield b.party_list(self.id, party, *members, party=party)

    def _member(self, member: str) -> dict[str, object]:
        party, place = member.split("-")
        if self.id != BLOCK:
            return b.member(member)
        stands = {"dual": (DISTRICT, DUAL[party])} if place == "1" else {}
        return b.member(member, int(place), **stands)


BOTH = (b.CHIYODA, b.CHUO)
LISTS = ("ao", "aka")
DUAL = {"ao": "d-1", "aka": "d-2"}
"""Where the first member of each list of the block stands as well."""

PLAYED = {
    each.id: each
    for each in (
        PlayedContest(
            MAYOR,
            ("m-1", "m-2", "m-3"),
            facts={"causes": ["re-election"], "repeats": "before/mayor/13101"},
        ),
        PlayedContest(
            COUNCIL,
            ("c-1", "c-2", "c-3", "c-4"),
            2,
            8,
            units=BOTH,
            facts={"full_seats": 8, "causes": ["by-election", "increase"]},
        ),
        PlayedContest(DISTRICT, ("d-1", "d-2"), units=BOTH),
        PlayedContest(GOVERNOR, ("g-1",)),
        PlayedContest(
            JOINT,
            ("u-1", "u-2", "u-3", "u-4", "u-5"),
            3,
            6,
            facts={"long_seats": 2, "causes": ["by-election"]},
        ),
        PlayedContest(
            JOINT_LISTS,
            ("ao-3", "ao-4", "ao-5", "aka-3", "aka-4"),
            3,
            lists=LISTS,
            facts={"long_seats": 2},
        ),
        PlayedContest(REFERENDUM, ("yes", "no"), 0, units=BOTH),
        PlayedContest(RECALL, ("yes", "no"), 0),
        PlayedContest(ORDINANCE, ("north", "south", "stay"), 0, units=BOTH),
        PlayedContest(
            BLOCK, ("ao-1", "ao-2", "aka-1", "aka-2"), 2, lists=LISTS, units=BOTH,
            facts={"block": "tokyo"},
        ),
    )
}  # fmt: skip
"""By id; the block last, since it waits for its district."""

_TOGETHER = (
    (MAYOR, GOVERNOR), (DISTRICT, BLOCK), (JOINT,), (JOINT_LISTS,), (REFERENDUM, RECALL),
    (ORDINANCE,),
)  # fmt: skip
_GROUPS = 2


def choose_contests(random: Random) -> tuple[str, ...]:
    """The contests of one course: the council, and two of the other groups."""
    chosen = {COUNCIL}.union(*random.sample(_TOGETHER, _GROUPS))
    return tuple(each for each in PLAYED if each in chosen)
