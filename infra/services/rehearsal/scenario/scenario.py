"""What a night is made of before its clock starts: land, ballots, true sheets, mishaps."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from aggregates.election.contest_facts import ContestFacts
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
    """The truth of a night, before anybody has posted any of it.

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
    wrong = mishaps(seed, every, rare, scale)
    return Setting(
        seed=seed,
        polling_day=polling_day,
        land=land,
        nominations=nominations,
        rare=rare,
        polls=every,
        sheets=true_sheets(seed, every, nominations, rare, wrong),
        mishaps=wrong,
        facts=contests(land, every, polling_day),
    )


def true_sheets(
    seed: int,
    every: tuple[RehearsalPoll, ...],
    nominations: Nominations,
    rare: Specials,
    wrong: dict[int, Mishap],
    *,
    seats: int = 1,
) -> dict[int, Tally]:
    """The final sheet of every poll by its serial, two of the tied contest exactly equal.

    Args:
        seed: Of the night.
        every: All polls.
        nominations: The ballots.
        rare: Where the rare cases are.
        wrong: What goes wrong.
        seats: Of the tied contest: its last seat is the one that two are equal at.
    """
    sheets = {
        poll.serial: true_sheet(
            seed, poll, nominations, more_ballots=wrong.get(poll.serial) is Mishap.MORE_BALLOTS
        )
        for poll in every
        if poll.contest != rare.uncontested
    }
    if not rare.tied:
        return sheets
    tied = {poll.serial: sheets[poll.serial] for poll in every if poll.contest == rare.tied}
    if seats == 1:
        first, second, *_ = nominations.slates[rare.tied].votable()
    else:
        ranked = sorted(nominations.slates[rare.tied].votable(), key=partial(_votes, tied))
        first, second = ranked[-seats], ranked[-seats - 1]
    return sheets | level(tied, first, second)


def _votes(sheets: dict[int, Tally], option: str) -> int:
    return sum(sheet.votes[option] for sheet in sheets.values())
