"""The course of one poll through the night: its steps in order, with whatever goes wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.tally import Tally
from infra.services.rehearsal.scenario.injected_errors import (
    Mishap,
    absentee_left_out,
    can_be_swapped,
    overlook_bundle,
    slip_digit,
    swap_lines,
)
from infra.services.rehearsal.scenario.poll import RehearsalPoll, without_overseas
from infra.services.rehearsal.scenario.true_tallies import interim_tally, votes_alone
from infra.services.rehearsal.timetable import MINUTE, TURNOUTS, Moments

MORE_BALLOTS_REMARK = "投票用紙の二重交付があったため、投票数が投票者数を上回りました。"
_SWAPPED = "候補者二名の得票数を取り違えて入力していました。"
_OPTIONS_SWAPPED = "二つの選択肢の得票数を取り違えて入力していました。"
_ABSENTEE = "不在者投票の集計漏れがありました。"
_FOUND = "未開披の投票が確定後に見つかりました。"
_SLIPPED = "得票数の桁を誤って入力していました。"
_OVERSEAS = "在外投票の投票者数が含まれていませんでした。"
_LOOK_AGAIN = "前回の速報と候補者の順位が入れ替わっています。確認してください。"
_OPTIONS_LOOK_AGAIN = "前回の速報と選択肢の多少が入れ替わっています。確認してください。"
_DIFFERS = "投票者数と一致しません。確認してください。"


@dataclass(frozen=True, slots=True)
class TurnoutSeen:
    """Turnout is reported; `figures` None: so far, by the hour."""

    as_of: int
    per_mille: int = 0
    figures: TurnoutFigures | None = None


@dataclass(frozen=True, slots=True)
class TurnoutCorrection:
    """The final turnout is corrected."""

    as_of: int
    figures: TurnoutFigures
    reason: str


@dataclass(frozen=True, slots=True)
class CountedStep:
    """An interim report by the timetable; its figures follow from the true sheet."""

    as_of: int
    per_mille: int


@dataclass(frozen=True, slots=True)
class Stated:
    """A tally as the centre states it, right or wrong."""

    as_of: int
    tally: Tally
    final: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A tally that replaces the last one."""

    as_of: int
    tally: Tally
    final: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The prefecture confirms."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The prefecture asks to look again."""

    reason: str


Step = TurnoutSeen | TurnoutCorrection | CountedStep | Stated | Corrected | Confirmed | Returned
Timed = tuple[float, Step]


def is_of_turnout(step: Step) -> bool:
    """Whether a step reports who voted, not what was counted."""
    return isinstance(step, TurnoutSeen | TurnoutCorrection)


def turnout_course(poll: RehearsalPoll, hours: Moments, mishap: Mishap | None) -> Iterator[Timed]:
    """Turnout through the day, and the final one."""
    for (as_of, per_mille), after in zip(TURNOUTS, hours.turnouts, strict=True):
        yield as_of + after, TurnoutSeen(as_of, per_mille)
    at = hours.turnout_final
    if mishap is not Mishap.OVERSEAS_FORGOTTEN:
        yield at, TurnoutSeen(_minute(at), figures=poll.figures)
        return
    yield at, TurnoutSeen(_minute(at), figures=without_overseas(poll.figures))
    later = hours.final + 25 * MINUTE
    yield later, TurnoutCorrection(_minute(later), poll.figures, _OVERSEAS)


