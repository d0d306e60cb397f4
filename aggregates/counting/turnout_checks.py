"""Warnings about turnout: what people should look at again. Recorded, never in the way.

Each compares the report with something else: with its electors, with the report before, with the
unit's other contests, with the last election. Estimated figures are compared with nothing, since
they were not counted here.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from aggregates.counting.checks import UNLIKE_LAST, Notice, NoticeCode
from aggregates.counting.turnout import BySex, TurnoutFigures

_WHOLE: Final = 10_000
"""Rates are in hundredths of a percent."""
_FROM_ELECTORS: Final = 1000
"""In smaller places a few families make a rate."""
_HIGH: Final = 9_500
_JUMP_IN_THE_DAY: Final = 3_000
_JUMP_AT_THE_END: Final = 5_000
"""The final report adds early and absentee votes: a fifth to a third of the electors."""
_ELECTORS_PERCENT: Final = 5
"""Electors on the day differ from those of the notice, and from contest to contest (overseas, moved
within the prefecture), by at most one or two in a hundred."""
_UNLIKE_OTHER: Final = 1_000
_SEXES_APART: Final = 1_500
"""In no prefecture in 2024 were the rates of men and women more than 3 points apart."""
_NEARER: Final = 4
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
    found = (
        *_check_rates(figures, final=final),
        *_against_last(figures, around, final=final),
        *_against_others(figures, around.others, final=final),
        *_against_last_election(figures, around, final=final),
    )
    said = {(notice.code, notice.before, notice.now): notice for notice in found}
    if not reason:
        return tuple(said.values())
    return tuple(msgspec.structs.replace(notice, reason=reason) for notice in said.values())


def _rate(voters: int, electors: int) -> int:
    return voters * _WHOLE // electors if electors else 0


def _total_rate(figures: TurnoutFigures) -> int:
    return _rate(figures.voters.total, figures.electors.total)


def _check_rates(figures: TurnoutFigures, *, final: bool) -> Iterator[Notice]:
    electors, voters = figures.electors, figures.voters
    if electors.total < _FROM_ELECTORS:
        return
    if voters.total * _WHOLE >= electors.total * _HIGH:
        yield Notice(code="turnout-high", before=electors.total, now=voters.total)
    men, women = _rate(voters.male, electors.male), _rate(voters.female, electors.female)
    if final and electors.male and electors.female and abs(men - women) > _SEXES_APART:
        yield Notice(code="turnout-by-sex-apart", before=men, now=women)


def _against_last(
    figures: TurnoutFigures, around: TurnoutContext, *, final: bool
) -> Iterator[Notice]:
    last = around.last
    if last is None:
        return
    yield from _check_electors("electors-jump", last.electors, figures.electors)
    if around.corrects or figures.electors.total < _FROM_ELECTORS:
        return
    before, now = _total_rate(last), _total_rate(figures)
    if now - before > (_JUMP_AT_THE_END if final else _JUMP_IN_THE_DAY):
        yield Notice(code="turnout-jump", before=before, now=now)


def _against_others(
    figures: TurnoutFigures, others: Sequence[OtherTurnout], *, final: bool
) -> Iterator[Notice]:
    for other in others:
        if other.figures.estimated:
            continue
        yield from _check_electors(
            "electors-unlike-other-contest", other.figures.electors, figures.electors
        )
        if not (final and other.is_final):
            continue
        if _are_exchanged(other.figures.voters, figures.voters):
            yield Notice(
                code="sexes-exchanged", before=other.figures.voters.male, now=figures.voters.male
            )
        before, now = _total_rate(other.figures), _total_rate(figures)
        many = min(figures.electors.total, other.figures.electors.total) >= _FROM_ELECTORS
        if many and abs(now - before) > _UNLIKE_OTHER:
            yield Notice(code="turnout-unlike-other-contest", before=before, now=now)


def _check_electors(code: NoticeCode, before: BySex, now: BySex) -> Iterator[Notice]:
    if abs(now.total - before.total) * 100 > max(now.total, before.total) * _ELECTORS_PERCENT:
        yield Notice(code=code, before=before.total, now=now.total)
    elif _are_exchanged(before, now):
        yield Notice(code="sexes-exchanged", before=before.male, now=now.male)


def _are_exchanged(before: BySex, now: BySex) -> bool:
    """Whether men and women fit far better the other way round."""
    as_stated = abs(now.male - before.male) + abs(now.female - before.female)
    exchanged = abs(now.male - before.female) + abs(now.female - before.male)
    return exchanged * _NEARER < as_stated


def _against_last_election(
    figures: TurnoutFigures, around: TurnoutContext, *, final: bool
) -> Iterator[Notice]:
    if not final or around.last_rate is None or figures.electors.total < _FROM_ELECTORS:
        return
    rate = _total_rate(figures)
    if abs(rate - around.last_rate) > UNLIKE_LAST:
        yield Notice(code="turnout-unlike-last-election", before=around.last_rate, now=rate)
