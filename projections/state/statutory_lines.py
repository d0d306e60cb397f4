"""The lines of the law on the votes so far: 法定得票数 and 供託物没収点 of a contest of persons."""

from fractions import Fraction
from typing import NamedTuple

import msgspec

from aggregates.counting.contest_totals import valid_thousandths
from aggregates.counting.race import race_full_seats
from aggregates.law.rounding import cut_div
from aggregates.law.thresholds import (
    deposit_line,
    dividing_seats,
    statutory_minimum,
)
from aggregates.law.vacancies import re_election_follows
from aggregates.rules import SECOND_RULES
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import build_race


class StatutoryLines(NamedTuple):
    """Exact lines, in thousandths; `printed_line` gives what is published of one.

    Attributes:
        valid: 有効投票の総数 times 1000.
        minimum: 法定得票数 (POEA 95(1)): as many votes win; None where there is none.
        deposit: 供託物没収点 (POEA 93(1)): as many keep the deposit; None where there is none.
    """

    valid: int
    minimum: Fraction | None
    deposit: Fraction | None


def statutory_lines(state: ElectionState, contest: ContestRecord) -> StatutoryLines | None:
    """The lines of a contest; None where there are none, nobody votes, or nothing is reported."""
    facts = contest.facts
    if contest.uncontested or not contest.sums().reporting:
        return None
    rule = contest.rule.thresholds
    if rule.minimum_divisor is None and rule.deposit_divisor is None:
        return None
    valid = valid_ballots(state, contest)
    divisor = dividing_seats(contest_full_seats(state, contest), facts.seats, rule)
    return StatutoryLines(
        valid=valid,
        minimum=statutory_minimum(valid, divisor, rule),
        deposit=deposit_line(valid, divisor, rule),
    )


def contest_full_seats(state: ElectionState, contest: ContestRecord) -> int:
    """議員定数 of a contest: the seats there are, also where fewer are filled now."""
    return race_full_seats(build_race(state, contest))


def needs_re_election(state: ElectionState, contest: ContestRecord) -> bool:
    """Whether seats that nobody took by declaration call for another election by themselves."""
    missing = contest.declared.vacant if contest.declared is not None else 0
    return re_election_follows(
        contest.rule.re_election, missing, contest_full_seats(state, contest)
    )


def valid_ballots(state: ElectionState, contest: ContestRecord) -> int:
    """有効投票の総数 of a contest as the lines take it, times 1000.

    The sum of D, at least where a sheet has votes alone; under rules 1 that of the votes of who
    still stands, rounded as published.
    """
    sums = contest.sums()
    by_sheets = state.register().rules >= SECOND_RULES
    stated = sums.valid + sums.votes_alone_ballots if by_sheets else msgspec.UNSET
    standing = {o: own for o, own in sums.votes.items() if o not in contest.withdrawn}
    return valid_thousandths(stated, standing)


def printed_line(line: Fraction | None) -> int | None:
    """A line as printed: cut to whole thousandths."""
    return None if line is None else cut_div(line.numerator, line.denominator)
