"""Given a seed, when the night is made up, then it repeats, is in order, and is accepted whole."""

import hashlib
import os
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration
from aggregates.election.identifiers import count_stream, declaration_stream
from aggregates.errors import Refusal
from infra.services.rehearsal import RehearsalNight, national_night
from tests.support.budgets import sample
from tests.unit.infra.services.rehearsal.recording import Recording

EVENT_BYTES_MAX = 65_000


def digest(night: RehearsalNight) -> str:
    """Of everything that is sent and when."""
    sha = hashlib.sha256()
    for submission in night.definitions():
        sha.update(msgspec.json.encode(submission))
    for moment in night.timeline():
        sha.update(moment.at.isoformat().encode())
        sha.update(msgspec.json.encode(moment.submission))
    return sha.hexdigest()


def test_the_same_seed_gives_the_same_night_and_another_seed_another() -> None:
    one, again, other = (national_night(seed, scale=0.02) for seed in (11, 11, 12))
    assert digest(one) == digest(again)
    assert digest(one) == digest(one), "playing it uses something up"
    assert digest(one) != digest(other)


def test_another_process_makes_the_same_night(small: RehearsalNight) -> None:
    # Its own hash seed: no order may come from a set.
    program = (
        "from infra.services.rehearsal import national_night\n"
        "from tests.unit.infra.services.rehearsal.test_night import digest\n"
        "print(digest(national_night(seed=4, scale=0.03)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[5],
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == digest(small)


def test_the_timeline_is_in_order_and_as_long_as_it_says(small: RehearsalNight) -> None:
    moments = list(small.timeline())
    assert len(moments) == len(small)
    assert all(before.at <= after.at for before, after in pairwise(moments))
    assert all(moment.at.utcoffset() is not None for moment in moments)


def test_submission_ids_never_repeat(small: RehearsalNight) -> None:
    ids = [submission.submission_id for submission in small.definitions()]
    ids += [moment.submission.submission_id for moment in small.timeline()]
    assert len(ids) == len(set(ids))


def test_nothing_is_stated_before_the_moment_it_speaks_of(small: RehearsalNight) -> None:
    for moment in small.timeline():
        as_of = getattr(moment.submission.command, "as_of", moment.at)
        assert as_of <= moment.at


@pytest.mark.long
@pytest.mark.parametrize("seed", sample(range(1, 9), step=3))
def test_every_submission_of_a_small_night_is_accepted(seed: int) -> None:
    night, recording = national_night(seed, scale=0.02), Recording()
    for submission in night.definitions():
        recording.submit(submission)
    for moment in night.timeline():
        try:
            recording.submit(moment.submission)
        except Refusal as refusal:
            pytest.fail(f"{moment} was refused: {refusal!r}")


def test_the_log_ends_with_the_true_sheets_confirmed(
    small: RehearsalNight, recorded: Recording
) -> None:
    for poll in small.setting.polls:
        sheet = small.setting.sheets.get(poll.serial)
        count = recorded.find(Count, count_stream(poll.contest, poll.unit))
        if sheet is None:
            assert count is None or count.latest is None
        else:
            assert count is not None
            assert (count.latest, count.state) == (sheet, "confirmed")


def test_every_contest_is_declared(small: RehearsalNight, recorded: Recording) -> None:
    for contest in small.setting.facts:
        declaration = recorded.get(Declaration, declaration_stream(contest))
        assert declaration.outcome is not None, contest


def test_fewer_interim_reports_on_request() -> None:
    few = national_night(5, scale=0.02, reports=2)
    every = national_night(5, scale=0.02)
    assert len(few) < len(every)
    sent: dict[tuple[str, str], int] = {}
    for moment in few.timeline():
        command = moment.submission.command
        if type(command).__name__ == "PostTally" and not getattr(command, "final", True):
            key = (getattr(command, "contest", ""), getattr(command, "unit", ""))
            sent[key] = sent.get(key, 0) + 1
    # One unit posts a returned interim anew.
    assert sorted(sent.values())[-2] <= 2


def test_the_law_of_another_polling_day_applies() -> None:
    night = national_night(1, scale=0.02, polling_day=date(2017, 10, 22))
    assert night.setting.facts["house-block/tokyo"].seats == 17
    assert next(iter(night.timeline())).at.date() == date(2017, 10, 22)


@pytest.mark.parametrize("scale", [0, -1, 1.01, 0.001])
def test_a_scale_that_cannot_be_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match=r"scale|too few"):
        national_night(1, scale=scale)


def test_events_stay_small(recorded: Recording) -> None:
    assert recorded.bytes_max() < EVENT_BYTES_MAX
