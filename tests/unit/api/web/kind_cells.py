"""The matrix of contests: every kind, and every way in which part of a body is elected.

What each cell must come to is written out here, computed by hand from the votes, never asked of
the program: 101 valid ballots in each unit, of which 60, 40 and 1 are for the candidates.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tests import builders as b
from tests.builders.succession import depart, succeed
from tests.support.amended_package import AMENDED
from tests.support.gwt import Command
from tests.support.rule_package import election_with

NAMES = ("p1", "p2", "p3")
VOTES = {"p1": 60, "p2": 40, "p3": 1}
JOINT = ("31201", "32201")
WARDS = ("14101", "14102")
"""Of a designated city, each of which elects some of its council."""
AGAIN = "house49/mayor/1"
FIGURES = b.figures((200, 200), (60, 41))


class Cell(NamedTuple):
    """A contest and what becomes of it.

    Attributes:
        contest: Its id.
        seats: To be filled; none of a poll or a review.
        units: Where it is counted.
        minimum: 法定得票数 as printed; empty where there is none.
        line: 供託物没収点 as printed.
        named: Who is elected, dismissed or adopted.
        says: What the page says of the decision besides.
        facts: What else is defined.
        stands: Candidates.
        vacant: Seats that nobody takes.
    """

    contest: str
    seats: int
    minimum: str = ""
    line: str = ""
    named: tuple[str, ...] = ("p1",)
    says: str = "当選人決定"
    units: tuple[str, ...] = (b.CHIYODA,)
    facts: Mapping[str, object] = MappingProxyType({})
    stands: tuple[str, ...] = NAMES
    vacant: int = 0

    @property
    def kind(self) -> str:
        """The first part of its id."""
        return self.contest.partition("/")[0]


_BY, _UP = {"causes": ["by-election"]}, ("p1", "p2")
OF_PERSONS = (
    # A tenth of the votes instead of a sixth: the package of this log says so.
    Cell("house-district/1", 1, "10.100", "10.100"),
    Cell("house-district/by", 1, "10.100", "10.100", says="補欠選挙", facts=_BY),
    # Tokyo elects six at a regular election: 101 / 6 / 6 and 101 / 6 / 8.
    Cell("upper-district/1", 2, "2.805", "2.104", _UP),
    Cell("upper-district/by", 1, "2.805", "2.104", says="補欠選挙", facts=_BY),
    Cell(
        "upper-district/joint", 1, "33.666", "25.250", units=JOINT,
        facts={"prefectures": ["31", "32"]},
    ),
    Cell(
        "upper-district/terms", 2, "2.805", "2.104", _UP, "任期の長い議員 1・短い議員 1",
        facts={**_BY, "long_seats": 1},
    ),
    Cell("governor/1", 1, "25.250", "10.100"),
    Cell("mayor/1", 1, "25.250", "10.100"),
    Cell(
        "mayor/again", 1, "25.250", "10.100", says=AGAIN,
        facts={"causes": ["re-election"], "repeats": AGAIN},
    ),
    Cell("prefectural-assembly/1", 2, "12.625", "5.050", _UP),
    Cell("municipal-assembly/1", 2, "12.625", "5.050", _UP),
    # 101 / 30 / 4: never by the one seat that is to be filled.
    Cell(
        "municipal-assembly/by", 1, "0.841", "0.336", says="選挙すべき数 1（議員定数 30）",
        facts={**_BY, "full_seats": 30},
    ),
    Cell(
        "municipal-assembly/more", 2, "0.789", "0.315", _UP, "増員選挙",
        facts={"causes": ["increase"], "full_seats": 32},
    ),
    # Each ward by its own seats: 101 / 2 / 4 and 101 / 3 / 4, not by the five of the council.
    Cell(
        "municipal-assembly/14101", 2, "12.625", "5.050", _UP, "定数 2", WARDS[:1],
        {"prefectures": ["14"]}, ("p1", "p2", "p3"),
    ),
    Cell(
        "municipal-assembly/14102", 3, "8.416", "3.366", _UP, "法定得票数に達した者がほかにない",
        WARDS[1:], {"prefectures": ["14"]}, ("p1", "p2", "p3", "p4"), vacant=1,
    ),
    Cell(
        "prefectural-assembly/part", 1, "50.500", "20.200", ("p2",), "一部無効による再選挙",
        (b.CHIYODA, b.CHUO), {"causes": ["partial-re-run"], "repeats": AGAIN},
    ),
)  # fmt: skip
FOUR = {"p1": 60, "p2": 33, "p3": 8, "p4": 0}
"""Votes in the second ward: 8 are less than 8.416."""
PART, SUCCEEDED, TERMS = (
    "prefectural-assembly/part", "municipal-assembly/by", "upper-district/terms",
)  # fmt: skip

UNCONTESTED = (
    Cell("house-district/none", 1, stands=("p1",)),
    Cell("mayor/none", 1, stands=("p1",)),
    Cell("municipal-assembly/none", 3, named=NAMES),
    # Two stand for three seats: both are elected, and one seat stays empty.
    Cell("prefectural-assembly/few", 3, named=_UP, stands=_UP, vacant=1),
    # One list alone, with more members than seats (POEA 100(2)); no more members than seats (3).
    Cell("house-block/tokyo", 2, named=("ao-1", "ao-2"), facts={"block": "tokyo"}),
    Cell("upper-list/none", 2, named=("aka-1", "ao-1")),
)
"""Nobody votes on them."""

LISTS = (
    Cell("house-block/tama", 2, named=("aka-1", "ao-1"), facts={"block": "tama"}),
    Cell("upper-list/1", 2, named=("aka-2", "ao-1")),
)
_POLLS = (
    "national-referendum", "assembly-dissolution", "member-recall", "head-recall", "special-law",
    "merger-council", "special-wards",
)  # fmt: skip
OF_OPTIONS = (
    *(Cell(f"{kind}/1", 0, named=("yes",), says="賛成が過半数") for kind in _POLLS),
    Cell("citizens-poll/1", 0, named=("a",), says="a案が過半数"),
    Cell("ordinance-poll/1", 0, named=("a",), says="a案が最多"),
    Cell("ordinance-poll-half/1", 0, named=(), says="成立しませんでした"),
)
REVIEW = Cell("justices/1", 0, named=("j1",), says="罷免を可とされた裁判官があります")
CELLS = {each.contest: each for each in (*OF_PERSONS, *UNCONTESTED, *LISTS, *OF_OPTIONS, REVIEW)}


def _lists(contest: str, **members: int) -> list[Command]:
    ranked = not contest.startswith("upper")
    return [
        b.party_list(
            contest,
            party,
            *(b.member(f"{party}-{n}", n if ranked else 0) for n in range(1, size + 1)),
            party=party,
        )
        for party, size in members.items()
    ]


_WITH_CANDIDATES = (*OF_PERSONS, *(each for each in UNCONTESTED if "list" not in each.kind
                                   and "block" not in each.kind))  # fmt: skip
DEFINED: tuple[Command, ...] = (
    election_with(AMENDED),
    b.parties("ao", "aka"),
    b.unit(b.CHIYODA),
    b.unit(b.CHUO),
    *(b.unit(code, code[:2]) for code in (*JOINT, *WARDS)),
    *(b.contest(each.contest, each.units, each.seats, **each.facts) for each in CELLS.values()),
    *(b.candidates(each.contest, *each.stands) for each in _WITH_CANDIDATES),
    *_lists("house-block/tama", ao=2, aka=2),
    *_lists("house-block/tokyo", ao=3),
    *_lists("upper-list/1", ao=2, aka=2),
    *_lists("upper-list/none", ao=1, aka=1),
    b.justices("justices/1", "j1"),
    b.options("ordinance-poll/1", "a", "b"),
    b.options("ordinance-poll-half/1", "a", "b"),
)

_OPEN_LISTS = {"ao": 50, "ao-1": 10, "ao-2": 0, "aka": 20, "aka-1": 0, "aka-2": 20}
SHEETS: dict[str, dict[str, object]] = {
    **{each.contest: b.sheet(VOTES) for each in OF_PERSONS},
    "municipal-assembly/14102": b.sheet(FOUR),
    "house-block/tama": b.sheet({"ao": 61, "aka": 40}),
    "upper-list/1": b.sheet(_OPEN_LISTS),
    "justices/1": b.review_sheet({"j1": (60, 40)}, 100),
    **{f"{kind}/1": b.sheet({"yes": 60, "no": 40}) for kind in _POLLS},
    "citizens-poll/1": b.sheet({"a": 60, "b": 30, "c": 10}),
    "ordinance-poll/1": b.sheet({"a": 60, "b": 40}),
}
_COUNTED = [each for each in CELLS.values() if each not in UNCONTESTED]
RE_RUN: tuple[Command, ...] = (
    b.declare(PART, "p1"),
    {
        **b.set_aside(PART),
        "area": [b.CHUO],
        "hidden_invalid": [{"unit": b.CHIYODA, "ballots": 1}],
    },
    b.correction(b.sheet({"p1": 10, "p2": 90, "p3": 1}), PART, b.CHUO),
)
"""A judgment had one of two units vote again: the other keeps its report (POEA 205, 80(3))."""


def declare(cell: Cell) -> Command:
    """What the election council decides."""
    long = {"long_terms": [cell.named[0]]} if cell.contest == TERMS else {}
    return {**b.declare(cell.contest, *cell.named), **long}


COUNTED: tuple[Command, ...] = (
    *(b.turnout(FIGURES, each.contest, unit) for each in _COUNTED for unit in each.units),
    *(
        b.tally(SHEETS[each.contest], each.contest, unit)
        for each in _COUNTED
        if each.contest in SHEETS
        for unit in each.units
    ),
    *RE_RUN,
    *(declare(each) for each in _COUNTED),
    depart(SUCCEEDED, "p1"),
    succeed(SUCCEEDED, "p1", "p2"),
)
"""What is recorded once counting is open."""
