"""当選人の決定: what the election council (選挙会) decides, and the lots people drew for it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import ClassVar, Literal

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, FirstEvent
from aggregates.counting.contest_totals import ContestTotals, DistrictStanding
from aggregates.counting.outcome import Outcome
from aggregates.counting.winners.disputed import HiddenInvalid
from aggregates.election.identifiers import OptionId, Text, UnitCode, declaration_stream
from aggregates.errors import AlreadyDeclared, LotNotCalledFor, NothingToRevise
from aggregates.law.lots import Lots
from aggregates.law.succession import Stage

SettingAsideGround = Literal["objection", "review", "judgment"]
"""異議の申出 (POEA 202(1), 206(1)), 審査の申立て (202(2), 206(2)), 判決 (203, 204, 207, 208)."""


def has_long_term(
    person: OptionId,
    long_terms: Collection[OptionId],
    successors: Mapping[OptionId, OptionId],
) -> bool:
    """Whether somebody was elected to a long term, or moved up to a seat that has one (POEA 115).

    Args:
        person: A holder of a seat.
        long_terms: Who was elected to a long term.
        successors: By whose seat it was.
    """
    held: str | None = person
    while held is not None and held not in long_terms:
        held = next((gone for gone, moved in successors.items() if moved == held), None)
    return held is not None


def remaining_successors(
    successors: Mapping[OptionId, OptionId],
    elected: Iterable[OptionId],
    long_terms: Collection[OptionId] = (),
) -> dict[OptionId, OptionId]:
    """Who moved up and still sits by that, once other winners may be declared.

    Where a revision elects the successor, or no longer elects the one who is gone, the seat is
    nobody's successor's any more. A winner of a short term who moved to a long one keeps that
    (POEA 115(9)).

    Args:
        successors: By whose seat it was, in the order in which they moved up.
        elected: Whom the decision that stands now elects.
        long_terms: Whom of them to a long term.
    """
    kept: dict[OptionId, OptionId] = {}
    holders = set(elected)
    short = holders - set(long_terms) if long_terms else set()
    for departed, successor in successors.items():
        moves_within = successor in short and has_long_term(departed, long_terms, kept)
        if departed in holders and (successor not in holders or moves_within):
            kept[departed] = successor
            holders.add(successor)
            short.discard(successor)
    return kept


class Lot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A drawn lot: the equals in the order drawn, and who witnessed it.

    Attributes:
        order: The tied options or members, the preferred first.
        drawn_by: Office or role of the person who drew; no names of persons in the log.
    """

    order: tuple[OptionId, ...]
    drawn_by: Text


class DeclarationBegun(FirstEvent, frozen=True, kw_only=True):
    """The election council of this contest has met."""

    TOPIC: ClassVar[str] = "declaration.begun"
    contest: str

    @override
    def apply(self, aggregate: "Declaration") -> None:
        aggregate.contest = self.contest
        aggregate.lots = {}
        aggregate.outcome = None
        aggregate.totals = None
        aggregate.departures = {}
        aggregate.successors = {}


class LotDrawn(Event, frozen=True, kw_only=True):
    """People drew a lot between equals."""

    TOPIC: ClassVar[str] = "declaration.lot-drawn"
    contest: str
    lot: Lot

    @override
    def apply(self, aggregate: "Declaration") -> None:
        aggregate.lots = {**aggregate.lots, frozenset(self.lot.order): self.lot.order}


class OutcomeEvent(Event, frozen=True, kw_only=True):
    """An outcome was decided on these totals."""

    contest: str
    outcome: Outcome
    totals: ContestTotals

    @override
    def apply(self, aggregate: "Declaration") -> None:
        aggregate.outcome = self.outcome
        aggregate.totals = self.totals
        aggregate.successors = remaining_successors(
            aggregate.successors, self.outcome.elected, self.outcome.long_terms
        )


class OutcomeDeclared(OutcomeEvent, frozen=True, kw_only=True):
    """The winners are decided."""

    TOPIC: ClassVar[str] = "declaration.declared"


class OutcomeRevised(OutcomeEvent, frozen=True, kw_only=True):
    """The decision is replaced, with a reason."""

    TOPIC: ClassVar[str] = "declaration.revised"
    reason: str