def count_course(
    poll: RehearsalPoll, hours: Moments, sheet: Tally, mishap: Mishap | None
) -> Iterator[Timed]:
    """Interims, the final, what is found wrong with it, and the confirmation."""
    yield from _interims(poll, hours, sheet, mishap)
    final = hours.final
    match mishap:
        case Mishap.SWAPPED:
            reason = _OPTIONS_SWAPPED if poll.has_options else _SWAPPED
            yield from _found_later(hours, swap_lines(sheet), sheet, reason)
        case Mishap.ABSENTEE_LEFT_OUT:
            yield from _found_later(hours, absentee_left_out(sheet), sheet, _ABSENTEE)
        case Mishap.RETURNED:
            yield final, Stated(_minute(final), absentee_left_out(sheet), final=True)
            yield final + 9 * MINUTE, Returned(_DIFFERS)
            again = final + 31 * MINUTE
            yield again, Corrected(_minute(again), sheet, final=True, reason=_ABSENTEE)
            yield hours.confirmed + 31 * MINUTE, Confirmed()
        case Mishap.RETURNED_STANDS:
            yield final, Stated(_minute(final), sheet, final=True)
            yield final + 3 * MINUTE, Returned(_look_again(poll))
            yield hours.confirmed + 20 * MINUTE, Confirmed()
        case Mishap.FOUND_AFTER_DECLARATION:
            yield final, Stated(_minute(final), overlook_bundle(sheet), final=True)
            yield hours.confirmed, Confirmed()
        case _:
            remark = MORE_BALLOTS_REMARK if mishap is Mishap.MORE_BALLOTS else ""
            yield final, Stated(_minute(final), sheet, final=True, remark=remark)
            yield hours.confirmed, Confirmed()


def after_declaration(sheet: Tally, at: float) -> Iterator[Timed]:
    """A final tally is corrected when the winner is already declared, and confirmed again."""
    yield at, Corrected(_minute(at), sheet, final=True, reason=_FOUND)
    yield at + 12 * MINUTE, Confirmed()


def _found_later(hours: Moments, wrong: Tally, right: Tally, reason: str) -> Iterator[Timed]:
    """Confirmed as it was, corrected an hour later, confirmed again."""
    yield hours.final, Stated(_minute(hours.final), wrong, final=True)
    yield hours.confirmed, Confirmed()
    later = hours.confirmed + 55 * MINUTE
    yield later, Corrected(_minute(later), right, final=True, reason=reason)
    yield later + 10 * MINUTE, Confirmed()


def _interims(
    poll: RehearsalPoll, hours: Moments, sheet: Tally, mishap: Mishap | None
) -> Iterator[Timed]:
    wrong_at = _wrong_round(poll, hours, sheet, mishap)
    for as_of in hours.rounds:
        arrives = as_of + hours.within
        done = hours.done_per_mille(as_of)
        if mishap is Mishap.VOTES_ALONE:
            tally = votes_alone(interim_tally(sheet, poll.serial, done))
            yield arrives, Stated(as_of, tally, final=False)
            continue
        if as_of != wrong_at:
            yield arrives, CountedStep(as_of, done)
            continue
        right = interim_tally(sheet, poll.serial, done)
        if mishap is Mishap.RETURNED_INTERIM:
            yield arrives, Stated(as_of, swap_lines(right), final=False)
            yield arrives + 6 * MINUTE, Returned(_look_again(poll))
            yield arrives + 15 * MINUTE, Stated(as_of, right, final=False)
        else:
            wrong = slip_digit(right, poll.electors)
            if wrong is not None:
                yield arrives, Stated(as_of, wrong, final=False)
                yield arrives + 8 * MINUTE, Corrected(as_of, right, final=False, reason=_SLIPPED)


def _look_again(poll: RehearsalPoll) -> str:
    return _OPTIONS_LOOK_AGAIN if poll.has_options else _LOOK_AGAIN


def _wrong_round(
    poll: RehearsalPoll, hours: Moments, sheet: Tally, mishap: Mishap | None
) -> int | None:
    """The round in which an interim goes wrong: the last one in which it can."""
    if mishap not in {Mishap.SLIPPED_DIGIT, Mishap.RETURNED_INTERIM}:
        return None
    # Not the last round: what is wrong is put right before the final.
    for as_of in reversed(hours.rounds[:-1]):
        tally = interim_tally(sheet, poll.serial, hours.done_per_mille(as_of))
        if mishap is Mishap.SLIPPED_DIGIT:
            if slip_digit(tally, poll.electors) is not None:
                return as_of
        elif can_be_swapped(tally):
            return as_of
    return None


def _minute(at: float) -> int:
    return int(at) // MINUTE * MINUTE
