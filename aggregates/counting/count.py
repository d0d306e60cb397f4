"""One count: one contest in one unit, from the zero report to the confirmed final one.

Commands are in the imperative and may refuse. What they record is in
`aggregates/counting/count_events.py`. The states are drawn in docs/count-states.md.
"""

from datetime import datetime

from aggregates.base import Aggregate, CommandContext
from aggregates.counting.checks import CheckContext, Notice, notices
from aggregates.counting.count_events import (
    CountConfirmed,
    CountFacts,
    CountOpened,
    CountReturned,
    TallyCorrected,
    TallyEvent,
    TallyFinalised,
    TallyPosted,
)
from aggregates.counting.cumulative_report import (
    require_looked_at,
    require_not_older,
    require_replaces,
)
from aggregates.election.identifiers import VOTE, count_stream
from aggregates.election.tally import Tally, require_sound
from aggregates.errors import (
    BallotsExceedElectors,
    CountAlreadyConfirmed,
    CountAlreadyFinal,
    CountNotFinal,
    CountWentBackwards,
    NothingToCorrect,
)


class Count(CountFacts, Aggregate):
    """One contest in one unit."""

    first_event = CountOpened

    @classmethod
    def open(cls, contest: str, unit: str, context: CommandContext) -> "Count":
        """Begin with the zero report."""
        return cls.begin(count_stream(contest, unit), context, contest=contest, unit=unit)

    def post(
        self,
        tally: Tally,
        as_of: datetime,
        context: CommandContext,
        *,
        final: bool,
        around: CheckContext,
        remark: str = "",
        more: tuple[Notice, ...] = (),
    ) -> None:
        """Record the centre's cumulative figures so far.

        Args:
            tally: The figures.
            as_of: The moment they are of.
            context: Who posts.
            final: Whether they are final.
            around: What they are compared with.
            remark: What the sender wrote about them.
            more: Warnings beyond those of the sheet.

        Raises:
            CountAlreadyFinal: Final figures change only by a correction.
            ReportOlderThanLast: A report from before the last one arrived late.
            CountWentBackwards: The cumulative total fell.
            SheetUnbalanced: And the other refusals of a sheet that cannot be true.
        """
        require_sound(tally, final=final, rules=around.rules, unpublished=around.unpublished)
        _require_within_electors(tally, around)
        if self.is_final:
            raise CountAlreadyFinal
        require_not_older(self, as_of)
        self._require_not_fewer(tally)
        self._record_tally(
            TallyFinalised if final else TallyPosted,
            context,
            tally=tally,
            as_of=as_of,
            notices=(*notices(tally, around, reason=remark), *more),
        )

    def correct(
        self,
        tally: Tally,
        as_of: datetime,
        context: CommandContext,
        *,
        final: bool,
        around: CheckContext,
        reason: str,
        supersedes: int,
        more: tuple[Notice, ...] = (),
        any_moment: bool = False,
    ) -> None:
        """Replace what was reported last, with a reason.

        Args:
            tally: The right figures.
            as_of: The moment they are of.
            context: Who corrects.
            final: Whether they are final.
            around: What they are compared with.
            reason: Why.
            supersedes: Number of the report that is replaced.
            more: Warnings beyond those of the sheet.
            any_moment: Whether a later moment alone is a change, as an earlier one is.

        Raises:
            NothingToCorrect: No report yet.
            CountAlreadyFinal: A final tally cannot become interim again.
            SupersedesAnother: The report named is not the latest one.
            CorrectionChangesNothing: Same figures of the same moment.
        """
        require_sound(tally, final=final, rules=around.rules, unpublished=around.unpublished)
        _require_within_electors(tally, around)
        if self.is_final and not final:
            raise CountAlreadyFinal
        require_replaces(
            self, tally, as_of, final=final, supersedes=supersedes, any_moment=any_moment
        )
        self._record_tally(
            TallyCorrected,
            context,
            tally=tally,
            as_of=as_of,
            notices=(*notices(tally, around, reason=reason), *more),
            final=final,
            reason=reason,
            supersedes=supersedes,
        )

    def confirm(
        self, context: CommandContext, report: int | None = None, *, again: bool = False
    ) -> None:
        """Confirm the final tally (prefecture); `again` where it became doubtful since.

        Raises:
            ReportNotLatest: It is not the report that was looked at.
            CountAlreadyConfirmed: Nothing is left to confirm.
            CountNotFinal: No final tally yet.
        """
        require_looked_at(self, report)
        if self.state == "confirmed" and not again:
            raise CountAlreadyConfirmed
        if not self.is_final:
            raise CountNotFinal
        self.record(CountConfirmed, context, contest=self.contest, unit=self.unit)

    def return_for_correction(
        self, reason: str, context: CommandContext, report: int | None = None
    ) -> None:
        """Ask the centre to look again (prefecture).

        Raises:
            NothingToCorrect: No report yet.
            ReportNotLatest: It is not the report that was looked at.
        """
        if self.latest is None:
            raise NothingToCorrect
        require_looked_at(self, report)
        self.record(CountReturned, context, contest=self.contest, unit=self.unit, reason=reason)

    def _require_not_fewer(self, tally: Tally) -> None:
        """Ballots are compared with ballots; where a sheet has votes alone, votes with votes."""
        if self.latest is None:
            return
        before, now = self.latest.ballots, tally.ballots
        if before is None or now is None:
            before, now = _whole_votes(self.latest), _whole_votes(tally)
        if now < before:
            raise CountWentBackwards(before=before, now=now)

    def _record_tally(
        self,
        event_type: type[TallyEvent],
        context: CommandContext,
        *,
        tally: Tally,
        as_of: datetime,
        notices: tuple[Notice, ...],
        **more: object,
    ) -> None:
        self.record(
            event_type,
            context,
            contest=self.contest,
            unit=self.unit,
            as_of=as_of,
            tally=tally,
            notices=notices,
            **more,
        )


def _require_within_electors(tally: Tally, around: CheckContext) -> None:
    ballots = tally.ballots_at_least
    if around.electors is not None and ballots > around.electors:
        raise BallotsExceedElectors(ballots=ballots, electors=around.electors)


def _whole_votes(tally: Tally) -> int:
    return sum(tally.votes.values()) // VOTE
