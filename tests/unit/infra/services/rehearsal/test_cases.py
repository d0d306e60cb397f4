"""Given a small night, then everything that goes wrong on real nights happens in it."""

from collections import Counter

import pytest

from aggregates.counting.count import Count
from aggregates.counting.count_events import TallyCorrected, TallyFinalised, TallyPosted
from aggregates.counting.declaration import Declaration, LotDrawn, OutcomeRevised
from aggregates.counting.outcome import Outcome
from aggregates.election.contests.contest import Contest
from aggregates.election.geography import Unit
from aggregates.election.identifiers import contest_stream, count_stream, declaration_stream
from infra.services.rehearsal import RehearsalNight
from infra.services.rehearsal.scenario.injected_errors import OF_ELECTIONS, Mishap
from infra.services.rehearsal.scenario.poll import REVIEW, RehearsalPoll
from infra.services.rehearsal.timetable import PAUSED, RESUMED, around_the_pause
from tests.unit.infra.services.rehearsal.recording import Recording


def struck(night: RehearsalNight, mishap: Mishap) -> RehearsalPoll:
    """A poll that it happened to."""
    serials = [serial for serial, what in night.setting.mishaps.items() if what is mishap]
    return night.setting.polls[serials[0]]


def course(recorded: Recording, poll: RehearsalPoll) -> list[str]:
    """Topics of a count, in order."""
    stream = count_stream(poll.contest, poll.unit)
    return [event.TOPIC for event in recorded.events if event.originator_id == stream]


def outcome(recorded: Recording, contest: str) -> Outcome:
    """What was declared."""
    found = recorded.get(Declaration, declaration_stream(contest)).outcome
    assert found is not None
    return found


@pytest.mark.slow  # a whole nation
def test_every_mishap_happens_in_the_whole_nation_and_in_a_small_night(
    small: RehearsalNight, whole: RehearsalNight
) -> None:
    assert set(small.setting.mishaps.values()) == set(OF_ELECTIONS)
    assert Counter(whole.setting.mishaps.values()) == {each: each.value[1] for each in OF_ELECTIONS}


def test_two_figures_swapped_are_corrected_after_confirmation(
    small: RehearsalNight, recorded: Recording
) -> None:
    poll = struck(small, Mishap.SWAPPED)
    assert course(recorded, poll)[-4:] == [
        "count.tally-finalised",
        "count.confirmed",
        "count.tally-corrected",
        "count.confirmed",
    ]
    stream = count_stream(poll.contest, poll.unit)
    wrong, right = (
        event.tally
        for event in recorded.events
        if isinstance(event, TallyFinalised | TallyCorrected) and event.originator_id == stream
    )
    assert sorted(wrong.votes.values()) == sorted(right.votes.values())
    assert wrong.votes != right.votes


def test_absentee_votes_left_out_differ_from_the_turnout(
    small: RehearsalNight, recorded: Recording
) -> None:
    poll = struck(small, Mishap.ABSENTEE_LEFT_OUT)
    final = next(
        event
        for event in recorded.events
        if isinstance(event, TallyFinalised) and event.unit == poll.unit
    )
    assert (final.tally.voters or 0) < poll.voters
    assert "voters-differ-from-turnout" in {notice.code for notice in final.notices}


def test_a_slipped_digit_in_an_interim_is_noticed_and_put_right(
    small: RehearsalNight, recorded: Recording
) -> None:
    poll = struck(small, Mishap.SLIPPED_DIGIT)
    stream = count_stream(poll.contest, poll.unit)
    reports = [
        event
        for event in recorded.events
        if isinstance(event, TallyPosted | TallyCorrected) and event.originator_id == stream
    ]
    place = next(n for n, event in enumerate(reports) if isinstance(event, TallyCorrected))
    assert not reports[place].is_final
    assert "digit-jump" in {notice.code for notice in reports[place - 1].notices}


def test_counts_are_returned_and_posted_anew_or_stand(
    small: RehearsalNight, recorded: Recording
) -> None:
    assert course(recorded, struck(small, Mishap.RETURNED))[-3:] == [
        "count.returned",
        "count.tally-corrected",
        "count.confirmed",
    ]
    assert course(recorded, struck(small, Mishap.RETURNED_STANDS))[-2:] == [
        "count.returned",
        "count.confirmed",
    ]
    again = course(recorded, struck(small, Mishap.RETURNED_INTERIM))
    place = again.index("count.returned")
    assert again[place - 1] == again[place + 1] == "count.tally-posted"


def test_more_ballots_than_voters_come_with_a_remark(
    small: RehearsalNight, recorded: Recording
) -> None:
    poll = struck(small, Mishap.MORE_BALLOTS)
    count = recorded.get(Count, count_stream(poll.contest, poll.unit))
    assert count.latest is not None
    assert count.latest.taken_away < 0
    final = next(
        event
        for event in recorded.events
        if isinstance(event, TallyFinalised) and event.unit == poll.unit
    )
    notice = next(each for each in final.notices if each.code == "taken-away-negative")
    assert notice.reason


