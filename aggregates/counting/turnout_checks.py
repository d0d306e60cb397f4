"""Warnings about turnout: what people should look at again. Recorded, never in the way.

Each compares the report with something else: with its electors, with the report before, with the
unit's other contests, with the last election. Estimated figures are compared with nothing, since
they were not counted here.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from aggregates.counting.checks import UNLIKE_LAST, Notice, NoticeCode
from aggregates.counting.turnout import BySex, TurnoutFigures

_RATE_SCALE: Final = 10_000
"""Rates are in hundredths of a percent."""
_ELECTORS_MIN: Final = 1000
"""Rates of fewer electors are not looked at: a few families make them."""
_RATE_HIGH: Final = 9_500
_INTERIM_JUMP_MAX: Final = 3_000
_FINAL_JUMP_MAX: Final = 5_000
"""The final report adds early and absentee votes: a fifth to a third of the electors."""
_ELECTORS_APART_PERCENT: Final = 5
"""Electors on the day differ from those of the notice, and from contest to contest (overseas, moved
within the prefecture), by at most one or two in a hundred."""
_CONTESTS_APART: Final = 1_000
_SEXES_APART: Final = 1_500
"""In no prefecture in 2024 were the rates of men and women more than 3 points apart."""
_EXCHANGE_RATIO: Final = 4
"""Figures were exchanged when they fit four times as well the other way round."""


class OtherTurnout(msgspec.Struct, frozen=True):
    """Turnout that the same unit reported in another contest."""

    figures: TurnoutFigures
    is_final: bool


class TurnoutContext(msgspec.Struct, frozen=True, kw_only=True):
    """What turnout is compared with, where it is known.

    Attributes:
        last: The report before, or the one that a correction replaces.
        others: Of the unit's other contests.
        last_rate: Turnout here at the last election, in hundredths of a percent.
        corrects: Whether this report corrects the one before.
    """

    last: TurnoutFigures | None = None
    others: Sequence[OtherTurnout] = ()
    last_rate: int | None = None
    corrects: bool = False


def turnout_notices(
    figures: TurnoutFigures, around: TurnoutContext, *, final: bool, reason: str = ""
) -> tuple[Notice, ...]:
    """Every warning a turnout report deserves, in a fixed order."""
    if figures.estimated:
        return ()
    now = _Totals(figures)
    found = (
        *_check_rates(now, final=final),
        *_against_last(now, around, final=final),
        *_against_others(now, around.others, final=final),
        *_against_last_election(now, around.last_rate, final=final),
    )
    if not found:
        return ()
    said = {(notice.code, notice.before, notice.now): notice for notice in found}
    if not reason:
        return tuple(said.values())
    return tuple(msgspec.structs.replace(notice, reason=reason) for notice in said.values())


class _Totals:
    """Figures with their totals and rate, computed once: every posting of the day asks for them."""

    __slots__ = ("electors", "electors_total", "rate", "voters", "voters_total")

    def __init__(self, figures: TurnoutFigures) -> None:
        self.electors = figures.electors
        self.voters = figures.voters
        self.electors_total = self.electors.male + self.electors.female
        self.voters_total = self.voters.male + self.voters.female
        self.rate = (
            self.voters_total * _RATE_SCALE // self.electors_total if self.electors_total else 0
        )


def _check_rates(now: _Totals, *, final: bool) -> Sequence[Notice]:
    if now.electors_total < _ELECTORS_MIN:
        return ()
    found: list[Notice] = []
    # The rate is cut, as the limit is whole: it reaches the limit where the fraction does.
    if now.rate >= _RATE_HIGH:
        found.append(Notice(code="turnout-high", before=now.electors_total, now=now.voters_total))
    electors, voters = now.electors, now.voters
    if final and electors.male and electors.female:
        men = voters.male * _RATE_SCALE // electors.male
        women = voters.female * _RATE_SCALE // electors.female
        if abs(men - women) > _SEXES_APART:
            found.append(Notice(code="turnout-by-sex-apart", before=men, now=women))
    return found


def _against_last(now: _Totals, around: TurnoutContext, *, final: bool) -> Sequence[Notice]:
    if around.last is None:
        return ()
    jump = _check_electors("electors-jump", around.last.electors, now.electors)
    if around.corrects or now.electors_total < _ELECTORS_MIN:
        return jump
    limit = _FINAL_JUMP_MAX if final else _INTERIM_JUMP_MAX
    # No rate was below zero, so what is within the limit itself is no jump.
    if now.rate <= limit or now.rate - (last := _Totals(around.last).rate) <= limit:
        return jump
    return (*jump, Notice(code="turnout-jump", before=last, now=now.rate))


def _against_others(
    now: _Totals, others: Sequence[OtherTurnout], *, final: bool
) -> Sequence[Notice]:
    found: list[Notice] = []
    for each in others:
        both_final = final and each.is_final
        if each.figures.estimated or (not both_final and each.figures.electors == now.electors):
            continue
        code: NoticeCode = "electors-unlike-other-contest"
        found += _check_electors(code, each.figures.electors, now.electors)
        if not both_final:
            continue
        other = _Totals(each.figures)
        if other.voters != now.voters and _are_exchanged(other.voters, now.voters):
            before = other.voters.male
            found.append(Notice(code="sexes-exchanged", before=before, now=now.voters.male))
        many = min(now.electors_total, other.electors_total) >= _ELECTORS_MIN
        if many and abs(now.rate - other.rate) > _CONTESTS_APART:
            rate = other.rate
            found.append(Notice(code="turnout-unlike-other-contest", before=rate, now=now.rate))
    return found


def _check_electors(code: NoticeCode, before: BySex, now: BySex) -> Sequence[Notice]:
    if now == before:
        return ()
    last, here = before.total, now.total
    if abs(here - last) * 100 > max(here, last) * _ELECTORS_APART_PERCENT:
        return (Notice(code=code, before=last, now=here),)
    if _are_exchanged(before, now):
        return (Notice(code="sexes-exchanged", before=before.male, now=now.male),)
    return ()


def _are_exchanged(before: BySex, now: BySex) -> bool:
    """Whether men and women fit far better the other way round."""
    as_stated = abs(now.male - before.male) + abs(now.female - before.female)
    exchanged = abs(now.male - before.female) + abs(now.female - before.male)
    return exchanged * _EXCHANGE_RATIO < as_stated


def _against_last_election(now: _Totals, last_rate: int | None, *, final: bool) -> Sequence[Notice]:
    if not final or last_rate is None or now.electors_total < _ELECTORS_MIN:
        return ()
    if abs(now.rate - last_rate) <= UNLIKE_LAST:
        return ()
    return (Notice(code="turnout-unlike-last-election", before=last_rate, now=now.rate),)
