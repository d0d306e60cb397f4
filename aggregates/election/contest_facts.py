"""What is fixed about a contest: its kind, seats, place and units; and what contradicts itself."""

from datetime import date
from typing import Annotated

import msgspec

from aggregates.election.geography import BLOCKS
from aggregates.election.identifiers import (
    ContestId,
    ContestKind,
    PrefectureCode,
    Text,
    UnitCode,
    contest_kind,
)
from aggregates.law.upper_districts import regular_seats

SEATS_MAX = 500

Seats = Annotated[int, msgspec.Meta(ge=0, le=SEATS_MAX)]
FullSeats = Annotated[int, msgspec.Meta(ge=1, le=SEATS_MAX)]

LIST_KINDS: frozenset[str] = frozenset({"house-block", "upper-list"})
_ONE_SEAT: frozenset[str] = frozenset({"house-district", "governor", "mayor"})
_ASSEMBLIES: frozenset[str] = frozenset({"prefectural-assembly", "municipal-assembly"})
_BLOCK_IDS = frozenset(block.id for block in BLOCKS)


class ContestFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is fixed once about a contest.

    Attributes:
        id: `{kind}/{slug}`, such as `house-district/13-01`.
        kind: Decides ballot, thresholds and the way to winners.
        name: 東京都第1区.
        seats: To be filled at this election; 0 in the review of justices.
        prefectures: Where it is held, in order of code.
        block: Block id of a `house-block`.
        units: Units of the register that report on it.
        full_seats: 議員定数, where it differs from the seats to be filled (by-elections, elections
            of missing seats): of the assembly or its district; for the Upper House the seats of
            the district at a regular election. Left out where it is `seats`, or follows from
            annexed table 3.
    """

    id: ContestId
    kind: ContestKind
    name: Text
    seats: Seats
    prefectures: tuple[PrefectureCode, ...]
    units: tuple[UnitCode, ...]
    block: str = ""
    full_seats: FullSeats | msgspec.UnsetType = msgspec.UNSET

    def all_seats(self, polling_day: date) -> int:
        """議員定数: the seats there are, whether or not all of them are filled now.

        As stated; else of an Upper House district what annexed table 3 has for a regular
        election; else the seats to be filled.
        """
        if self.full_seats is not msgspec.UNSET:
            return self.full_seats
        if self.kind == "upper-district":
            return regular_seats(self.prefectures, polling_day) or self.seats
        return self.seats


def definition_fault(facts: ContestFacts) -> str:
    """What contradicts itself in a definition, in Japanese; empty when nothing does."""
    seats_fit = facts.seats == 1 if facts.kind in _ONE_SEAT else facts.seats > 0
    in_order = bool(facts.prefectures) and sorted(set(facts.prefectures)) == [*facts.prefectures]
    block_fits = facts.block in _BLOCK_IDS if facts.kind == "house-block" else not facts.block
    checks = (
        (contest_kind(facts.id) == facts.kind, f"種類 {facts.kind} とコードが違います"),
        (
            bool(facts.units) and len(set(facts.units)) == len(facts.units),
            "開票区がないか、重複しています",
        ),
        (in_order, "都道府県がないか、重複しているか、コード順ではありません"),
        (facts.seats == 0 if facts.kind == "justices" else seats_fit, f"定数 {facts.seats}"),
        (_full_seats_fit(facts), f"議員定数 {facts.full_seats}"),
        (block_fits, f"ブロック「{facts.block}」"),
    )
    return next((said for holds, said in checks if not holds), "")


def _full_seats_fit(facts: ContestFacts) -> bool:
    """Whether 議員定数 can be that of the kind.

    An assembly fills at most all its seats. An Upper House district may fill more than at a
    regular election, when others are held together with it (POEA 115(1)).
    """
    if facts.full_seats is msgspec.UNSET:
        return True
    if facts.kind == "justices" or facts.kind in _ONE_SEAT:
        return facts.full_seats == facts.seats
    return facts.kind not in _ASSEMBLIES or facts.full_seats >= facts.seats
