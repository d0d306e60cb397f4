"""How a contest of candidates stands: who won, by how much, who came back by a list (比例復活)."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from aggregates.counting.outcome import Outcome
from aggregates.election.ballot import PartyList
from projections.documents import document_parts
from projections.documents.models import OptionRow, Progress, percent, thousandths
from projections.documents.rows.last_time_rows import (
    HoldGain,
    SeatChange,
    hold_gain,
    seat_changes,
)
from projections.documents.rows.option_rows import option_rows
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import outcome_so_far

CLOSE_PERCENT: Final = 5.0
"""接戦: the last of the elected is ahead by fewer percent of the votes than this."""


class RaceStanding(NamedTuple):
    """A contest of candidates as a row; nobody leads while a figure is missing.

    Attributes:
        contest: Id.
        name: Name.
        seats: To be filled.
        prefectures: Codes of the prefectures of its units.
        progress: From the register.
        is_declared: The election council decided.
        uncontested: 無投票.
        elected: Declared; before that whom the law names on final figures.
        runner_up: 次点: most votes of the others; None where there is none, where several have as
            many, or a lot is drawn.
        margin: Votes between the last of the elected and the most of the others, in thousandths.
        margin_percent: The same in percent of the votes.
        revived: Losers here who are elected by a list, by declaration.
        hold_gain: Whether the party of last time has the one seat, once declared; None where that
            is not recorded.
        changes: Seats by party before and now, once declared.
    """

    contest: str
    name: str
    seats: int
    prefectures: tuple[str, ...]
    progress: Progress
    is_declared: bool
    uncontested: bool
    elected: list[OptionRow]
    runner_up: OptionRow | None
    margin: int | None
    margin_percent: float | None
    revived: list[OptionRow]
    hold_gain: HoldGain | None
    changes: tuple[SeatChange, ...]

    @property
    def is_close(self) -> bool:
        """Whether it was won by little."""
        return self.margin_percent is not None and self.margin_percent < CLOSE_PERCENT


def race_standing(state: ElectionState, contest: ContestRecord) -> RaceStanding:
    """A contest of candidates on the votes so far, and as it was declared."""
    rows = option_rows(state, contest, contest.sums())
    decided = outcome_so_far(state, contest)
    elected, others = _divide(rows, decided)
    last = min(elected, key=lambda row: thousandths(row.votes), default=None)
    margin = _margin(last, max(others, key=lambda row: thousandths(row.votes), default=None))
    whole = sum(thousandths(row.votes) for row in rows if not row.withdrawn)
    return RaceStanding(
        contest=contest.facts.id,
        name=contest.facts.name,
        seats=contest.facts.seats,
        prefectures=contest.prefectures,
        progress=document_parts.progress(contest.sums()),
        is_declared=contest.declared is not None,
        uncontested=contest.uncontested,
        elected=elected,
        runner_up=find_runner_up(others) if margin is not None else None,
        margin=margin,
        margin_percent=percent(margin, whole) if margin is not None else None,
        revived=_elected_by_list(contest, others),
        hold_gain=hold_gain(state, contest),
        changes=seat_changes(state, contest),
    )


def _divide(
    rows: Iterable[OptionRow], decided: Outcome | None
) -> tuple[list[OptionRow], list[OptionRow]]:
    """(elected, the others who stand); nobody while nothing is decided."""
    if decided is None:
        return [], []
    standing = [row for row in rows if not row.withdrawn]
    elected = [row for row in standing if row.id in decided.elected]
    # In the order in which they won, which a lot may have made.
    elected.sort(key=lambda row: decided.elected.index(row.id))
    return elected, [row for row in standing if row.id not in decided.elected]


def find_runner_up(others: Iterable[OptionRow]) -> OptionRow | None:
    """次点: who alone has the most votes of those not elected; between equals nobody chooses."""
    losers = list(others)
    most = max((thousandths(row.votes) for row in losers), default=0)
    first = [row for row in losers if thousandths(row.votes) == most]
    return first[0] if len(first) == 1 else None


def _margin(last: OptionRow | None, next_to: OptionRow | None) -> int | None:
    if last is None or next_to is None or last.votes is None or next_to.votes is None:
        return None
    return last.votes.thousandths - next_to.votes.thousandths


def _elected_by_list(contest: ContestRecord, others: Iterable[OptionRow]) -> list[OptionRow]:
    """Losers who are elected by the list on which they stand as well (POEA 95-2)."""
    back = list_successes(contest)
    return [row for row in others if back.get(row.id)]


def list_successes(contest: ContestRecord) -> dict[str, bool | None]:
    """Candidate who stands on a list as well -> whether the list elects them; None before that."""
    return {
        member.dual.candidate: member.id in block.declared.elected
        if block.declared is not None
        else None
        for block in contest.dependents.values()
        for option in block.options.values()
        if isinstance(option, PartyList)
        for member in option.members
        if member.dual is not None and member.dual.contest == contest.facts.id
    }
