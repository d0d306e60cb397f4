"""Warnings: recorded with the posting, never in its way."""

from typing import get_args

import pytest

from aggregates.counting.checks import Notice, NoticeCode, QuestionCode
from aggregates.counting.count_events import TallyEvent
from aggregates.counting.turnout import TurnoutEvent
from aggregates.election.units.municipality_check import UnitNoticeCode
from tests import builders as b
from tests.support.gwt import Command, Log
from tests.unit.aggregates.turnout_notice_cases import HELD, TURNOUT_MET, TURNOUT_QUIET

UNSTATED = {"pools_unstated": "表に内訳がない"}

ELECTORS = b.turnout(b.figures((1000, 1000), (500, 500)), final=False)
FINAL_TURNOUT = b.turnout(b.figures((1000, 1000), (500, 500)))


def _digits(ratio: int) -> tuple[Command, Command]:
    before = b.sheet({b.A: 1000, b.B: 0})
    return b.tally(before, final=False), b.tally(b.sheet({b.A: 1000 * ratio, b.B: 0}))


MET: dict[str, tuple[tuple[Command, ...], Command, Notice]] = {
    "more ballots than voters": (
        (),
        b.tally(b.sheet({b.A: 60, b.B: 40}, taken_away=-2, voters=98), remark="二重交付の疑い"),
        Notice(code="taken-away-negative", now=-2, reason="二重交付の疑い"),
    ),
    "votes of one candidate fell": (
        (b.tally(b.sheet({b.A: 60, b.B: 40}), final=False),),
        b.tally(b.sheet({b.A: 59, b.B: 41})),
        Notice(code="option-fell", option=b.A, before=60_000, now=59_000),
    ),
    "a digit slipped": (
        _digits(10)[:1],
        _digits(10)[1],
        Notice(code="digit-jump", option=b.A, before=1_000_000, now=10_000_000),
    ),
    "another number of voters than the turnout": (
        (FINAL_TURNOUT,),
        b.tally(b.sheet({b.A: 600, b.B: 399})),
        Notice(code="voters-differ-from-turnout", before=1000, now=999),
    ),
    "more ballots than the turnout has voters": (
        (FINAL_TURNOUT,),
        b.tally(b.sheet({b.A: 600, b.B: 401}, voters=None), final=False),
        Notice(code="voters-beyond-turnout", before=1000, now=1001),
    ),
    "one entry alone": (
        (),
        {**b.tally(b.sheet({b.A: 6, b.B: 4})), "one_entry": "表を取り込んだ。"},
        Notice(code="one-entry", reason="表を取り込んだ。"),
    ),
    "many invalid ballots": (
        (),
        b.tally(b.sheet({b.A: 500, b.B: 349}, invalid=151)),
        Notice(code="invalid-rate-high", before=1000, now=151),
    ),
    "nearly all electors voted": (
        (ELECTORS,),
        b.tally(b.sheet({b.A: 1000, b.B: 901})),
        Notice(code="turnout-high", before=2000, now=1901),
    ),
    "a box of 892 absentee votes passes for taken away": (
        (),
        b.tally(b.sheet({b.A: 60_000, b.B: 39_108}, taken_away=892, voters=100_000)),
        Notice(code="taken-away-many", before=100_000, now=892),
    ),
    "far more voted than last time": (
        (b.PREVIOUS, b.turnout(b.figures((1000, 1000), (750, 750)))),
        b.tally(b.sheet({b.A: 1000, b.B: 500})),
        Notice(code="turnout-unlike-last-election", before=5450, now=7500),
    ),
    "more ballots than the interim sheet has voters": (
        (),
        b.tally(b.sheet({b.A: 600, b.B: 401}, voters=1000), final=False),
        Notice(code="ballots-beyond-voters", before=1000, now=1001),
    ),
    "much is cut": (
        (),
        b.tally(
            b.sheet({b.A: 600, b.B: 400}, cut=1000, valid=1001, ballots=1001, voters=1001)
            | UNSTATED
        ),
        Notice(code="cut-many", before=20, now=1000),
    ),
    "hardly any votes where the neighbours have many": (
        (b.tally(b.sheet({b.A: 700, b.B: 300}), unit_code=b.CHUO),),
        b.tally(b.sheet({b.A: 990, b.B: 10})),
        Notice(code="option-left-out", option=b.B, before=300_000, now=10_000),
    ),
    "two candidates exchanged": (
        (b.tally(b.sheet({b.A: 700, b.B: 300}), unit_code=b.CHUO),),
        b.tally(b.sheet({b.A: 290, b.B: 710})),
        Notice(code="options-exchanged", option=b.A, before=710_000, now=290_000),
    ),
    **TURNOUT_MET,
}

