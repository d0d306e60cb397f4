"""One rehearsal night: what is defined before it, and what is posted in which second."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from aggregates.commands import declaration_commands as d
from aggregates.commands import election_commands as c
from aggregates.commands import reception_commands as r
from aggregates.reference.office_ids import NATION_OFFICE, prefecture_office_id
from infra.services.importing.previous_records import previous_records
from infra.services.rehearsal.declare_results import Declarations, declare_by_law
from infra.services.rehearsal.final_totals import standings
from infra.services.rehearsal.scenario.define_rehearsal import definitions
from infra.services.rehearsal.scenario.injected_errors import Mishap
from infra.services.rehearsal.scenario.last_election import last_election
from infra.services.rehearsal.scenario.other_elections import SETTINGS
from infra.services.rehearsal.scenario.poll import RehearsalPoll
from infra.services.rehearsal.scenario.scenario import Setting, setting
from infra.services.rehearsal.scenario.seeded_random import chance
from infra.services.rehearsal.submission_builder import SubmissionBuilder
from infra.services.rehearsal.timeline import (
    Step,
    after_declaration,
    count_course,
    is_of_turnout,
    turnout_course,
)
from infra.services.rehearsal.timetable import (
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

_DECLARED_BY_NATION = frozenset({"house-block", "upper-list", "justices"})
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


@dataclass(frozen=True, slots=True)
class _PollStep:
    """A step in the course of a poll."""

    poll: RehearsalPoll
    step: Step


_Entry = tuple[float, _National | _PollStep]


@dataclass(frozen=True, slots=True)
class RehearsalNight:
    """A night that can be played any number of times; each time the same.

    Attributes:
        setting: The truth behind it: land, ballots, sheets, and what goes wrong where.
    """

    setting: Setting
    _entries: tuple[_Entry, ...] = field(repr=False)

    def __len__(self) -> int:
        """How many postings the timeline has."""
        return len(self._entries)

    def definitions(self) -> Iterator[c.Submission]:
        """What the nation's office defines before the polls open."""
        yield from self._definitions(self._builder())

    def timeline(self) -> Iterator[Moment]:
        """Every posting in the order of its arrival."""
        builder = self._builder()
        # Submission ids go on where those of the definitions end.
        for _ in self._definitions(builder):
            pass
        for at, entry in self._entries:
            if isinstance(entry, _National):
                written = builder.submission(entry.office, entry.command)
            else:
                written = builder.build(entry.poll, entry.step)
            yield Moment(builder.moment(at), written)

    def left_open(self, prefecture: str) -> "RehearsalNight":
        """The same night without what is counted in a prefecture, and what is decided upon it.

        Turnout is reported there as well.

        Args:
            prefecture: Its code, as `13`.

        Raises:
            ValueError: The night has no unit there.
        """
        if all(poll.prefecture != prefecture for poll in self.setting.polls):
            raise ValueError(f"nothing is counted in {prefecture}")
        facts = self.setting.facts.values()
        undecided = {each.id for each in facts if prefecture in each.prefectures}
        kept = (each for each in self._entries if not _is_left(each[1], prefecture, undecided))
        return RehearsalNight(self.setting, tuple(kept))

    def _definitions(self, builder: SubmissionBuilder) -> Iterator[c.Submission]:
        made = self.setting
        for command in definitions(
            made.land, made.nominations, made.polls, made.facts, made.polling_day, name=made.name
        ):
            yield builder.submission(NATION_OFFICE, command)
        if made.has_last_time:
            for record in previous_records(last_election(made)):
                yield builder.submission(NATION_OFFICE, c.RecordPrevious(previous=record))

    def _builder(self) -> SubmissionBuilder:
        made = self.setting
        return SubmissionBuilder(
            made.seed, made.polling_day, made.sheets, made.posted_by_prefecture()
        )


def _is_left(entry: _National | _PollStep, prefecture: str, undecided: set[str]) -> bool:
    """Whether a posting belongs to the counts of a prefecture, or decides upon them."""
    if isinstance(entry, _PollStep):
        return entry.poll.prefecture == prefecture and not is_of_turnout(entry.step)
    command = entry.command
    return isinstance(command, d.RecordLot | d.Declare) and command.contest in undecided


def national_night(
    seed: int = 1,
    scale: float = 1.0,
    reports: int | None = None,
    *,
    polling_day: date = POLLING_DAY,
    declarations: Declarations = declare_by_law,
) -> RehearsalNight:
    """Make a night up.

    Args:
        seed: The same seed gives the same night, to the byte.
        scale: 1 is the whole nation (about 120,000 events); less keeps fewer districts and units.
        reports: At most so many interim reports per count; None: one every half hour.
        polling_day: A day with seats in force (from 2014-12-14).
        declarations: Whom to declare at the end.

    Raises:
        ValueError: A scale outside (0, 1], or too small to hold every special case (0.02 holds
            them all).
    """
    return night_in(setting(seed, scale, polling_day), reports, declarations)