class DeclarationSetAside(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A decision or a judgment took the declared winners back; who wins is undecided again.

    Attributes:
        contest: The contest.
        ground: By which procedure.
        decision: Which decision: authority, day, number.
        reason: What it found.
        area: Units that vote again (POEA 205); left out where there are none.
        hidden_invalid: Invalid ballots that were counted (POEA 209-2); left out likewise.
    """

    TOPIC: ClassVar[str] = "declaration.set-aside"
    contest: str
    ground: SettingAsideGround
    decision: str
    reason: str
    area: tuple[UnitCode, ...] = ()
    hidden_invalid: tuple[HiddenInvalid, ...] = ()

    @override
    def apply(self, aggregate: "Declaration") -> None:
        aggregate.outcome = None
        aggregate.totals = None
        aggregate.successors = {}


class Declaration(Aggregate):
    """The decision on one contest."""

    first_event = DeclarationBegun

    contest: str
    lots: Lots
    outcome: Outcome | None
    totals: ContestTotals | None
    departures: dict[str, tuple[Stage, date]]
    successors: dict[str, str]

    @classmethod
    def open(cls, contest: str, context: CommandContext) -> "Declaration":
        """Begin the decision on a contest."""
        return cls.begin(declaration_stream(contest), context, contest=contest)

    def draw_lot(self, lot: Lot, between: frozenset[str], context: CommandContext) -> None:
        """Record a lot that people drew.

        Args:
            lot: The order drawn.
            between: Those whom the law leaves equal now; empty when it leaves nobody equal.
            context: Who asks and when.

        Raises:
            LotNotCalledFor: The law leaves others equal, or nobody.
        """
        if frozenset(lot.order) != between or len(lot.order) != len(between):
            raise LotNotCalledFor(between=tuple(sorted(lot.order)))
        self.record(LotDrawn, context, contest=self.contest, lot=lot)

    def declare(self, outcome: Outcome, totals: ContestTotals, context: CommandContext) -> None:
        """Record what was decided."""
        if self.outcome is not None:
            raise AlreadyDeclared(contest=self.contest)
        self.record(OutcomeDeclared, context, contest=self.contest, outcome=outcome, totals=totals)

    def revise(
        self, outcome: Outcome, totals: ContestTotals, reason: str, context: CommandContext
    ) -> None:
        """Replace the decision after a correction or a ruling."""
        if self.outcome is None or (self.outcome == outcome and self.totals == totals):
            raise NothingToRevise
        self.record(
            OutcomeRevised,
            context,
            contest=self.contest,
            outcome=outcome,
            totals=totals,
            reason=reason,
        )

    def set_aside(
        self,
        ground: SettingAsideGround,
        decision: str,
        reason: str,
        context: CommandContext,
        *,
        area: tuple[UnitCode, ...] = (),
        hidden_invalid: tuple[HiddenInvalid, ...] = (),
    ) -> None:
        """Take the declared winners back; the figures and the lots stay on record.

        Raises:
            NothingToRevise: Nobody is declared.
        """
        if self.outcome is None:
            raise NothingToRevise
        self.record(
            DeclarationSetAside,
            context,
            contest=self.contest,
            ground=ground,
            decision=decision,
            reason=reason,
            area=area,
            hidden_invalid=hidden_invalid,
        )

    def lot_losers(self) -> frozenset[OptionId]:
        """Who lost the lot that decided who is elected: among heads they alone move up (POEA 97).

        A lot between some whom later figures no longer leave equal decided nothing.
        """
        votes = self.totals.votes if self.totals is not None else {}
        elected = set(self.outcome.elected) if self.outcome is not None else set()
        return frozenset(
            each
            for drawn in self.lots.values()
            if elected & set(drawn) and len({votes.get(own, 0) for own in drawn}) == 1
            for each in drawn
            if each not in elected
        )

    def holders(self) -> tuple[OptionId, ...]:
        """Who was elected or moved up, also those who are gone since."""
        elected = self.outcome.elected if self.outcome is not None else ()
        return (*elected, *self.successors.values())

    @property
    def is_uncounted(self) -> bool:
        """Whether it was decided without opening the boxes: too few voted (成立要件)."""
        missed = self.outcome is not None and self.outcome.quorum_missed
        return missed and self.totals is not None and self.totals.valid is msgspec.UNSET

    def short_terms(self) -> tuple[OptionId, ...]:
        """Winners of a short term who sit by that, in the order in which they won (POEA 115)."""
        if self.outcome is None or not self.outcome.long_terms:
            return ()
        gone = {*self.outcome.long_terms, *self.successors.values(), *self.departures}
        return tuple(each for each in self.outcome.elected if each not in gone)

    def departed_holders(self) -> frozenset[OptionId]:
        """Holders who are gone and whom nobody succeeded yet."""
        return frozenset(set(self.holders()) & set(self.departures) - set(self.successors))

    def standing(self) -> DistrictStanding | None:
        """What a block needs of this district, once it is declared."""
        if self.outcome is None or self.totals is None:
            return None
        return DistrictStanding(
            votes=self.totals.votes, elected=self.outcome.elected, valid=self.totals.valid
        )
