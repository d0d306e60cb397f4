"""Refusals of limits that several reports keep together, of moments, and of units that overlap."""

from aggregates import errors as e
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.aggregates.refusal_case import FINAL, TURNOUT, VOTES, Case


def _case(refusal: type[e.Refusal], name: str, when: Command, *given: Command) -> Case:
    return Case(refusal, (*b.DISTRICT, *given), when, name=name)


_EARLY = {"on_the_day": 0, "early": 45, "absentee": 5}
_SMALL = b.figures((400, 499), (0, 0))
_VOTERS_901 = b.sheet(VOTES, taken_away=1, voters=901)
_HERE = {"as_of": "2024-10-26T23:00:00+09:00"}
_MORNING = b.figures((1000, 1000), (30, 20), by_method=_EARLY)

EITHER_ORDER: tuple[Case, ...] = (
    _case(e.BallotsExceedElectors, "by turnout", b.turnout(_SMALL), FINAL),
    _case(
        e.BallotsExceedElectors,
        "by a correction of turnout",
        b.turnout_correction(_SMALL),
        b.turnout(TURNOUT),
        FINAL,
    ),
    _case(
        e.BallotsExceedElectors,
        "by a correction of the tally",
        b.correction(b.sheet({b.A: 1000, b.B: 1001})),
        b.turnout(TURNOUT),
        FINAL,
    ),
    _case(
        e.VotersExceedElectors,
        "by a sheet",
        b.tally(_VOTERS_901),
        b.turnout(b.figures((400, 500), (0, 0)), final=False),
    ),
    _case(
        e.VotersExceedElectors,
        "by turnout beside a sheet",
        b.turnout(b.figures((400, 500), (0, 0)), final=False),
        b.tally(_VOTERS_901),
    ),
)
"""What one order of reports refuses, the other refuses as well."""

MOMENTS: tuple[Case, ...] = (
    _case(e.MomentTooEarly, "before any polls close", {**FINAL, **_HERE}),
    _case(
        e.MomentTooEarly, "1999", b.correction(b.sheet(VOTES), as_of="1999-10-27T22:00:00+09:00"),
        FINAL,
    ),
    _case(
        e.MomentTooEarly, "before early voting",
        b.turnout(_MORNING, final=False, as_of="2024-10-01T20:00:00+09:00"),
    ),
    _case(e.MomentNotReached, "2062", b.tally(b.sheet(VOTES), as_of="2062-10-27T22:00:00+09:00")),
    _case(
        e.MomentNotReached, "turnout of 2062",
        b.turnout(TURNOUT, as_of="2062-10-27T22:00:00+09:00"),
    ),
    _case(
        e.OnlyEarlyVotingBefore, "votes on the day",
        b.turnout(TURNOUT, final=False, as_of="2024-10-26T20:00:00+09:00"),
    ),
    _case(
        e.OnlyEarlyVotingBefore, "final",
        b.turnout(_MORNING, as_of="2024-10-26T20:00:00+09:00"),
    ),
    _case(
        e.OnlyEarlyVotingBefore, "corrected",
        b.turnout_correction(TURNOUT, as_of="2024-10-26T23:00:00+09:00"),
        b.turnout(TURNOUT),
    ),
)  # fmt: skip


def _place(code: str, *municipalities: str, prefecture: str = "13") -> Command:
    facts = {"code": code, "name": code, "prefecture": prefecture, "kind": "counting-district"}
    return {
        "command": "register-units",
        "units": [{**facts, "municipalities": list(municipalities)}],
    }


def _overlap(name: str, *units: Command, prefecture: str = "13") -> Case:
    codes = [str(each["code"]) for registered in units for each in _listed(registered)]
    held = b.contest(f"governor/{prefecture}", codes, prefectures=[prefecture])
    return Case(e.ContestMalformed, (b.election(), *units), held, name=name)


def _listed(registered: Command) -> list[dict[str, object]]:
    units = registered["units"]
    assert isinstance(units, list)
    return units


OVERLAPS: tuple[Case, ...] = (
    _overlap("its own part", _place("13101", "13101"), _place("13101.1", "13101")),
    _overlap("its own part, by the codes alone", _place("13101"), _place("13101.1")),
    _overlap("one municipality twice", _place("x1", "13101", "13102"), _place("x2", "13102")),
    _overlap(
        "a city and its ward",
        _place("14100", prefecture="14"),
        _place("14101", prefecture="14"),
        prefecture="14",
    ),
)
"""Units of one contest that cover the same place: its votes would be counted twice."""
