"""Warnings: what people should look at again. Recorded with the posting, they never block it.

Each compares the sheet with something else: with the previous report, with the turnout, with the
electors, with the last election, with itself. The cases are those of real nights: a digit slipped,
two lines swapped, absentee votes left out.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Annotated, Literal

import msgspec

from aggregates.counting.pool_division import votes_without_pools
from aggregates.election.identifiers import VOTE, OptionId
from aggregates.election.tally import Tally
from aggregates.election.units.municipality_check import UnitNoticeCode
from aggregates.election.unpublished import STATED, Unpublished
from aggregates.errors import AnswersMisplaced
from aggregates.rules import FIRST_RULES, THIRD_RULES

QuestionCode = Literal[
    "unlike-others-exchange",
    "unlike-others-shift",
    "unlike-others-zero",
    "unlike-others-digit",
    "unlike-others-turnout",
]
"""What a sender is asked before a report is sent (`projections/plausibility`, decision 0026)."""

NoticeCode = Literal[
    "taken-away-negative",
    "option-fell",
    "digit-jump",
    "voters-differ-from-turnout",
    "invalid-rate-high",
    "turnout-high",
    "voters-beyond-turnout",
    "taken-away-many",
    "turnout-unlike-last-election",
    "ballots-beyond-voters",
    "cut-many",
    "option-left-out",
    "options-exchanged",
    "turnout-jump",
    "electors-jump",
    "electors-unlike-other-contest",
    "turnout-unlike-other-contest",
    "turnout-by-sex-apart",
    "sexes-exchanged",
    "one-entry",
    QuestionCode,
    UnitNoticeCode,
]

_DIGIT = 10
"""A figure ten times the last one suggests a slipped digit."""
_JUMP_FROM_VOTES = 1000 * VOTE
_INVALID_PERCENT = 15
_TURNOUT_PERCENT = 95
_RATE_FROM_BALLOTS = 1000
_TAKEN_AWAY_FROM = 20
_TAKEN_AWAY_PER_MILLE = 1
"""Twice as many as in the most striking unit of Tokyo in 2024: a box may be left out."""
UNLIKE_LAST = 2000
"""Hundredths of a percent: the figure of last time is of the prefecture, and places differ."""


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One warning: what it is about and the two figures that do not sit well together.

    Attributes:
        code: Which comparison.
        option: The candidate, list, justice or, of registered units, the unit it concerns, if one.
        before: The figure compared with.
        now: The figure posted; like `before` a rate in hundredths of a percent where rates are
            compared, else votes in thousandths or whole ballots.
        reason: What the sender wrote about it; empty when nothing was written.
    """

    code: NoticeCode
    option: str = ""
    before: int = 0
    now: int = 0
    reason: str = ""


def has_warning(codes: Iterable[str]) -> bool:
    """Whether notices of these codes are of figures: that one person typed is said by itself."""
    return any(code != "one-entry" for code in codes)


class QuestionAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What a sender was asked of a report before it was sent, and what was answered.

    Attributes:
        code: What was asked.
        option: The first line of the sheet that it concerns; empty where it is the turnout.
        before: What the other units let expect, as in `Notice`.
        now: The figure of the report.
        answer: What the sender wrote; empty where nobody answered, which blocks nothing.
    """

    code: QuestionCode
    option: OptionId | Literal[""] = ""
    before: Annotated[int, msgspec.Meta(ge=0, le=2**40)] = 0
    now: Annotated[int, msgspec.Meta(ge=0, le=2**40)] = 0
    answer: Annotated[str, msgspec.Meta(max_length=2000)] = ""


Answers = Annotated[tuple[QuestionAnswer, ...], msgspec.Meta(max_length=8)]
"""What the sender of one report was asked."""


def answer_notices(
    answers: Sequence[QuestionAnswer], options: Container[str], *, rules: int
) -> tuple[Notice, ...]:
    """What was asked of a report, as it is recorded with it.

    Args:
        answers: What its sender states.
        options: Lines of the sheet; nothing of a turnout report.
        rules: Number of the rules under which it is decided.

    Raises:
        AnswersMisplaced: Under rules that do not know them, or about a line that is not there.
    """
    if not answers:
        return ()
    unknown = any(each.option and each.option not in options for each in answers)
    if rules < THIRD_RULES or unknown:
        raise AnswersMisplaced
    return tuple(
        Notice(
            code=each.code,
            option=each.option,
            before=each.before,
            now=each.now,
            reason=each.answer.strip(),
        )
        for each in answers
    )


class CheckContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a tally is compared with, where it is known.

    Attributes:
        last: The last report.
        electors: By the turnout.
        voters: By the final turnout.
        last_rate: Turnout here at the last election, in hundredths of a percent.
        rules: Number of the rules under which it is decided.
        unpublished: What its final sheet may leave out.
    """

    last: Tally | None = None
    electors: int | None = None
    voters: int | None = None
    last_rate: int | None = None
    rules: int = FIRST_RULES
    unpublished: Unpublished = STATED


