"""What is fixed about a contest: its kind, seats, place and units; and what contradicts itself."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

import msgspec

from aggregates.election.identifiers import (
    ContestId,
    ContestKind,
    PlaceCode,
    Text,
    UnitCode,
    contest_kind,
)
from aggregates.rule_package.kind_rule import KindRule

SEATS_MAX = 500

Seats = Annotated[int, msgspec.Meta(ge=0, le=SEATS_MAX)]
RegisteredElectors = Annotated[int, msgspec.Meta(ge=1, le=2**40)]
FullSeats = Annotated[int, msgspec.Meta(ge=1, le=SEATS_MAX)]

ContestCause = Literal["by-election", "re-election", "increase", "partial-re-run"]
"""補欠選挙 (POEA 113), 再選挙 (109, 110), 増員選挙 (113(2)), 選挙の一部無効による再選挙 (205)."""

CAUSES: Mapping[ContestCause, str] = MappingProxyType(
    {
        "by-election": "補欠選挙",
        "re-election": "再選挙",
        "increase": "増員選挙",
        "partial-re-run": "一部無効による再選挙",
    }
)
"""What each cause is called."""

Causes = Annotated[tuple[ContestCause, ...], msgspec.Meta(min_length=1, max_length=len(CAUSES))]


class ContestFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is fixed once about a contest.

    Attributes:
        id: `{kind}/{slug}`, such as `house-district/13-01`.
        kind: Decides ballot, thresholds and the way to winners.
        name: 東京都第1区.
        seats: To be filled at this election; 0 where nobody is elected.
        prefectures: Where it is held, in order of code; `00` alone in a replay of a contest of
            which only figures of the whole nation were published.
        block: Block id, where lists are elected in blocks.
        units: Units of the register that report on it.
        full_seats: 議員定数, where it differs from the seats to be filled (by-elections, elections
            of missing seats): of the assembly or its district; for the Upper House the seats of
            the district at a regular election. Left out where it is `seats`, or follows from
            annexed table 3.
        registered_electors: Electors on the rolls of the day that the law names, where it takes a
            share of them: of the last registration before the review of justices, with the roll of
            overseas electors of the notice day (judicial review act 32).
        long_seats: How many of the seats have the long term, where an Upper House election fills
            seats of both halves together (POEA 115); left out where all have one term.
        causes: Why it is held, where it is no election of a whole body; several where they are held
            as one (115(1)).
        repeats: The earlier election that a re-election repeats: `house50/house-district/13-01`.
        polling_day: Where it is not the election's: a poll of a head that moved since all but one
            candidate were gone (POEA 86-4(7)), one that could not be held on the day (57).
    """

    id: ContestId
    kind: ContestKind
    name: Text
    seats: Seats
    prefectures: tuple[PlaceCode, ...]
    units: tuple[UnitCode, ...]
    block: str = ""
    full_seats: FullSeats | msgspec.UnsetType = msgspec.UNSET
    registered_electors: RegisteredElectors | msgspec.UnsetType = msgspec.UNSET
    long_seats: FullSeats | msgspec.UnsetType = msgspec.UNSET
    causes: Causes | msgspec.UnsetType = msgspec.UNSET
    repeats: Text | msgspec.UnsetType = msgspec.UNSET
    polling_day: date | msgspec.UnsetType = msgspec.UNSET

    def held_on(self, election_day: date) -> date:
        """The polling day of the contest: its own, else that of its election."""
        return election_day if self.polling_day is msgspec.UNSET else self.polling_day

    def all_seats(self, rule: KindRule) -> int:
        """議員定数: the seats there are, whether or not all of them are filled now.

        As stated; else of an Upper House district what annexed table 3 has for a regular
        election; else the seats to be filled.
        """
        if self.full_seats is not msgspec.UNSET:
            return self.full_seats
        return rule.district_seats(self.prefectures) or self.seats


def definition_fault(facts: ContestFacts, rule: KindRule) -> str:
    """What contradicts itself in a definition, in Japanese; empty when nothing does."""
    in_order = bool(facts.prefectures) and sorted(set(facts.prefectures)) == [*facts.prefectures]
    block_fits = rule.find_block(facts.block) is not None if rule.blocks else not facts.block
    checks = (
        (contest_kind(facts.id) == facts.kind, f"種類 {facts.kind} とコードが違います"),
        (
            bool(facts.units) and len(set(facts.units)) == len(facts.units),
            "開票区がないか、重複しています",
        ),
        (in_order, "都道府県がないか、重複しているか、コード順ではありません"),
        (_seats_fit(facts, rule), f"定数 {facts.seats}"),
        (_full_seats_fit(facts, rule), f"議員定数 {facts.full_seats}"),
        (_long_seats_fit(facts, rule), f"任期の長い議員の数 {facts.long_seats}"),
        (_causes_fit(facts, rule), f"選挙の事由 {facts.causes}"),
        (_repeats_fit(facts), "繰り返す選挙は、再選挙にだけあります"),
        (block_fits, f"ブロック「{facts.block}」"),
    )
    return next((said for holds, said in checks if not holds), "")


def _seats_fit(facts: ContestFacts, rule: KindRule) -> bool:
    match rule.seats:
        case "one":
            return facts.seats == 1
        case "none":
            return facts.seats == 0
        case "any":
            return facts.seats > 0


def _full_seats_fit(facts: ContestFacts, rule: KindRule) -> bool:
    """Whether 議員定数 can be that of the kind.

    An assembly fills at most all its seats. An Upper House district may fill more than at a
    regular election, when others are held together with it (POEA 115(1)).
    """
    if facts.full_seats is msgspec.UNSET or rule.full_seats == "free":
        return True
    if rule.full_seats == "as-seats":
        return facts.full_seats == facts.seats
    return facts.full_seats >= facts.seats


def _long_seats_fit(facts: ContestFacts, rule: KindRule) -> bool:
    """Whether both terms have a seat, in a kind whose elections are joined (POEA 115(1))."""
    if facts.long_seats is msgspec.UNSET:
        return True
    return rule.joins_terms and facts.long_seats < facts.seats


def _causes_fit(facts: ContestFacts, rule: KindRule) -> bool:
    """Whether it can be held for these reasons: only assemblies grow, only seats are vacated."""
    if facts.causes is msgspec.UNSET:
        return True
    in_order = [cause for cause in CAUSES if cause in facts.causes]
    if [*facts.causes] != in_order:
        return False
    if "increase" in facts.causes and rule.divided_by != "full-seats":
        return False
    return rule.seats != "none" or "by-election" not in facts.causes


def _repeats_fit(facts: ContestFacts) -> bool:
    causes = () if facts.causes is msgspec.UNSET else facts.causes
    return facts.repeats is msgspec.UNSET or not {"re-election", "partial-re-run"}.isdisjoint(
        causes
    )
