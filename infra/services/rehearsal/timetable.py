"""When things happen, in seconds from midnight (JST) at the start of polling day."""

import math
from dataclasses import dataclass

from infra.services.rehearsal.scenario.poll import RehearsalPoll
from infra.services.rehearsal.scenario.seeded_random import chance

MINUTE = 60
HOUR = 60 * MINUTE

POLLS_CLOSE = 20 * HOUR
COUNTING_OPENS = POLLS_CLOSE + 15 * MINUTE
PAUSED = 24 * HOUR + 11 * MINUTE
RESUMED = 24 * HOUR + 18 * MINUTE

TURNOUTS: tuple[tuple[int, int], ...] = (
    (10 * HOUR, 170),
    (11 * HOUR, 262),
    (14 * HOUR, 515),
    (16 * HOUR, 672),
    (18 * HOUR, 838),
    (19 * HOUR + 30 * MINUTE, 962),
)
"""As of when turnout is reported, and how many of a thousand on-the-day voters came by then."""

_FIRST_ROUNDS = (21 * HOUR + 30 * MINUTE, 22 * HOUR)
_ROUND = 30 * MINUTE
_WITHIN_THE_MINUTE = 55
_FIRST_FINAL = 20 * HOUR + 30 * MINUTE
_LAST_FINAL = 31 * HOUR
_LATE = (29 * HOUR + 20 * MINUTE, 31 * HOUR - 5 * MINUTE)
_MISSING = (32 * HOUR, 33 * HOUR + 30 * MINUTE)
_TYPICAL_MINUTES = 325
_SMALLEST_VOTERS = 105
_TYPICAL_VOTERS = 9_200
_SIZE_POWER = 0.6
_SPREAD = 0.11
_LISTS_AFTER = (20, 70)
_REVIEW_AFTER = (15, 60)
_CONFIRM_AFTER = (4, 35)
_DONE_PER_MILLE = 970
_DONE_POWER = 1.4


@dataclass(frozen=True, slots=True)
class Moments:
    """The hours of one poll.

    Attributes:
        turnouts: Seconds after each turnout hour at which the report arrives.
        turnout_final: Final turnout.
        rounds: As of when interims are reported (round minutes).
        within: Seconds into that minute at which they arrive.
        final: Final tally.
        confirmed: Confirmation by the prefecture.
    """

    turnouts: tuple[int, ...]
    turnout_final: int
    rounds: tuple[int, ...]
    within: int
    final: int
    confirmed: int

    def done_per_mille(self, at: int) -> int:
        """How much is counted by then."""
        share = (at - COUNTING_OPENS) / (self.final - COUNTING_OPENS)
        return int(_DONE_PER_MILLE * min(1.0, max(0.0, share)) ** _DONE_POWER)


def moments(
    seed: int,
    poll: RehearsalPoll,
    reports: int | None,
    *,
    late: bool = False,
    missing: bool = False,
) -> Moments:
    """Draw the hours of one poll.

    Args:
        seed: Of the night.
        poll: Which poll; large ones take longer, lists follow districts, the review comes last.
        reports: At most so many interim reports; None: one every half hour.
        late: No interim, and the final only towards morning.
        missing: Nothing until the night is over.
    """
    # The same draws for all contests of a unit, so that they follow each other.
    source = chance(seed, "hours", poll.unit)
    final = _final(source.lognormvariate(0.0, _SPREAD), poll)
    lists, review = source.randint(*_LISTS_AFTER), source.randint(*_REVIEW_AFTER)
    later = {"house-block": lists, "upper-list": lists, "justices": lists + review}
    final += later.get(poll.kind, 0) * MINUTE
    own = chance(seed, "hours", poll.contest, poll.unit)
    if late or missing:
        final = own.randint(*(_MISSING if missing else _LATE))
    # All units of a prefecture begin with the same round, as its timetable says.
    first = chance(seed, "rounds", poll.prefecture).choice(_FIRST_ROUNDS)
    rounds = () if late or missing else tuple(range(first, final - MINUTE, _ROUND))
    known = POLLS_CLOSE + own.randint(5, 20) * MINUTE
    return Moments(
        turnouts=tuple(own.randint(60, 11 * MINUTE) for _ in TURNOUTS),
        turnout_final=min(final - 5 * MINUTE, known + (final - COUNTING_OPENS) // 3),
        rounds=_thin_out(rounds, reports),
        within=own.randrange(_WITHIN_THE_MINUTE),
        final=final,
        confirmed=final + own.randint(*_CONFIRM_AFTER) * MINUTE + own.randrange(MINUTE),
    )


def _final(drawn: float, poll: RehearsalPoll) -> int:
    size = math.log(max(1.0, poll.voters / _SMALLEST_VOTERS))
    typical = math.log(_TYPICAL_VOTERS / _SMALLEST_VOTERS)
    minutes = _TYPICAL_MINUTES * (size / typical) ** _SIZE_POWER * drawn
    return min(_LAST_FINAL, max(_FIRST_FINAL, POLLS_CLOSE + 12 * MINUTE + int(minutes * MINUTE)))


def _thin_out(rounds: tuple[int, ...], reports: int | None) -> tuple[int, ...]:
    if reports is None or len(rounds) <= reports:
        return rounds
    return tuple(rounds[(place + 1) * len(rounds) // reports - 1] for place in range(reports))


def around_the_pause(at: float) -> float:
    """Move what would come during the pause to the minutes after it, keeping every order."""
    recovered = RESUMED + 3 * MINUTE
    if not PAUSED <= at < recovered:
        return at
    share = (at - PAUSED) / (recovered - PAUSED)
    return RESUMED + 1 + share * (recovered - RESUMED - 1)
