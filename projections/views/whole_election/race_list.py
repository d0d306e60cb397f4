"""All races side by side: who won, by how much, and who came back by a list (比例復活)."""

from typing import Literal, NamedTuple

from projections.documents import document_parts
from projections.documents.models import OptionRow, Progress
from projections.documents.rows.option_rows import option_rows
from projections.documents.rows.race_standing import RaceStanding, race_standing
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord

Order = Literal["", "margin", "counted"]
Change = Literal["", "gain", "hold", "new"]
"""Only contests whose seat was gained (of several seats: some changed hands), held, or is new."""


class ListContestRow(NamedTuple):
    """A contest of lists as a row: seats by list, declared or on the votes so far."""

    contest: str
    name: str
    address: str
    seats: int
    progress: Progress
    is_declared: bool
    lists: list[OptionRow]


def race_list(
    state: ElectionState,
    prefecture: str = "",
    order: Order = "",
    *,
    close: bool = False,
    change: Change = "",
) -> list[RaceStanding]:
    """Every contest of candidates, or those of a prefecture, or the close ones.

    Args:
        state: What the log says so far.
        prefecture: Only those held there; empty for all.
        order: As defined; by margin, the closest first; or by how much is counted.
        close: Only those won by little.
        change: Only those of which this is said beside the last election.
    """
    found = [
        race_standing(state, contest)
        for contest in state.contests.values()
        if contest.facts.seats
        and not contest.is_list
        and (not prefecture or prefecture in contest.prefectures)
    ]
    if close:
        found = [row for row in found if row.is_close]
    if change:
        found = [row for row in found if _seat_change(row) == change]
    if order == "margin":
        found.sort(key=lambda row: (row.margin_percent is None, row.margin_percent or 0.0))
    elif order == "counted":
        found.sort(key=lambda row: -(row.progress.counted_percent or 0.0))
    return found


def _seat_change(row: RaceStanding) -> Change:
    if row.hold_gain is not None:
        return row.hold_gain
    if not row.changes:
        return ""
    return "gain" if any(each.change for each in row.changes) else "hold"


def list_contests(state: ElectionState) -> list[ListContestRow]:
    """Every contest of lists with its seats."""
    return [
        ListContestRow(
            contest=contest.facts.id,
            name=contest.facts.name,
            address=list_address(contest),
            seats=contest.facts.seats,
            progress=document_parts.progress(contest.sums()),
            is_declared=contest.declared is not None,
            lists=option_rows(state, contest, contest.sums()),
        )
        for contest in state.contests.values()
        if contest.is_list
    ]


def list_address(contest: ContestRecord) -> str:
    """Where a contest of lists is shown: the page of its block, else its own."""
    facts = contest.facts
    return f"/blocks/{facts.block}" if facts.block else f"/contests/{facts.id}"
