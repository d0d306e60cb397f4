"""One rehearsal night: what is defined before it, and what is posted in which second."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from aggregates import commands as c
from aggregates.contest import ContestFacts
from aggregates.tally import Tally
from infra.rehearsal.chance import chance
from infra.rehearsal.country import Country, country
from infra.rehearsal.course import Step, after_declaration, count_course, turnout_course
from infra.rehearsal.declaring import Declarations, declared_by_law
from infra.rehearsal.defining import contests, definitions
from infra.rehearsal.mishaps import Mishap, mishaps
from infra.rehearsal.nominations import Nominations, nominate
from infra.rehearsal.polls import Poll, polls
from infra.rehearsal.scribe import NATION, Scribe, prefecture_office
from infra.rehearsal.sheets import level, true_sheet
from infra.rehearsal.specials import Specials, specials
from infra.rehearsal.standing import standings
from infra.rehearsal.timetable import (
    HOUR,
    MINUTE,
    PAUSED,
    POLLS_CLOSE,
    RESUMED,
    around_the_pause,
    moments,
)

POLLING_DAY = date(2025, 11, 30)
"""A Sunday on which no general election was held."""

_REVISED = "確定後の訂正により、得票数を更正します。"
_PAUSE = "回線切替えのため受付を一時停止します。"
_COUNCIL_AFTER = (15, 40)
_LOT_TAKES = 10 * MINUTE
_UNCONTESTED_AT = POLLS_CLOSE + HOUR
_FOUND_AFTER = 40 * MINUTE
_REVISED_AFTER = 70 * MINUTE


@dataclass(frozen=True, slots=True)
class Moment:
    """One posting and when it arrives (Japanese time)."""

    at: datetime
    submission: c.Submission


@dataclass(frozen=True, slots=True)
class _National:
    """A command that belongs to no poll."""

    office: str
    command: c.Command


_Entry = tuple[float, int, Poll | None, Step | _National]


@dataclass(frozen=True, slots=True)
class Night:
    """A night that can be played any number of times; each time the same.

    Attributes:
        seed: Of every draw.
        polling_day: Decides seats and thresholds.
        land: Districts and counting districts.
        nominations: The ballots.
        rare: Where the rare cases are.
        polls: Contest and unit, every one that will or could report.
        sheets: True final sheet per poll serial; none where there is no poll (無投票).
        mishaps: What goes wrong, per poll serial.
        facts: Every contest.
    """

    seed: int
    polling_day: date
    land: Country
    nominations: Nominations
    rare: Specials
    polls: tuple[Poll, ...]
    sheets: dict[int, Tally]
    mishaps: dict[int, Mishap]
    facts: dict[str, ContestFacts]
    _entries: list[_Entry] = field(default_factory=list, repr=False)

    def __len__(self) -> int:
        """How many postings the timeline has."""
        return len(self._entries)

    def definitions(self) -> Iterator[c.Submission]:
        """What the nation's office defines before the polls open."""
        scribe = self._scribe()
        for command in self._definitions():
            yield scribe.submission(NATION, command)

    def timeline(self) -> Iterator[Moment]:
        """Every posting in the order of its arrival."""
        scribe = self._scribe()
        # The ids go on where those of the definitions end.
        for command in self._definitions():
            scribe.submission(NATION, command)
        for at, _, poll, step in self._entries:
            if isinstance(step, _National):
                written = scribe.submission(step.office, step.command)
            elif poll is not None:
                written = scribe.written(poll, step)
            yield Moment(scribe.moment(at), written)

    def _definitions(self) -> Iterator[c.Command]:
        return definitions(self.land, self.nominations, self.polls, self.facts, self.polling_day)

    def _scribe(self) -> Scribe:
        behalf = frozenset(
            poll.serial
            for poll in self.polls
            if poll.whole_prefecture or self.mishaps.get(poll.serial) is Mishap.ON_BEHALF
        )
        return Scribe(self.seed, self.polling_day, self.sheets, behalf)


