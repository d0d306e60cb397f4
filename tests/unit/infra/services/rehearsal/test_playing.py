"""Given a night, when it is played, then it comes in order and at the chosen speed."""

from itertools import pairwise

import pytest

from aggregates.commands.election_commands import Submission
from infra.services.rehearsal import Moment, RehearsalNight, play


class Sundial:
    """A clock that moves only when somebody sleeps or works."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_as_fast_as_possible_never_sleeps(small: RehearsalNight) -> None:
    dial, sent = Sundial(), list[Submission]()
    played = play(small, sent.append, clock=dial.clock, sleep=dial.sleep)
    assert dial.slept == []
    definitions = list(small.definitions())
    assert sent == definitions + [moment.submission for moment in small.timeline()]
    assert (played.definitions, played.postings) == (len(definitions), len(small))


def test_speed_divides_the_time_between_moments(small: RehearsalNight) -> None:
    dial, at = Sundial(), list[float]()

    def submit(_: Submission) -> None:
        at.append(dial.now)

    played = play(small, submit, speed=600, clock=dial.clock, sleep=dial.sleep)
    moments = list(small.timeline())
    lasted = (moments[-1].at - moments[0].at).total_seconds()
    assert played.seconds == pytest.approx(lasted / 600)
    assert played.late_seconds_max == pytest.approx(0, abs=1e-6)
    assert all(before <= after for before, after in pairwise(at))
    night = at[played.definitions :]
    for begun, moment in zip(night, moments, strict=True):
        passed = (moment.at - moments[0].at).total_seconds()
        assert begun - night[0] == pytest.approx(passed / 600, abs=1e-6)


def test_a_slow_log_makes_the_playing_late_but_loses_nothing(small: RehearsalNight) -> None:
    dial, sent = Sundial(), list[str]()

    def submit(submission: Submission) -> None:
        dial.now += 1.0
        sent.append(submission.submission_id)

    played = play(small, submit, speed=600, clock=dial.clock, sleep=dial.sleep)
    assert played.late_seconds_max > 60
    assert len(sent) == played.definitions + played.postings


def test_progress_counts_to_the_end(small: RehearsalNight) -> None:
    seen: list[tuple[int, int, Moment | None]] = []

    def progress(done: int, total: int, moment: Moment | None) -> None:
        seen.append((done, total, moment))

    played = play(small, lambda _: None, progress=progress)
    total = played.definitions + played.postings
    assert [done for done, _, _ in seen] == list(range(1, total + 1))
    assert {every for _, every, _ in seen} == {total}
    assert sum(1 for _, _, moment in seen if moment is None) == played.definitions


def test_a_refusal_ends_the_playing(small: RehearsalNight) -> None:
    def submit(submission: Submission) -> None:
        raise LookupError(submission.submission_id)

    with pytest.raises(LookupError, match="-000001"):
        play(small, submit)


@pytest.mark.parametrize("speed", [0.0, -600.0])
def test_a_speed_that_never_arrives_is_refused(small: RehearsalNight, speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        play(small, lambda _: None, speed=speed)