def rehearsal_night(
    election: str, seed: int = 1, scale: float = 1.0, *, polling_day: date = POLLING_DAY
) -> RehearsalNight:
    """The night of an election: `house`, or one of `SETTINGS`.

    Only elections and referendums of the nation have a scale.

    Raises:
        ValueError: As `national_night`.
        KeyError: There is no such rehearsal.
    """
    if election == "house":
        return national_night(seed, scale, polling_day=polling_day)
    return night_in(SETTINGS[election](seed, scale, polling_day))


def night_in(
    made: Setting, reports: int | None = None, declarations: Declarations = declare_by_law
) -> RehearsalNight:
    """The night of a setting; see `national_night`."""
    entries = [*_national(), *_courses(made, reports)]
    entries += _declarations(made, _ready(entries), declarations)
    # A stable sort: what arrives in the same second keeps its order.
    return RehearsalNight(made, tuple(sorted(entries, key=lambda entry: entry[0])))


def _national() -> Iterator[_Entry]:
    yield POLLS_CLOSE, _National(NATION_OFFICE, r.OpenCounting())
    yield PAUSED, _National(NATION_OFFICE, r.PauseReception(reason=_PAUSE))
    yield RESUMED, _National(NATION_OFFICE, r.ResumeReception())


def _courses(made: Setting, reports: int | None) -> Iterator[_Entry]:
    for poll in made.polls:
        if poll.contest == made.rare.uncontested:
            continue
        wrong = made.mishaps.get(poll.serial)
        late, missing = wrong is Mishap.LATE, wrong is Mishap.MISSING
        hours = moments(made.seed, poll, reports, late=late, missing=missing)
        for at, step in turnout_course(poll, hours, wrong):
            yield around_the_pause(at), _PollStep(poll, step)
        sheet = made.sheets.get(poll.serial)
        for at, step in count_course(poll, hours, sheet, wrong) if sheet is not None else ():
            yield around_the_pause(at), _PollStep(poll, step)


def _ready(entries: list[_Entry]) -> dict[str, float]:
    """When the last posting of each contest has arrived."""
    ready: dict[str, float] = {}
    for at, entry in entries:
        if isinstance(entry, _PollStep):
            contest = entry.poll.contest
            ready[contest] = max(at, ready.get(contest, 0.0))
    return ready


def _declarations(
    made: Setting, ready: dict[str, float], declarations: Declarations
) -> Iterator[_Entry]:
    source = chance(made.seed, "councils")
    done: dict[str, float] = {}
    for command in declarations(standings(made)):
        contest = command.contest
        if contest not in done:
            earliest = max(ready.get(contest, _UNCONTESTED_AT), _last_district_at(contest, done))
            done[contest] = earliest + source.randint(*_COUNCIL_AFTER) * MINUTE
        yield done[contest], _National(_council(made, contest), command)
        done[contest] += _LOT_TAKES
        if isinstance(command, d.Declare):
            for at, entry in _revisions(made, command, done[contest]):
                done[contest] = at
                yield at, entry


def _revisions(made: Setting, declared: d.Declare, at: float) -> Iterator[_Entry]:
    """Where ballots are found after the declaration: the correction, then the decision again."""
    for serial, mishap in made.mishaps.items():
        poll = made.polls[serial]
        if mishap is Mishap.FOUND_AFTER_DECLARATION and poll.contest == declared.contest:
            for later, step in after_declaration(made.sheets[serial], at + _FOUND_AFTER):
                yield later, _PollStep(poll, step)
            again = d.Declare(contest=poll.contest, elected=declared.elected, reason=_REVISED)
            yield at + _REVISED_AFTER, _National(_council(made, poll.contest), again)


def _last_district_at(contest: str, done: dict[str, float]) -> float:
    """List members may have won in a district: a block's council meets after the districts'."""
    if not contest.startswith("house-block/"):
        return 0.0
    districts = (at for name, at in done.items() if name.startswith("house-district/"))
    return max(districts, default=0.0)


def _council(made: Setting, contest: str) -> str:
    facts = made.facts[contest]
    nation = len(facts.prefectures) > 1 or facts.kind in _DECLARED_BY_NATION
    return NATION_OFFICE if nation else prefecture_office_id(facts.prefectures[0])
