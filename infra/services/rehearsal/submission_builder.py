"""From steps to submissions: who sends what, and which report a correction replaces."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from aggregates.commands import election_commands as c
from aggregates.election.tally import Tally
from aggregates.reference.japan_time import JAPAN_TIME
from aggregates.reference.office_ids import centre_office_id, prefecture_office_id
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION, ENVIRONMENT
from infra.services.rehearsal.scenario.poll import RehearsalPoll, so_far
from infra.services.rehearsal.scenario.true_tallies import interim_tally
from infra.services.rehearsal.timeline import (
    Confirmed,
    Corrected,
    CountedStep,
    Returned,
    Stated,
    Step,
    TurnoutCorrection,
    TurnoutSeen,
)


@dataclass(slots=True)
class _Stream:
    """Where a stream stands: events in it, and which of them is the latest report."""

    version: int = 1
    latest_report: int = 0

    def next_report(self) -> int:
        """One more report; returns the one that stood before it."""
        before = self.latest_report
        self.version += 1
        self.latest_report = self.version
        return before


@dataclass(slots=True)
class SubmissionBuilder:
    """Writes the submissions of one playing of the night, in order.

    Attributes:
        seed: Of the night; part of every submission id.
        polling_day: The day from whose midnight seconds are counted.
        sheets: True sheet per poll serial.
        on_behalf: Serials of polls that the prefecture posts.
    """

    seed: int
    polling_day: date
    sheets: dict[int, Tally]
    on_behalf: frozenset[int]
    _written: int = 0
    _counts: dict[int, _Stream] = field(default_factory=dict)
    _turnouts: dict[int, _Stream] = field(default_factory=dict)

    def moment(self, seconds: float) -> datetime:
        """Japanese time, so many seconds after the midnight that begins polling day."""
        day = self.polling_day
        midnight = datetime(day.year, day.month, day.day, tzinfo=JAPAN_TIME)
        return midnight + timedelta(seconds=seconds)

    def submission(
        self, office: str, command: c.Command, *, on_behalf: bool = False
    ) -> c.Submission:
        """Wrap a command; the same night gives the same submission ids again."""
        self._written += 1
        return c.Submission(
            election=ELECTION,
            environment=ENVIRONMENT,
            office=office,
            submission_id=f"rehearsal-{self.seed}-{self._written:06d}",
            command=command,
            on_behalf=on_behalf,
        )

    def build(self, poll: RehearsalPoll, step: Step) -> c.Submission:
        """The submission of one step in the course of a poll."""
        match step:
            case TurnoutSeen() | TurnoutCorrection():
                command = self._turnout(poll, step)
            case Confirmed() | Returned():
                command = self._judge(poll, step)
                return self.submission(prefecture_office_id(poll.prefecture), command)
            case _:
                command = self._tally(poll, step)
        behalf = poll.serial in self.on_behalf
        office = prefecture_office_id(poll.prefecture) if behalf else centre_office_id(poll.unit)
        return self.submission(office, command, on_behalf=behalf)

    def _judge(self, poll: RehearsalPoll, step: Confirmed | Returned) -> c.Command:
        self._counts.setdefault(poll.serial, _Stream()).version += 1
        if isinstance(step, Returned):
            return c.ReturnCount(contest=poll.contest, unit=poll.unit, reason=step.reason)
        return c.ConfirmCount(contest=poll.contest, unit=poll.unit)

    def _turnout(self, poll: RehearsalPoll, step: TurnoutSeen | TurnoutCorrection) -> c.Command:
        before = self._turnouts.setdefault(poll.serial, _Stream()).next_report()
        as_of = self.moment(step.as_of)
        if isinstance(step, TurnoutCorrection):
            return c.CorrectTurnout(
                contest=poll.contest,
                unit=poll.unit,
                as_of=as_of,
                final=True,
                figures=step.figures,
                reason=step.reason,
                supersedes=before,
            )
        return c.ReportTurnout(
            contest=poll.contest,
            unit=poll.unit,
            as_of=as_of,
            final=step.figures is not None,
            figures=step.figures or so_far(poll.figures, step.per_mille),
        )

    def _tally(self, poll: RehearsalPoll, step: CountedStep | Stated | Corrected) -> c.Command:
        before = self._counts.setdefault(poll.serial, _Stream()).next_report()
        as_of = self.moment(step.as_of)
        if isinstance(step, Corrected):
            return c.CorrectTally(
                contest=poll.contest,
                unit=poll.unit,
                as_of=as_of,
                final=step.final,
                tally=step.tally,
                reason=step.reason,
                supersedes=before,
            )
        if isinstance(step, Stated):
            tally, final, remark = step.tally, step.final, step.remark
        else:
            tally = interim_tally(self.sheets[poll.serial], poll.serial, step.per_mille)
            final, remark = False, ""
        return c.PostTally(
            contest=poll.contest,
            unit=poll.unit,
            as_of=as_of,
            final=final,
            tally=tally,
            remark=remark,
        )