QUIET: dict[str, tuple[tuple[Command, ...], Command]] = {
    "a sheet like any other": ((), b.tally(b.sheet({b.A: 60, b.B: 40}))),
    "nine times as many": (_digits(9)[:1], _digits(9)[1]),
    "few votes grow fast": (
        (b.tally(b.sheet({b.A: 999, b.B: 0}), final=False),),
        b.tally(b.sheet({b.A: 9990, b.B: 0})),
    ),
    "the turnout's voters": ((FINAL_TURNOUT,), b.tally(b.sheet({b.A: 600, b.B: 400}))),
    "as many ballots as voters": (
        (FINAL_TURNOUT,),
        b.tally(b.sheet({b.A: 600, b.B: 400}, voters=None), final=False),
    ),
    "voters of the day only": ((ELECTORS,), b.tally(b.sheet({b.A: 700, b.B: 400}))),
    "fifteen percent invalid": ((), b.tally(b.sheet({b.A: 500, b.B: 350}, invalid=150))),
    "ninety-five percent voted": ((ELECTORS,), b.tally(b.sheet({b.A: 1000, b.B: 900}))),
    "the most taken away in Tokyo in 2024": (
        (),
        b.tally(b.sheet({b.A: 223_553, b.B: 0}, taken_away=105, voters=223_658)),
    ),
    "a few taken away of a few": (
        (),
        b.tally(b.sheet({b.A: 81, b.B: 0}, taken_away=19, voters=100)),
    ),
    "twenty points more than last time": (
        (b.PREVIOUS, b.turnout(b.figures((1000, 1000), (745, 745)))),
        b.tally(b.sheet({b.A: 1000, b.B: 490})),
    ),
    "a village is not its prefecture": (
        (b.PREVIOUS, b.turnout(b.figures((50, 50), (45, 45)))),
        b.tally(b.sheet({b.A: 50, b.B: 40})),
    ),
    "the day before its end is not compared with last time": (
        (b.PREVIOUS, FINAL_TURNOUT),
        b.tally(b.sheet({b.A: 10, b.B: 0}, voters=None), final=False),
    ),
    "a candidate at home": (
        (b.tally(b.sheet({b.A: 600, b.B: 400}), unit_code=b.CHUO),),
        b.tally(b.sheet({b.A: 410, b.B: 590})),
    ),
    "bundles of equal size, before the end": (
        (b.tally(b.sheet({b.A: 900, b.B: 100}), unit_code=b.CHUO),),
        b.tally(b.sheet({b.A: 100, b.B: 900}), final=False),
    ),
    "one thousandth for each of ten pools": (
        (),
        b.tally(
            b.sheet({b.A: 600, b.B: 400})
            | {"votes": {b.A: 600_000, b.B: 399_980}, "cut": 20}
            | UNSTATED
        ),
    ),
    **TURNOUT_QUIET,
    "many invalid of a few": ((), b.tally(b.sheet({b.A: 1, b.B: 1}, invalid=900))),
}


def _posted(given: tuple[Command, ...], when: Command) -> tuple[Notice, ...]:
    event = Log().given(*HELD, *given).post(when)[-1]
    assert isinstance(event, TallyEvent | TurnoutEvent)
    return event.notices


@pytest.mark.parametrize(("given", "when", "notice"), MET.values(), ids=MET.keys())
def test_what_looks_wrong_is_recorded_with_a_warning(
    given: tuple[Command, ...], when: Command, notice: Notice
) -> None:
    assert _posted(given, when) == (notice,)


@pytest.mark.parametrize(("given", "when"), QUIET.values(), ids=QUIET.keys())
def test_up_to_the_limit_nothing_is_said(given: tuple[Command, ...], when: Command) -> None:
    assert _posted(given, when) == ()


def test_every_warning_has_a_case() -> None:
    computed = (
        set(get_args(NoticeCode)) - set(get_args(QuestionCode)) - set(get_args(UnitNoticeCode))
    )
    assert {notice.code for _, _, notice in MET.values()} == computed


def test_several_warnings_stand_in_a_fixed_order() -> None:
    swapped = b.sheet({b.A: 300, b.B: 700}, invalid=400, taken_away=-400, voters=1000)

    found = _posted((b.tally(b.sheet({b.A: 700, b.B: 300}), final=False),), b.tally(swapped))

    assert [notice.code for notice in found] == [
        "taken-away-negative",
        "option-fell",
        "invalid-rate-high",
    ]
