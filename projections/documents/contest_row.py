"""A contest in brief: its candidates or lists with their votes, how far it is, and its decision."""

import msgspec

from projections.documents import document_parts
from projections.documents.contest_document import stated_full_seats
from projections.documents.models import OptionRow, Progress
from projections.documents.rows.last_time_rows import HoldGain, hold_gain
from projections.documents.rows.option_rows import option_rows
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import is_contradicted


class ContestRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A contest on the page of its prefecture, or of an election of few contests.

    Attributes:
        id: `{kind}/{slug}`.
        name: Name.
        seats: Seats.
        progress: From the register.
        options: In order of the ballot.
        declared: Elected by declaration.
        is_declared: Whether it is decided; nobody may be elected.
        vacant: Seats that the decision gives to nobody.
        contradicted: The figures recorded since lead to another decision.
        uncontested: 無投票: nobody votes, so nobody has votes.
        full_seats: 議員定数; left out where it is `seats`.
        long_seats: Of the seats with the long term, where they have two (POEA 115).
        adopted: Of a poll: the option that is adopted.
        quorum_missed: Too few took part in a poll for anything to be decided (不成立).
    """

    id: str
    name: str
    seats: int
    progress: Progress
    options: list[OptionRow]
    declared: tuple[str, ...] = ()
    is_declared: bool = False
    vacant: int = 0
    contradicted: bool = False
    uncontested: bool = False
    full_seats: int | None = None
    long_seats: int | None = None
    adopted: tuple[str, ...] = ()
    quorum_missed: bool = False
    hold_gain: HoldGain | None = None


def contest_row(state: ElectionState, contest: ContestRecord) -> ContestRow:
    """A contest with its candidates or lists."""
    sums, long_seats = contest.sums(), contest.facts.long_seats
    return ContestRow(
        id=contest.facts.id,
        name=contest.facts.name,
        seats=contest.facts.seats,
        progress=document_parts.progress(sums),
        options=option_rows(state, contest, sums),
        declared=contest.declared.elected if contest.declared is not None else (),
        is_declared=contest.declared is not None,
        vacant=contest.declared.vacant if contest.declared is not None else 0,
        contradicted=is_contradicted(state, contest),
        uncontested=contest.uncontested,
        full_seats=stated_full_seats(state, contest),
        long_seats=None if long_seats is msgspec.UNSET else long_seats,
        adopted=contest.declared.adopted if contest.declared is not None else (),
        quorum_missed=contest.declared is not None and contest.declared.quorum_missed,
        hold_gain=hold_gain(state, contest),
    )
