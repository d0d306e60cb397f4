"""Drive a planned state: send every posting, then declare what the law says on the recorded counts.

Who won is never taken from the folder: the winners declared are those that the fold of the log
names, and the log refuses any others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from aggregates.commands import declaration_commands as d
from aggregates.commands import election_commands as c
from aggregates.counting.outcome import Outcome
from projections.election_projection import ElectionProjection
from projections.official.checks.official_comparison import CheckedFigures, compare
from projections.official.plan.recorded_results import Results, results_from
from projections.official.plan.replay_plan import Plan, Stage, plan_replay
from projections.official.replay_summary import (
    National,
    ReplaySummary,
    national_result,
    summarize_replay,
)
from projections.official.tables.results_folder import ResultsFolder
from projections.official.upper.upper_comparison import compare_upper
from projections.official.upper.upper_ledger import UpperLedger
from projections.official.upper.upper_plan import UpperPlan, plan_upper_replay
from projections.official.upper.upper_summary import upper_national_result
from projections.official.upper.upper_tables import UpperFolder
from projections.state.results import proposal

Submit = Callable[[c.Submission], None]
"""Records one submission; raises a refusal when it is not taken."""

Progress = Callable[[str, int, int], None]
"""Receives the stage, how many of its postings are done, and how many it has."""


AnyPlan = Plan | UpperPlan
"""The postings of an election of either house."""


class ReplayStopped(Exception):  # noqa: N818 - says what happened
    """The law does not name winners on the recorded counts; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A finished replay.

    Attributes:
        results: What the log made of the postings.
        checked: Comparison with the official tables.
        national: Votes and seats of the nation.
        seconds: From the first posting to the last declaration.
        submissions: Postings sent.
    """

    plan: AnyPlan
    results: Results
    checked: CheckedFigures
    national: National
    seconds: float
    submissions: int

    def summary(self) -> ReplaySummary:
        """The object that is printed as JSON."""
        election = self.plan.folder.election
        return summarize_replay(election, self.national, self.results, self.checked, self.seconds)


def plan_publication(folder: ResultsFolder | UpperFolder) -> AnyPlan:
    """The postings of a publication, of either house.

    Raises:
        FolderUnusable: The tables do not fit together; says which rows.
    """
    return plan_upper_replay(folder) if isinstance(folder, UpperFolder) else plan_replay(folder)


def _evaluate(plan: AnyPlan, results: Results) -> tuple[CheckedFigures, National]:
    """Figures compared with the official tables, and the result of the nation."""
    if isinstance(plan, UpperPlan):
        ledger = UpperLedger(plan, results)
        return compare_upper(ledger), upper_national_result(ledger)
    return compare(plan, results), national_result(plan, results)


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def replay(
    plan: AnyPlan,
    submit: Submit,
    state: Callable[[], ElectionProjection],
    progress: Progress = silent,
) -> Replayed:
    """Play an election and compare it with the official tables.

    Args:
        plan: The postings, from `plan_publication`.
        submit: Records one submission, or hands it over to be recorded in this order.
        state: The fold of the log, brought up to everything that `submit` has been given.
        progress: Called at every posting.

    Raises:
        Refusal: A submission was not taken.
        ReplayStopped: A contest cannot be declared.
    """
    started = perf_counter()
    for stage in plan.stages:
        _send(stage, submit, progress)
    _declare(plan, submit, state, progress)
    results = results_from(state())
    seconds = perf_counter() - started
    submissions = sum(len(stage.submissions) for stage in plan.stages) + len(plan.declaring)
    checked, national = _evaluate(plan, results)
    return Replayed(plan, results, checked, national, seconds, submissions)


def _send(stage: Stage, submit: Submit, progress: Progress) -> None:
    for done, submission in enumerate(stage.submissions, start=1):
        submit(submission)
        progress(stage.name, done, len(stage.submissions))


def _declare(
    plan: AnyPlan, submit: Submit, state: Callable[[], ElectionProjection], progress: Progress
) -> None:
    for done, (contest, office) in enumerate(plan.declaring, start=1):
        decided = _decide(state(), contest)
        name = f"declare-{contest.partition('/')[2]}"
        command = d.Declare(contest=contest, elected=decided.elected, long_terms=decided.long_terms)
        submit(plan.submission(office, name, command))
        progress("当選人の決定", done, len(plan.declaring))


def _decide(state: ElectionProjection, contest: str) -> Outcome:
    record = state.contests[contest]
    proposed = proposal(state, record)
    if proposed.outcome is not None:
        return proposed.outcome
    if proposed.lot_between:
        raise ReplayStopped(
            f"{record.facts.name}: くじが必要です（{'、'.join(proposed.lot_between)}）"
        )
    waiting = (*proposed.waiting_units, *proposed.waiting_contests)
    raise ReplayStopped(f"{record.facts.name}: 未確定のものがあります（{'、'.join(waiting)}）")
