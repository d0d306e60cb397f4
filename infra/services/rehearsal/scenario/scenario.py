"""What a rehearsal is made of before its clock starts: country, ballots, true sheets, errors."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import msgspec

from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.tally import Tally
from infra.services.rehearsal.scenario.candidate_field import Nominations, nominate
from infra.services.rehearsal.scenario.country import Country, country
from infra.services.rehearsal.scenario.define_rehearsal import NAME, contests
from infra.services.rehearsal.scenario.injected_errors import Mishap, mishaps
from infra.services.rehearsal.scenario.poll import RehearsalPoll, polls
from infra.services.rehearsal.scenario.special_cases import Specials, specials
from infra.services.rehearsal.scenario.true_tallies import level, true_sheet


@dataclass(frozen=True, slots=True)
class Setting:
    """What is true of a rehearsal, before anybody has posted any of it.

    Attributes:
        seed: Of every draw.
        polling_day: Decides seats and thresholds.
        land: Districts and counting districts.
        nominations: The ballots.
        rare: Where the rare cases are.
        polls: Contest and unit, every one that will or could report.
        sheets: True final sheet per poll serial; none where nobody votes (無投票)
            or the boxes stay closed.
        mishaps: What goes wrong, per poll serial.
        facts: Every contest.
        name: What the election is called.
    """

    seed: int
    polling_day: date
    land: Country
    nominations: Nominations
    rare: Specials
    polls: tuple[RehearsalPoll, ...]
    sheets: dict[int, Tally]
    mishaps: dict[int, Mishap]
    facts: dict[str, ContestFacts]
    name: str = NAME

    @property
    def has_last_time(self) -> bool:
        """Whether it is recorded what the last election was: not of by-elections and polls."""
        return bool(self.nominations.slates) and all(
            facts.full_seats is msgspec.UNSET for facts in self.facts.values()
        )

    def posted_by_prefecture(self) -> frozenset[int]:
        """Serials of the polls that the prefecture posts on behalf of somebody."""
        return frozenset(
            poll.serial
            for poll in self.polls
            if poll.whole_prefecture or self.mishaps.get(poll.serial) is Mishap.ON_BEHALF
        )


def setting(seed: int, scale: float, polling_day: date) -> Setting:
    """Make the truth up. Raises ValueError for a scale that cannot be."""
    land = country(seed, scale)
    rare = specials(seed, land)
    every = polls(land)
    nominations = nominate(seed, land, rare, polling_day)
    return complete_setting(
        seed=seed,
        polling_day=polling_day,
        land=land,
        nominations=nominations,
        rare=rare,
        polls=every,
        mishaps=mishaps(seed, every, rare, scale),
        facts=contests(land, every, polling_day),
    )


def complete_setting(
    *,
    seed: int,
    polling_day: date,
    land: Country,
    nominations: Nominations,
    rare: Specials,
    polls: tuple[RehearsalPoll, ...],
    mishaps: dict[int, Mishap],
    facts: dict[str, ContestFacts],
    name: str = NAME,
) -> Setting:
    """Add the true final sheets to what else a `Setting` has; in the tied contest two are equal."""
    sheets = {
        poll.serial: true_sheet(
            seed, poll, nominations, more_ballots=mishaps.get(poll.serial) is Mishap.MORE_BALLOTS
        )
        for poll in polls
        if poll.contest not in rare.uncounted()
    }
    if rare.tied:
        tied = {poll.serial: sheets[poll.serial] for poll in polls if poll.contest == rare.tied}
        first, second = _equals(tied, nominations, rare, facts[rare.tied].seats)
        sheets |= level(tied, first, second)
    return Setting(seed, polling_day, land, nominations, rare, polls, sheets, mishaps, facts, name)


def _equals(
    tied: dict[int, Tally], nominations: Nominations, rare: Specials, seats: int
) -> tuple[str, str]:
    """The two options that are equal at the last seat of the tied contest."""
    votable = nominations.slates[rare.tied].votable()
    if seats == 1:
        return votable[0], votable[1]
    ranked = sorted(votable, key=partial(_votes, tied))
    return ranked[-seats], ranked[-seats - 1]


def _votes(sheets: dict[int, Tally], option: str) -> int:
    return sum(sheet.votes[option] for sheet in sheets.values())
