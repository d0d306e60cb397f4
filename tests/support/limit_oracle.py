"""The limits once more, in the plainest arithmetic: what a recorded report must keep and bear.

It shares no code with `aggregates/counting`: fractions instead of whole numbers, every pair of
options instead of the likeliest, and one list of what belongs to a report.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from itertools import combinations
from math import ceil
from typing import cast

from aggregates.base import Event
from aggregates.counting.count_events import TallyCorrected, TallyEvent
from aggregates.counting.turnout import BySex, TurnoutCorrected, TurnoutEvent, TurnoutFigures
from aggregates.election.tally import Tally
from aggregates.surveys.survey import AnswerGiven

_FIRST_TALLY = datetime.fromisoformat("2024-10-27T16:00:00+09:00")
_MIDNIGHT = datetime.fromisoformat("2024-10-27T00:00:00+09:00")
_EARLIEST = datetime.fromisoformat("2024-10-09T00:00:00+09:00")
_LAST = datetime.fromisoformat("2025-10-28T00:00:00+09:00")
_NEAR = 3
"""Units before and after one in the order of a contest that it is compared with."""
_LAST_RATE = Fraction(5450, 100)


@dataclass
class _Place:
    """What one unit reported of one contest."""

    tally: Tally | None = None
    tally_final: bool = False
    turnout: TurnoutFigures | None = None
    turnout_final: bool = False


@dataclass
class Oracle:
    """Follows what is recorded, and looks at every limit after each event.

    Attributes:
        order: The units, as every contest has them.
        places: What each unit reported of each contest.
    """

    order: tuple[str, ...]
    places: dict[tuple[str, str], _Place] = field(default_factory=dict)

    def check(self, event: Event) -> None:
        """Take an event, and fail where a limit does not hold."""
        if isinstance(event, AnswerGiven):
            values = cast("dict[str, int]", event.values)
            assert values["voters"] <= values["electors"]
        if isinstance(event, TallyEvent):
            self._take_tally(event)
        if isinstance(event, TurnoutEvent):
            self._take_turnout(event)
        for place in self.places.values():
            _require_hard(place)

    def _place(self, contest: str, unit: str) -> _Place:
        return self.places.setdefault((contest, unit), _Place())

    def _take_tally(self, event: TallyEvent) -> None:
        place = self._place(event.contest, event.unit)
        assert _FIRST_TALLY <= event.as_of <= _LAST
        expected = {*_of_sheet(event.tally, final=event.is_final)}
        expected |= {*_since_last(place.tally, event.tally)}
        expected |= {*_beside(event.tally, place.turnout, final=place.turnout_final)}
        if event.is_final:
            expected |= {*_shares(event.tally, self._nearby(event.contest, event.unit))}
        _require_bears(event, expected)
        if not isinstance(event, TallyCorrected):
            assert not place.tally_final
            assert place.tally is None or not _fell(place.tally, event.tally)
        place.tally, place.tally_final = event.tally, event.is_final

    def _take_turnout(self, event: TurnoutEvent) -> None:
        place, corrects = (
            self._place(event.contest, event.unit),
            isinstance(event, TurnoutCorrected),
        )
        final = event.final if isinstance(event, TurnoutCorrected) else event.is_final
        figures = event.figures
        assert _EARLIEST <= event.as_of <= _LAST
        if event.as_of < _MIDNIGHT:
            assert not final
            assert figures.by_method is not None
            assert figures.by_method.on_the_day == 0
        expected: set[str] = set()
        if not figures.estimated:
            expected |= {*_of_turnout(figures, final=final)}
            expected |= {*_since_turnout(place.turnout, figures, corrects=corrects, final=final)}
            expected |= {*self._others(event, final=final)}
        beside = {*_beside(place.tally, figures, final=final)} - {"turnout-unlike-last-election"}
        _require_bears(event, expected | beside)
        place.turnout, place.turnout_final = figures, final

    def _others(self, event: TurnoutEvent, *, final: bool) -> Iterator[str]:
        now = event.figures
        for (contest, unit), place in self.places.items():
            other = place.turnout
            if unit != event.unit or contest == event.contest or other is None or other.estimated:
                continue
            if _apart(other.electors.total, now.electors.total) > 5:
                yield "electors-unlike-other-contest"
            elif _exchanged(other.electors, now.electors):
                yield "sexes-exchanged"
            if final and place.turnout_final:
                if _exchanged(other.voters, now.voters):
                    yield "sexes-exchanged"
                many = min(other.electors.total, now.electors.total) >= 1000
                if many and abs(_rounded(_rate(other)) - _rounded(_rate(now))) > 10:
                    yield "turnout-unlike-other-contest"

    def _nearby(self, contest: str, unit: str) -> list[Tally]:
        return [
            place.tally
            for (of, where), place in self.places.items()
            if of == contest
            and where != unit
            and abs(self.order.index(where) - self.order.index(unit)) <= _NEAR
            and place.tally is not None
            and place.tally_final
        ]


def _require_bears(event: TallyEvent | TurnoutEvent, expected: set[str]) -> None:
    found = {notice.code for notice in event.notices}
    assert found == expected, f"{event}: {sorted(found)} instead of {sorted(expected)}"


def _require_hard(place: _Place) -> None:
    tally, turnout = place.tally, place.turnout
    if tally is not None:
        assert min(tally.votes.values()) >= 0
        assert not place.tally_final or tally.ballots is not None
        if tally.ballots is not None:
            _require_balanced(tally, final=place.tally_final)
    if turnout is not None:
        assert turnout.voters.male <= turnout.electors.male
        assert turnout.voters.female <= turnout.electors.female
        if turnout.by_method is not None:
            parts = turnout.by_method
            assert parts.on_the_day + parts.early + parts.absentee == turnout.voters.total
    if tally is not None and turnout is not None:
        assert max(_ballots(tally), tally.voters or 0) <= turnout.electors.total


def _require_balanced(tally: Tally, *, final: bool) -> None:
    valid, invalid = tally.valid or 0, tally.invalid or 0
    assert sum(tally.votes.values()) + tally.cut + tally.nobody == valid * 1000
    assert valid + invalid == tally.ballots
    assert min(valid, invalid, tally.rejected) >= 0
    if final:
        assert tally.voters == tally.ballots + tally.taken_away + tally.rejected


def _ballots(tally: Tally) -> int:
    """Ballots; where a sheet has votes alone, as many as these votes need."""
    if tally.ballots is not None:
        return tally.ballots
    return ceil(Fraction(sum(tally.votes.values()), 1000))


def _fell(before: Tally, now: Tally) -> bool:
    if before.ballots is not None and now.ballots is not None:
        return now.ballots < before.ballots
    return sum(now.votes.values()) // 1000 < sum(before.votes.values()) // 1000


def _of_sheet(tally: Tally, *, final: bool) -> Iterator[str]:
    ballots = _ballots(tally)
    if tally.taken_away < 0:
        yield "taken-away-negative"
    if (
        tally.voters is not None
        and tally.taken_away >= 20
        and Fraction(tally.taken_away) > Fraction(tally.voters, 1000)
    ):
        yield "taken-away-many"
    if ballots >= 1000 and _percent_of(tally.invalid or 0, ballots) > 15:
        yield "invalid-rate-high"
    if not final and tally.voters is not None and ballots > tally.voters:
        yield "ballots-beyond-voters"
    if tally.cut > 10 * len(tally.votes):
        yield "cut-many"


def _since_last(last: Tally | None, now: Tally) -> Iterator[str]:
    for option, own in now.votes.items() if last is not None else ():
        before = cast("Tally", last).votes[option]
        if own < before:
            yield "option-fell"
        elif before >= 1_000_000 and own >= 10 * before:
            yield "digit-jump"


def _beside(tally: Tally | None, turnout: TurnoutFigures | None, *, final: bool) -> Iterator[str]:
    if tally is None or turnout is None:
        return
    electors, voters = turnout.electors.total, turnout.voters.total
    ballots = _ballots(tally)
    if final and tally.voters is not None and tally.voters != voters:
        yield "voters-differ-from-turnout"
    if final and tally.voters is None and ballots > voters:
        yield "voters-beyond-turnout"
    if ballots >= 1000 and electors and _percent_of(ballots, electors) > 95:
        yield "turnout-high"
    if ballots >= 1000 and electors and tally.voters is not None:
        rate = _rounded(_percent_of(tally.voters, electors))
        if abs(rate - _LAST_RATE) > 20:
            yield "turnout-unlike-last-election"


def _of_turnout(figures: TurnoutFigures, *, final: bool) -> Iterator[str]:
    electors, voters = figures.electors, figures.voters
    if electors.total < 1000:
        return
    if _rate(figures) >= 95:
        yield "turnout-high"
    if final and electors.male and electors.female:
        men = _rounded(_percent_of(voters.male, electors.male))
        women = _rounded(_percent_of(voters.female, electors.female))
        if abs(men - women) > 15:
            yield "turnout-by-sex-apart"
    if final and abs(_rounded(_rate(figures)) - _LAST_RATE) > 20:
        yield "turnout-unlike-last-election"


def _since_turnout(
    last: TurnoutFigures | None, now: TurnoutFigures, *, corrects: bool, final: bool
) -> Iterator[str]:
    if last is None:
        return
    if _apart(last.electors.total, now.electors.total) > 5:
        yield "electors-jump"
    elif _exchanged(last.electors, now.electors):
        yield "sexes-exchanged"
    rise = _rounded(_rate(now)) - _rounded(_rate(last))
    if not corrects and now.electors.total >= 1000 and rise > (50 if final else 30):
        yield "turnout-jump"


def _shares(tally: Tally, others: list[Tally]) -> Iterator[str]:
    total = sum(tally.votes.values())
    around = {option: sum(each.votes[option] for each in others) for option in tally.votes}
    whole = sum(around.values())
    if total < 300_000 or not whole:
        return
    here = {option: Fraction(own, total) for option, own in tally.votes.items()}
    there = {option: Fraction(own, whole) for option, own in around.items()}
    for option, own in here.items():
        many = there[option] >= Fraction(2, 100) and there[option] * total >= 30_000
        none = not own and there[option] * total >= 15_000
        if none or (many and own * 20 < there[option]):
            yield "option-left-out"
    apart = sum(abs(here[each] - there[each]) for each in here) / 2
    gains = []
    for one, other in combinations(here, 2):
        swapped = here | {one: here[other], other: here[one]}
        gains.append(apart - sum(abs(swapped[each] - there[each]) for each in here) / 2)
    least = Fraction(20 if len(others) <= 2 else 15, 100)
    if gains and max(gains) >= least and apart - max(gains) <= apart / 2:
        yield "options-exchanged"


def _percent_of(part: int, whole: int) -> Fraction:
    return Fraction(part * 100, whole)


def _rate(figures: TurnoutFigures) -> Fraction:
    total = figures.electors.total
    return _percent_of(figures.voters.total, total) if total else Fraction(0)


def _rounded(percent: Fraction) -> Fraction:
    """Rates are compared in hundredths of a percent, the rest dropped."""
    return Fraction(percent * 100 // 1, 100)


def _apart(before: int, now: int) -> Fraction:
    return _percent_of(abs(now - before), max(now, before, 1))


def _exchanged(before: BySex, now: BySex) -> bool:
    as_stated = abs(now.male - before.male) + abs(now.female - before.female)
    exchanged = abs(now.male - before.female) + abs(now.female - before.male)
    return 4 * exchanged < as_stated