def notices(tally: Tally, around: CheckContext, *, reason: str = "") -> tuple[Notice, ...]:
    """Every warning a tally deserves, in a fixed order."""
    return (
        *_check_taken_away(tally, reason),
        *_against_last(tally, around.last, reason),
        *against_turnout(tally, around, reason),
        *_rates(tally, around, reason),
        *_against_last_election(tally, around, reason),
    )


def _check_taken_away(tally: Tally, reason: str) -> Sequence[Notice]:
    taken_away, voters = tally.taken_away, tally.voters
    if taken_away < 0:
        return (Notice(code="taken-away-negative", now=taken_away, reason=reason),)
    if voters is None or taken_away < _TAKEN_AWAY_FROM:
        return ()
    if taken_away * 1000 <= voters * _TAKEN_AWAY_PER_MILLE:
        return ()
    return (Notice(code="taken-away-many", before=voters, now=taken_away, reason=reason),)


def _against_last(tally: Tally, last: Tally | None, reason: str) -> Iterator[Notice]:
    if last is None or last.list_totals != tally.list_totals:
        return
    for option, now in tally.votes.items():
        before = last.votes.get(option, 0)
        if now < before and _fell_without_pools(tally, last, option):
            yield Notice(code="option-fell", option=option, before=before, now=now, reason=reason)
        elif before >= _JUMP_FROM_VOTES and now >= before * _DIGIT:
            yield Notice(code="digit-jump", option=option, before=before, now=now, reason=reason)


def _fell_without_pools(tally: Tally, last: Tally, option: str) -> bool:
    """Whether an option has fewer ballots of its own; its shares of pools fall as others rise."""
    return votes_without_pools(tally, option) < votes_without_pools(last, option)


def against_turnout(tally: Tally, around: CheckContext, reason: str) -> Sequence[Notice]:
    """Warn of a sheet whose voters are not those of the final turnout."""
    turned_out, voters = around.voters, tally.voters
    if turned_out is None or voters == turned_out:
        return ()
    if voters is not None:
        code: NoticeCode = "voters-differ-from-turnout"
        return (Notice(code=code, before=turned_out, now=voters, reason=reason),)
    ballots = tally.ballots_at_least
    if ballots <= turned_out:
        return ()
    return (Notice(code="voters-beyond-turnout", before=turned_out, now=ballots, reason=reason),)


def _rates(tally: Tally, around: CheckContext, reason: str) -> Sequence[Notice]:
    ballots = tally.ballots_at_least
    if ballots < _RATE_FROM_BALLOTS:
        return ()
    high, invalid = _check_high(ballots, around, reason), tally.invalid
    if invalid is None or invalid * 100 <= ballots * _INVALID_PERCENT:
        return high
    return (Notice(code="invalid-rate-high", before=ballots, now=invalid, reason=reason), *high)


def high_turnout(tally: Tally, around: CheckContext, reason: str) -> Sequence[Notice]:
    """Warn of ballots of nearly all electors."""
    return _check_high(tally.ballots_at_least, around, reason)


def _check_high(ballots: int, around: CheckContext, reason: str) -> Sequence[Notice]:
    electors = around.electors
    if ballots < _RATE_FROM_BALLOTS or not electors:
        return ()
    if ballots * 100 <= electors * _TURNOUT_PERCENT:
        return ()
    return (Notice(code="turnout-high", before=electors, now=ballots, reason=reason),)


def _against_last_election(tally: Tally, around: CheckContext, reason: str) -> Sequence[Notice]:
    last_rate, electors, voters = around.last_rate, around.electors, tally.voters
    if last_rate is None or not electors or voters is None:
        return ()
    rate = voters * 10_000 // electors
    if abs(rate - last_rate) <= UNLIKE_LAST or tally.ballots_at_least < _RATE_FROM_BALLOTS:
        return ()
    code: NoticeCode = "turnout-unlike-last-election"
    return (Notice(code=code, before=last_rate, now=rate, reason=reason),)
