"""Turnout: electors and voters of one contest in one unit, by sex."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, NoReturn

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, FirstEvent
from aggregates.counting.checks import Notice
from aggregates.counting.cumulative_report import require_not_older, require_replaces
from aggregates.election.identifiers import turnout_stream
from aggregates.errors import (
    TurnoutAlreadyFinal,
    TurnoutWentBackwards,
    VotersByMethodUnbalanced,
    VotersExceedElectors,
)

People = Annotated[int, msgspec.Meta(ge=0, le=2**40)]


class BySex(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number of people, men and women."""

    male: People
    female: People

    @property
    def total(self) -> int:
        """Men and women together."""
        return self.male + self.female


NOBODY = BySex(0, 0)


class VotersByMethod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How they voted: on the day, early (期日前), absentee (不在者)."""

    on_the_day: People
    early: People
    absentee: People


class TurnoutFigures(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """投票状況 at one moment.

    Attributes:
        electors: 当日有権者数, overseas electors included.
        voters: 投票者数, overseas voters included. Before the final report: on the day only.
        overseas_electors: Those of `electors` on the overseas roll (在外).
        overseas_voters: Those of `voters` on the overseas roll.
        by_method: The same voters by how they voted, where known.
        estimated: True when the figures were spread over units, not counted here.
    """

    electors: BySex
    voters: BySex
    overseas_electors: BySex = NOBODY
    overseas_voters: BySex = NOBODY
    by_method: VotersByMethod | None = None
    estimated: bool = False


class TurnoutEvent(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Turnout was recorded: the latest report is the whole truth.

    Attributes:
        contest: The contest.
        unit: The reporting unit.
        as_of: The moment the report states.
        figures: The cumulative figures.
        notices: Warnings recorded with it; left out where there are none.
    """

    contest: str
    unit: str
    as_of: datetime
    figures: TurnoutFigures
    notices: tuple[Notice, ...] = ()

    is_final: ClassVar[bool] = False


class TurnoutBegun(FirstEvent, frozen=True, kw_only=True):
    """The unit will report turnout of this contest."""

    TOPIC: ClassVar[str] = "turnout.begun"
    contest: str
    unit: str

    @override
    def apply(self, aggregate: "Turnout") -> None:
        aggregate.contest = self.contest
        aggregate.unit = self.unit
        aggregate.latest = None
        aggregate.latest_report = 0
        aggregate.as_of = None
        aggregate.is_final = False


def _take(aggregate: "Turnout", event: TurnoutEvent) -> None:
    aggregate.latest = event.figures
    aggregate.latest_report = event.originator_version
    aggregate.as_of = event.as_of
    aggregate.is_final = event.is_final