def national_night(
    seed: int = 1,
    scale: float = 1.0,
    reports: int | None = None,
    *,
    polling_day: date = POLLING_DAY,
    declarations: Declarations = declared_by_law,
) -> Night:
    """Make a night up.

    Args:
        seed: The same seed gives the same night, to the byte.
        scale: 1 is the whole nation (about 120,000 events); less keeps fewer districts and units.
        reports: At most so many interim reports per count; None: one every half hour.
        polling_day: A day with seats in force (from 2014-12-14).
        declarations: Whom to declare at the end.

    Raises:
        ValueError: A scale outside (0, 1], or too small to hold every special case.
    """
    land = country(seed, scale)
    rare = specials(seed, land)
    every = polls(land)
    nominations = nominate(seed, land, rare, polling_day)
    wrong = mishaps(seed, every, rare, scale)
    night = Night(
        seed=seed,
        polling_day=polling_day,
        land=land,
        nominations=nominations,
        rare=rare,
        polls=every,
        sheets=_sheets(seed, every, nominations, rare, wrong),
        mishaps=wrong,
        facts=contests(land, every, polling_day),
    )
    entries = [*_national(), *_courses(night, reports)]
    entries += _declared(night, entries, declarations)
    night._entries.extend(_in_order(entries))  # noqa: SLF001 - the night is being made here
    return night


def _sheets(
    seed: int,
    every: tuple[Poll, ...],
    nominations: Nominations,
    rare: Specials,
    wrong: dict[int, Mishap],
) -> dict[int, Tally]:
    sheets = {
        poll.serial: true_sheet(
            seed, poll, nominations, more_ballots=wrong.get(poll.serial) is Mishap.MORE_BALLOTS
        )
        for poll in every
        if poll.contest != rare.uncontested
    }
    first, second, *_ = nominations.slates[rare.tied].votable()
    tied = {poll.serial: sheets[poll.serial] for poll in every if poll.contest == rare.tied}
    return sheets | level(tied, first, second)


_Timed = tuple[float, Poll | None, Step | _National]


def _national() -> Iterator[_Timed]:
    for at, command in (
        (POLLS_CLOSE, c.OpenCounting()),
        (PAUSED, c.PauseReception(reason=_PAUSE)),
        (RESUMED, c.ResumeReception()),
    ):
        yield at, None, _National(NATION, command)


def _courses(night: Night, reports: int | None) -> Iterator[_Timed]:
    for poll in night.polls:
        sheet = night.sheets.get(poll.serial)
        if sheet is None:
            continue
        wrong = night.mishaps.get(poll.serial)
        hours = moments(
            night.seed,
            poll,
            reports,
            late=wrong is Mishap.LATE,
            missing=wrong is Mishap.MISSING,
        )
        for at, step in turnout_course(poll, hours, wrong):
            yield around_the_pause(at), poll, step
        for at, step in count_course(poll, hours, sheet, wrong):
            yield around_the_pause(at), poll, step


def _declared(night: Night, entries: list[_Timed], declarations: Declarations) -> list[_Timed]:
    ready = _ready(entries)
    found = {
        night.polls[serial].contest: night.polls[serial]
        for serial, mishap in night.mishaps.items()
        if mishap is Mishap.FOUND_AFTER_DECLARATION
    }
    source = chance(night.seed, "councils")
    done: dict[str, float] = {}
    made: list[_Timed] = []
    for command in declarations(standings(night)):
        contest = command.contest
        if contest not in done:
            earliest = max(ready.get(contest, _UNCONTESTED_AT), _districts_done(contest, done))
            done[contest] = earliest + source.randint(*_COUNCIL_AFTER) * MINUTE
        office = _council(night, contest)
        made.append((done[contest], None, _National(office, command)))
        done[contest] += _LOT_TAKES
        if isinstance(command, c.Declare) and contest in found:
            poll = found[contest]
            later = done[contest] + _FOUND_AFTER
            made += [(at, poll, s) for at, s in after_declaration(night.sheets[poll.serial], later)]
            again = c.Declare(contest=contest, elected=command.elected, reason=_REVISED)
            done[contest] += _REVISED_AFTER
            made.append((done[contest], None, _National(office, again)))
    return made


def _ready(entries: list[_Timed]) -> dict[str, float]:
    ready: dict[str, float] = {}
    for at, poll, _ in entries:
        if poll is not None:
            ready[poll.contest] = max(at, ready.get(poll.contest, 0.0))
    return ready


def _districts_done(contest: str, done: dict[str, float]) -> float:
    """List members may have won in a district: a block's council meets after the districts'."""
    if not contest.startswith("house-block/"):
        return 0.0
    districts = (at for name, at in done.items() if name.startswith("house-district/"))
    return max(districts, default=0.0)


def _council(night: Night, contest: str) -> str:
    facts = night.facts[contest]
    district = facts.kind == "house-district"
    return prefecture_office(facts.prefectures[0]) if district else NATION


def _in_order(entries: list[_Timed]) -> list[_Entry]:
    numbered = [(at, n, poll, step) for n, (at, poll, step) in enumerate(entries)]
    return sorted(numbered, key=lambda entry: entry[:2])
