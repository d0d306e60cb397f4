"""What goes wrong in a rehearsal, and where: cases of real election nights, chosen by chance."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

import msgspec

from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Tally
from infra.services.rehearsal.scenario.poll import RehearsalPoll
from infra.services.rehearsal.scenario.seeded_random import chance, split
from infra.services.rehearsal.scenario.special_cases import Specials


class Mishap(Enum):
    """One case; the value is how often it happens in a whole national night."""

    SLIPPED_DIGIT = ("slipped-digit", 3)
    OVERSEAS_FORGOTTEN = ("overseas-forgotten", 2)
    FOUND_AFTER_DECLARATION = ("found-after-declaration", 1)
    SWAPPED = ("swapped", 4)
    ABSENTEE_LEFT_OUT = ("absentee-left-out", 3)
    RETURNED = ("returned", 4)
    RETURNED_INTERIM = ("returned-interim", 2)
    RETURNED_STANDS = ("returned-stands", 2)
    MORE_BALLOTS = ("more-ballots", 4)
    LATE = ("late", 9)
    MISSING = ("missing", 3)
    ON_BEHALF = ("on-behalf", 1)
    VOTES_ALONE = ("votes-alone", 2)


OF_ELECTIONS: Final = tuple(each for each in Mishap if each is not Mishap.VOTES_ALONE)
"""What goes wrong where persons or lists stand."""

OF_POLLS: Final = (
    Mishap.ABSENTEE_LEFT_OUT,
    Mishap.VOTES_ALONE,
    Mishap.LATE,
    Mishap.SWAPPED,
    Mishap.RETURNED,
    Mishap.MISSING,
    Mishap.OVERSEAS_FORGOTTEN,
    Mishap.RETURNED_INTERIM,
    Mishap.MORE_BALLOTS,
    Mishap.FOUND_AFTER_DECLARATION,
)
"""What goes wrong in polls with options; where they are few, the first of these."""


_VOTERS_MIN = 1_500
_ABSENTEE_PER_MILLE = 15
_BUNDLE_FOUND = 7
_DIGIT = 10
_IN_LARGE_UNITS = frozenset({Mishap.SLIPPED_DIGIT, Mishap.OVERSEAS_FORGOTTEN})


def mishaps(
    seed: int,
    polls: Sequence[RehearsalPoll],
    rare: Specials,
    scale: float,
    *,
    kinds: frozenset[str] = frozenset({"house-district"}),
    every: bool = True,
    cases: Sequence[Mishap] = OF_ELECTIONS,
) -> dict[int, Mishap]:
    """Choose polls for every case, each in one poll only.

    Args:
        seed: Of the night.
        polls: All polls.
        rare: Districts to leave alone.
        scale: 1 for the whole nation; every case happens at least once.
        kinds: Contests in which something goes wrong.
        every: Every case has to happen; else as many as there are polls for.
        cases: What can go wrong, in the order in which polls are drawn for it.

    Raises:
        ValueError: Fewer polls than cases, and every one has to happen.
    """
    source = chance(seed, "mishaps")
    spared = rare.rare() | rare.namesakes
    free = [
        poll
        for poll in polls
        if poll.kind in kinds and poll.contest not in spared and poll.voters >= _VOTERS_MIN
    ]
    # Largest first: only large units have overseas voters and figures long enough to slip.
    free.sort(key=lambda poll: (-poll.voters, poll.serial))
    chosen: dict[int, Mishap] = {}
    nobody_abroad = not any(poll.figures.overseas_voters.total for poll in free)
    for mishap in cases:
        if mishap is Mishap.OVERSEAS_FORGOTTEN and nobody_abroad:
            continue
        for _ in range(max(1, round(mishap.value[1] * scale))):
            upto = max(1, len(free) // 10) if mishap in _IN_LARGE_UNITS else len(free)
            if not free and not every:
                return chosen
            if not free:
                raise ValueError("too few counting districts for the rehearsal's cases")
            chosen[free.pop(source.randrange(upto)).serial] = mishap
    return chosen


def swap_lines(sheet: Tally) -> Tally:
    """Two lines stand in each other's place: the first, and the next with another figure."""
    first, *others = sheet.votes
    second = next(each for each in others if sheet.votes[each] != sheet.votes[first])
    votes = {**sheet.votes, first: sheet.votes[second], second: sheet.votes[first]}
    return msgspec.structs.replace(sheet, votes=votes)


def can_be_swapped(sheet: Tally) -> bool:
    """Whether a swap would change anything."""
    return len(set(sheet.votes.values())) > 1


def absentee_left_out(sheet: Tally) -> Tally:
    """The box of absentee votes was not counted: every figure and the voters are short."""
    left = sheet.require_stated().valid * _ABSENTEE_PER_MILLE // 1000
    shares = split(left, list(sheet.votes.values()))
    votes = {
        option: figure - share * VOTE
        for (option, figure), share in zip(sheet.votes.items(), shares, strict=True)
    }
    return msgspec.structs.replace(
        sheet,
        votes=votes,
        valid=sheet.require_stated().valid - left,
        ballots=sheet.require_stated().ballots - left,
        voters=(sheet.voters or 0) - left,
    )


def overlook_bundle(sheet: Tally) -> Tally:
    """A few ballots of the weakest candidate lay in a cabinet and passed for taken away."""
    weakest = min((o for o in sheet.votes if sheet.votes[o]), key=lambda o: sheet.votes[o])
    found = min(_BUNDLE_FOUND, sheet.votes[weakest] // VOTE)
    return msgspec.structs.replace(
        sheet,
        votes={**sheet.votes, weakest: sheet.votes[weakest] - found * VOTE},
        valid=sheet.require_stated().valid - found,
        ballots=sheet.require_stated().ballots - found,
        taken_away=sheet.taken_away + found,
    )


def slip_digit(sheet: Tally, electors: int) -> Tally | None:
    """An interim sheet with one figure ten times too large; None when everyone would notice.

    More ballots than electors are refused, so only a figure that leaves them possible slips.
    """
    figures = sorted((figure, option) for option, figure in sheet.votes.items() if figure > 0)
    if not figures:
        return None
    figure, option = figures[0]
    more = figure // VOTE * (_DIGIT - 1)
    if sheet.require_stated().ballots + more > electors:
        return None
    return msgspec.structs.replace(
        sheet,
        votes={**sheet.votes, option: figure * _DIGIT},
        valid=sheet.require_stated().valid + more,
        ballots=sheet.require_stated().ballots + more,
    )
