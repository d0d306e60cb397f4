"""The sheets that stand in one contest, side by side: votes, not only ballots."""

from collections.abc import Iterable

import msgspec

from aggregates.election.tally import Tally
from projections.state.election_state import ElectionState
from projections.state.records import CountRecord
from projections.state.results import ballot_lines


class UnitVotes(msgspec.Struct, frozen=True, array_like=True):
    """The sheet that stands of one count.

    Attributes:
        unit: Unit code.
        report: Its number: what a confirmation names.
        votes: Figures of each line in thousandths; null where it has none for it.
        valid: Valid ballots; null where they are not known.
        invalid: Invalid ballots, likewise.
        voters: Voters, likewise.
    """

    unit: str
    report: int
    votes: tuple[int | None, ...]
    valid: int | None
    invalid: int | None
    voters: int | None


class ContestSheets(msgspec.Struct, frozen=True, kw_only=True):
    """The sheets that stand in one contest.

    Attributes:
        lines: Names on the ballot in its order; a justice has two lines, for × and for nothing.
        sheets: In the contest's order; units without a report are left out.
    """

    lines: list[str]
    sheets: list[UnitVotes]


def contest_sheets(state: ElectionState, contest_id: str, *, prefecture: str = "") -> ContestSheets:
    """What a control room looks at before it confirms.

    Raises:
        KeyError: There is no such contest.
    """
    contest = state.contests[contest_id]
    names = dict(ballot_lines(contest))
    units = state.register().units
    return ContestSheets(
        lines=[
            f"{name}{word}"
            for name in names.values()
            for word in _figure_words(contest.rule.ballot)
        ],
        sheets=[
            _sheet_row(count, contest.rule.ballot, names)
            for count in contest.counts.values()
            if count.tally is not None and prefecture in {"", units[count.unit].prefecture}
        ],
    )


def _figure_words(ballot: str) -> tuple[str, ...]:
    return ("　×（罷免を可とする）", "　記載なし") if ballot == "justices" else ("",)


def _figures(tally: Tally, ballot: str, option: str) -> tuple[int | None, ...]:
    votes = tally.votes.get(option)
    return (votes, (tally.no or {}).get(option)) if ballot == "justices" else (votes,)


def _sheet_row(count: CountRecord, ballot: str, options: Iterable[str]) -> UnitVotes:
    tally, latest = count.tally, count.latest
    if tally is None or latest is None:
        raise LookupError(count.unit)
    return UnitVotes(
        unit=count.unit,
        report=latest.originator_version,
        votes=tuple(figure for each in options for figure in _figures(tally, ballot, each)),
        valid=tally.valid,
        invalid=tally.invalid,
        voters=tally.voters,
    )