def test_late_and_missing_units_post_nothing_but_the_final(
    small: RehearsalNight, recorded: Recording
) -> None:
    for mishap in (Mishap.LATE, Mishap.MISSING):
        assert course(recorded, struck(small, mishap)) == [
            "count.opened",
            "count.tally-finalised",
            "count.confirmed",
        ]


def test_forgotten_overseas_voters_are_added_to_the_turnout(
    small: RehearsalNight, recorded: Recording
) -> None:
    poll = struck(small, Mishap.OVERSEAS_FORGOTTEN)
    corrected = [e for e in recorded.events if e.TOPIC == "turnout.corrected"]
    assert [getattr(event, "unit", "") for event in corrected] == [poll.unit]
    assert [getattr(event, "figures", None) for event in corrected] == [poll.figures]


def test_a_correction_after_the_declaration_revises_it(
    small: RehearsalNight, recorded: Recording
) -> None:
    poll = struck(small, Mishap.FOUND_AFTER_DECLARATION)
    revised = [event for event in recorded.events if isinstance(event, OutcomeRevised)]
    assert [event.contest for event in revised] == [poll.contest]
    before = next(
        event
        for event in recorded.events
        if event.TOPIC == "declaration.declared" and getattr(event, "contest", "") == poll.contest
    )
    assert getattr(before, "totals", None) != revised[0].totals


def test_an_exact_tie_is_decided_by_lot(small: RehearsalNight, recorded: Recording) -> None:
    tied = small.setting.rare.tied
    lots = [event for event in recorded.events if isinstance(event, LotDrawn)]
    assert tied in {event.contest for event in lots}
    totals = recorded.get(Declaration, declaration_stream(tied)).totals
    assert totals is not None
    first, second, *_ = sorted(totals.votes.values(), reverse=True)
    assert first == second


def test_one_alone_is_elected_without_a_poll(small: RehearsalNight, recorded: Recording) -> None:
    contest = small.setting.rare.uncontested
    assert outcome(recorded, contest).uncontested
    assert not any(
        isinstance(event, TallyFinalised) and event.contest == contest for event in recorded.events
    )


def test_nobody_reaches_the_minimum_somewhere(small: RehearsalNight, recorded: Recording) -> None:
    found = outcome(recorded, small.setting.rare.nobody)
    assert (found.elected, found.vacant) == ((), 1)


def test_the_dead_candidate_is_on_no_sheet(small: RehearsalNight, recorded: Recording) -> None:
    rare = small.setting.rare
    contest = recorded.get(Contest, contest_stream(rare.bereaved))
    (dead,) = contest.withdrawn
    assert contest.withdrawn[dead] == "died"
    assert dead not in contest.votable()


def test_two_prefectures_post_as_one_unit_on_behalf_of_theirs(
    small: RehearsalNight, recorded: Recording
) -> None:
    units = {
        unit.code: unit
        for event in recorded.events
        for unit in getattr(event, "units", ())
        if isinstance(unit, Unit)
    }
    assert units["p31"].kind == units["p39"].kind == "prefecture"
    assert "p31" in small.setting.facts[REVIEW].units
    assert "p39" in small.setting.facts["house-block/shikoku"].units
    behalf = {
        getattr(event, "unit", "")
        for event in recorded.events
        if event.provenance.on_behalf and isinstance(event, TallyFinalised)
    }
    assert behalf == {"p31", "p39", struck(small, Mishap.ON_BEHALF).unit}


def test_namesakes_share_ballots_by_the_law(small: RehearsalNight) -> None:
    made = small.setting
    contest = min(made.rare.namesakes)
    first, second = made.nominations.slates[contest].sharers
    families = [
        each.name.split()[0]
        for each in made.nominations.slates[contest].candidates
        if each.id in {first, second}
    ]
    assert len(set(families)) == 1
    for poll in made.polls:
        if poll.contest == contest:
            sheet = made.sheets[poll.serial]
            assert (
                sum(sheet.votes.values()) + sheet.cut + sheet.nobody
                == sheet.require_stated().valid * 1000
            )
            assert all(sheet.votes[each] % 1000 for each in (first, second)) == bool(sheet.cut)


def test_reception_is_paused_and_nothing_is_posted_meanwhile(
    small: RehearsalNight, recorded: Recording
) -> None:
    phases = [e.TOPIC for e in recorded.events if e.TOPIC.startswith("election.reception")]
    assert phases == ["election.reception-paused", "election.reception-resumed"]
    commands = [type(moment.submission.command).__name__ for moment in small.timeline()]
    paused, resumed = commands.index("PauseReception"), commands.index("ResumeReception")
    assert resumed == paused + 1


def test_moments_keep_their_order_around_the_pause() -> None:
    seconds = [PAUSED - 1 + quarter / 4 for quarter in range(4 * (RESUMED - PAUSED + 600))]
    moved = [around_the_pause(at) for at in seconds]
    assert moved == sorted(moved)
    assert not any(PAUSED <= at <= RESUMED for at in moved)
