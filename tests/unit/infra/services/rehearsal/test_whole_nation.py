"""Given the whole nation, then its size, its figures and its hours are those of real nights."""

from collections import Counter
from datetime import datetime, timedelta
from statistics import median

import msgspec
import pytest

from aggregates.commands.declaration_commands import Declare
from aggregates.commands.election_commands import PostTally, ReportTurnout, Submission
from aggregates.commands.reception_commands import OpenCounting
from aggregates.election.ballot import Candidate
from aggregates.election.geography import PREFECTURES
from aggregates.election.identifiers import VOTE
from aggregates.reference.japan_time import JAPAN_TIME
from infra.services.rehearsal import RehearsalNight
from infra.services.rehearsal.rehearsal_night import Moment

pytestmark = pytest.mark.slow  # every posting of a whole nation

SUBMISSION_BYTES_MAX = 60_000
EVENTS = range(115_000, 126_000)


@pytest.fixture(scope="module")
def moments(whole: RehearsalNight) -> list[Moment]:
    """Every posting of the night, in the order of their hours."""
    return list(whole.timeline())


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 11, 30, tzinfo=JAPAN_TIME) + timedelta(
        days=day, hours=hour, minutes=minute
    )


def test_the_nation_has_its_real_size(whole: RehearsalNight) -> None:
    facts = whole.setting.facts.values()
    assert Counter(each.kind for each in facts) == {
        "house-district": 289,
        "house-block": 11,
        "justices": 1,
    }
    assert sum(each.seats for each in facts) == 289 + 176
    assert whole.setting.land.prefectures() == tuple(PREFECTURES)
    assert sum(len(each.centres) for each in whole.setting.land.districts) == 1925


def test_a_night_has_about_120000_events(whole: RehearsalNight) -> None:
    # One event for each submission, and a first one for every stream that begins by itself.
    polls = len(whole.setting.polls)
    reporting = len(whole.setting.sheets)
    submissions = sum(1 for _ in whole.definitions()) + len(whole)
    assert submissions + polls + reporting + len(whole.setting.facts) in EVENTS


def test_units_are_as_small_and_as_large_as_real_ones(whole: RehearsalNight) -> None:
    voters = [
        poll.voters
        for poll in whole.setting.polls
        if poll.kind == "house-district" and not poll.whole_prefecture
    ]
    assert 100 <= min(voters) < 1_000
    assert 150_000 < max(voters) <= 245_000
    assert 5_000 < median(voters) < 20_000


def test_half_of_the_electors_vote_and_few_ballots_are_invalid(whole: RehearsalNight) -> None:
    polls = [poll for poll in whole.setting.polls if poll.kind == "house-district"]
    electors = sum(poll.electors for poll in polls)
    assert 103_000_000 < electors < 105_000_000
    assert 0.50 < sum(poll.voters for poll in polls) / electors < 0.58
    sheets = whole.setting.sheets.values()
    invalid = sum(sheet.require_stated().invalid for sheet in sheets) / sum(
        sheet.require_stated().ballots for sheet in sheets
    )
    assert 0.02 < invalid < 0.03


def test_two_counts_in_a_hundred_have_decimals(whole: RehearsalNight) -> None:
    sheets = whole.setting.sheets.values()
    divided = [sheet for sheet in sheets if any(v % VOTE for v in sheet.votes.values())]
    assert 0.01 < len(divided) / len(sheets) < 0.03
    assert {1, 0} >= {sheet.cut for sheet in divided}


def test_final_reports_come_in_the_hours_of_real_nights(moments: list[Moment]) -> None:
    finals: dict[str, list[datetime]] = {}
    for moment in moments:
        command = moment.submission.command
        if isinstance(command, PostTally) and command.final:
            kind = command.contest.partition("/")[0]
            finals.setdefault(kind, []).append(moment.at)
    districts = sorted(finals["house-district"])
    middle = {kind: sorted(found)[len(found) // 2] for kind, found in finals.items()}
    assert _at(0, 20, 30) <= districts[0] < _at(0, 21)
    assert _at(1, 1, 25) < middle["house-district"] < _at(1, 1, 55)
    assert districts[len(districts) * 9 // 10] < _at(1, 3, 45)
    assert _at(1, 7) < districts[-1] < _at(1, 9, 45)
    assert middle["house-district"] < middle["house-block"] < middle["justices"]


def test_all_centres_post_their_interims_in_the_same_minutes(moments: list[Moment]) -> None:
    usual = 0
    minutes: Counter[datetime] = Counter()
    for moment in moments:
        command = moment.submission.command
        if isinstance(command, PostTally) and not command.final:
            assert command.as_of.minute in {0, 30}
            assert command.as_of >= _at(0, 21, 30)
            minutes[command.as_of] += moment.at - command.as_of < timedelta(minutes=1)
            usual += 1
    # Only the round within the pause and what was returned comes later.
    assert sum(minutes.values()) > usual * 0.99
    assert max(minutes.values()) > 5_000


def test_turnout_comes_six_times_and_then_the_final_one(
    whole: RehearsalNight, moments: list[Moment]
) -> None:
    hours: Counter[tuple[int, int]] = Counter()
    finals = 0
    for moment in moments:
        command = moment.submission.command
        if isinstance(command, ReportTurnout):
            finals += command.final
            if not command.final:
                hours[command.as_of.hour, command.as_of.minute] += 1
    reporting = len(whole.setting.sheets)
    assert finals == reporting
    assert hours == dict.fromkeys(
        ((10, 0), (11, 0), (14, 0), (16, 0), (18, 0), (19, 30)), reporting
    )


def test_counting_opens_when_polls_close_and_the_last_word_is_a_declaration(
    moments: list[Moment],
) -> None:
    opened = next(m for m in moments if isinstance(m.submission.command, OpenCounting))
    assert opened.at == _at(0, 20)
    assert isinstance(moments[-1].submission.command, Declare)


def test_three_to_six_stand_and_most_of_them_on_a_list_as_well(whole: RehearsalNight) -> None:
    slates = whole.setting.nominations.slates
    usual = [s.candidates for name, s in slates.items() if name not in whole.setting.rare.rare()]
    assert {3, 4, 5, 6} == {len(candidates) for candidates in usual}
    people: list[Candidate] = [each for candidates in usual for each in candidates]
    dual = [each for each in people if each.dual_list is not None]
    assert 0.6 < len(dual) / len(people) < 0.9
    assert any(not each.party for each in people)
    names = "".join(each.name for each in people)
    assert all(rare in names for rare in ("髙", "﨑", "𠮷", "濵", "邊"))


def test_no_posting_is_large(whole: RehearsalNight, moments: list[Moment]) -> None:
    def size(submission: Submission) -> int:
        return len(msgspec.json.encode(submission))

    assert max(size(each) for each in whole.definitions()) < SUBMISSION_BYTES_MAX
    assert max(size(each.submission) for each in moments) < SUBMISSION_BYTES_MAX