class TurnoutReported(TurnoutEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Turnout during the day."""

    TOPIC: ClassVar[str] = "turnout.reported"

    @override
    def apply(self, aggregate: "Turnout") -> None:
        _take(aggregate, self)


class TurnoutFinalised(TurnoutEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Final turnout."""

    TOPIC: ClassVar[str] = "turnout.finalised"
    is_final: ClassVar[bool] = True

    @override
    def apply(self, aggregate: "Turnout") -> None:
        _take(aggregate, self)


class TurnoutCorrected(TurnoutEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Reported turnout is replaced, with a reason."""

    TOPIC: ClassVar[str] = "turnout.corrected"
    final: bool
    reason: str
    supersedes: int

    @override
    def apply(self, aggregate: "Turnout") -> None:
        _take(aggregate, self)
        aggregate.is_final = self.final


class Turnout(Aggregate):
    """Turnout of one contest in one unit."""

    first_event = TurnoutBegun

    contest: str
    unit: str
    latest: TurnoutFigures | None
    latest_report: int
    as_of: datetime | None
    is_final: bool

    @classmethod
    def open(cls, contest: str, unit: str, context: CommandContext) -> "Turnout":
        """Begin the turnout of one contest in one unit."""
        return cls.begin(turnout_stream(contest, unit), context, contest=contest, unit=unit)

    def report(
        self,
        figures: TurnoutFigures,
        as_of: datetime,
        context: CommandContext,
        *,
        final: bool,
        notices: tuple[Notice, ...] = (),
    ) -> None:
        """Record turnout so far, or the final one, with the warnings it deserves.

        Raises:
            VotersExceedElectors: Per sex, and overseas.
            TurnoutAlreadyFinal: Final turnout changes only by a correction.
            TurnoutWentBackwards: Fewer voters of a sex than before.
            VotersByMethodUnbalanced: The parts do not sum to the voters.
            ReportOlderThanLast: A report from before the last one arrived late.
        """
        require_possible(figures)
        if self.is_final:
            raise TurnoutAlreadyFinal
        require_not_older(self, as_of)
        self._require_not_fewer(figures.voters)
        event_type = TurnoutFinalised if final else TurnoutReported
        self._record(event_type, figures, as_of, context, notices=notices)

    def correct(
        self,
        figures: TurnoutFigures,
        as_of: datetime,
        context: CommandContext,
        *,
        final: bool,
        reason: str,
        supersedes: int,
        notices: tuple[Notice, ...] = (),
        any_moment: bool = False,
    ) -> None:
        """Replace what was reported last, with a reason; arguments as of `Count.correct`."""
        require_possible(figures)
        if self.is_final and not final:
            raise TurnoutAlreadyFinal
        require_replaces(
            self, figures, as_of, final=final, supersedes=supersedes, any_moment=any_moment
        )
        self._record(
            TurnoutCorrected,
            figures,
            as_of,
            context,
            final=final,
            notices=notices,
            reason=reason,
            supersedes=supersedes,
        )

    def _require_not_fewer(self, voters: BySex) -> None:
        if self.latest is None:
            return
        last = self.latest.voters
        if voters.male >= last.male and voters.female >= last.female:
            return
        for sex, word in _SEXES:
            before, now = getattr(last, sex), getattr(voters, sex)
            if now < before:
                raise TurnoutWentBackwards(field=word, before=before, now=now)

    def _record(
        self,
        event_type: type[TurnoutEvent],
        figures: TurnoutFigures,
        as_of: datetime,
        context: CommandContext,
        *,
        notices: tuple[Notice, ...],
        **more: object,
    ) -> None:
        self.record(
            event_type,
            context,
            contest=self.contest,
            unit=self.unit,
            as_of=as_of,
            figures=figures,
            notices=notices,
            **more,
        )


_Field = Literal["male", "female"]
_SEXES: tuple[tuple[_Field, str], ...] = (("male", "男"), ("female", "女"))


def require_possible(figures: TurnoutFigures) -> None:
    """Refuse more voters than electors, per sex and on the overseas roll.

    Raises:
        VotersExceedElectors: Names the pair, the sex and the two figures.
        VotersByMethodUnbalanced: On the day, early and absentee do not sum to the voters.
    """
    voters, electors = figures.voters, figures.electors
    abroad, roll = figures.overseas_voters, figures.overseas_electors
    pairs = (
        (voters, electors, "全体"),
        (abroad, roll, "在外"),
        (roll, electors, "在外の有権者"),
        (abroad, voters, "在外の投票者"),
    )
    for some, of, scope in pairs:
        if some.male > of.male or some.female > of.female:
            _refuse_more(some, of, scope)
    if figures.by_method is not None:
        _require_methods_sum(figures, figures.by_method)


def _refuse_more(some: BySex, of: BySex, scope: str) -> NoReturn:
    sex, word = _SEXES[0] if some.male > of.male else _SEXES[1]
    part, whole = getattr(some, sex), getattr(of, sex)
    raise VotersExceedElectors(voters=part, electors=whole, field=f"{scope}・{word}")


def _require_methods_sum(figures: TurnoutFigures, parts: VotersByMethod) -> None:
    together = parts.on_the_day + parts.early + parts.absentee
    if together != figures.voters.total:
        raise VotersByMethodUnbalanced(sum=together, voters=figures.voters.total)


def is_early_voting_alone(figures: TurnoutFigures) -> bool:
    """Whether a report says by how they voted that nobody has voted on the day."""
    return figures.by_method is not None and figures.by_method.on_the_day == 0
