"""A count from the zero report to confirmation: posting, correcting, confirming, returning."""

import pytest

from aggregates.counting.count import Count
from aggregates.counting.count_events import TallyCorrected, TallyEvent, TallyFinalised, TallyPosted
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream, count_stream
from aggregates.errors import CandidateNotStanding, CountAlreadyFinal, ReportNotLatest
from tests import builders as b
from tests.support.gwt import Log

STREAM = count_stream(b.DISTRICT_1, b.CHIYODA)
FIRST = b.sheet({b.A: 500, b.B: 500})
LAST = b.sheet({b.A: 1200, b.B: 900}, invalid=30)
FIXED = b.sheet({b.A: 1100, b.B: 1000}, invalid=30)


@pytest.fixture
def log() -> Log:
    return b.log_of(*b.DISTRICT)


def count_of(log: Log) -> Count:
    return log.find(Count, STREAM)


def test_counting_opens_with_the_zero_report_of_every_unit(log: Log) -> None:
    assert log.store.streams("count/") == [STREAM, count_stream(b.DISTRICT_1, b.CHUO)]
    assert count_of(log).state == "none"
    assert count_of(log).latest is None


def test_interim_tallies_are_cumulative_and_the_last_one_is_the_truth(log: Log) -> None:
    log.given(b.tally(FIRST, final=False))

    [event] = log.post(b.tally(LAST, final=False, as_of=b.AT_23))

    assert isinstance(event, TallyPosted)
    assert not event.is_final
    assert count_of(log).state == "interim"
    assert count_of(log).latest == event.tally
    assert count_of(log).latest_report == 3


def test_two_reports_of_the_same_minute_follow_each_other(log: Log) -> None:
    log.given(b.tally(FIRST, final=False))

    log.post(b.tally(LAST, final=False))

    assert count_of(log).latest_report == 3


def test_a_final_tally_needs_no_interim_one(log: Log) -> None:
    [event] = log.post(b.tally(LAST))

    assert isinstance(event, TallyFinalised)
    assert event.is_final
    assert count_of(log).state == "final"


def test_a_corrected_interim_total_may_fall(log: Log) -> None:
    log.given(b.tally(LAST, final=False))

    [event] = log.post(b.correction(FIRST, final=False))

    assert isinstance(event, TallyCorrected)
    assert (event.reason, event.supersedes) == ("読み違い", 2)
    assert count_of(log).state == "interim"
    assert [notice.code for notice in event.notices] == ["option-fell", "option-fell"]


def test_a_correction_can_make_an_interim_tally_final(log: Log) -> None:
    log.given(b.tally(FIRST, final=False))

    log.post(b.correction(LAST))

    assert count_of(log).state == "final"
    log.refuses(CountAlreadyFinal, b.tally(LAST, as_of=b.AT_01))


def test_a_correction_of_a_corrected_tally_names_the_correction(log: Log) -> None:
    log.given(b.tally(LAST), b.correction(FIXED))

    log.post(b.correction(LAST, supersedes=3, as_of=b.AT_01))

    assert count_of(log).latest_report == 4


def test_a_wrong_time_is_corrected_to_an_earlier_one(log: Log) -> None:
    """A report dated tomorrow must not shut the centre out until then."""
    log.given(b.tally(FIRST, final=False, as_of="2024-10-28T22:00:00+09:00"))

    log.post(b.correction(FIRST, final=False, as_of=b.AT_22))
    log.post(b.tally(LAST, as_of=b.AT_23))

    assert count_of(log).state == "final"


def test_confirming_keeps_the_figures(log: Log) -> None:
    log.given(b.tally(LAST))
    before = count_of(log).latest

    log.post(b.confirm())

    assert count_of(log).state == "confirmed"
    assert count_of(log).latest == before


def test_the_report_that_was_looked_at_is_confirmed_and_no_other(log: Log) -> None:
    # Given a final tally that is corrected while the prefecture looks at it
    log.given(b.tally(LAST))
    looked_at = count_of(log).latest_report
    log.given(b.correction(FIXED))

    # When what was looked at is confirmed, or given back
    # Then it is refused, and the newer one may be
    for command in (b.confirm(report=looked_at), b.give_back(report=looked_at)):
        refusal = log.refuses(ReportNotLatest, command)
        assert refusal.facts == {"named": looked_at, "latest": looked_at + 1}
    log.post(b.confirm(report=looked_at + 1))

    assert count_of(log).state == "confirmed"


def test_a_correction_after_confirmation_waits_for_another_one(log: Log) -> None:
    log.given(b.tally(LAST), b.confirm())

    log.post(b.correction(FIXED))
    assert count_of(log).state == "final"

    log.post(b.confirm())
    assert count_of(log).state == "confirmed"


def test_a_returned_interim_tally_is_followed_by_the_next(log: Log) -> None:
    log.given(b.tally(FIRST, final=False), b.give_back())
    assert count_of(log).state == "returned"

    log.post(b.tally(LAST))

    assert count_of(log).state == "final"


def test_a_returned_final_tally_is_corrected_not_posted_again(log: Log) -> None:
    log.given(b.tally(LAST), b.give_back())

    log.refuses(CountAlreadyFinal, b.tally(FIXED, as_of=b.AT_23))
    log.post(b.correction(FIXED))

    assert count_of(log).state == "final"


def test_returned_figures_that_prove_right_are_confirmed_as_they_stand(log: Log) -> None:
    log.given(b.tally(LAST), b.confirm(), b.give_back())

    log.post(b.confirm())

    assert count_of(log).state == "confirmed"


def test_who_posted_for_whom_is_on_record(log: Log) -> None:
    [event] = log.post(b.tally(LAST), office="13", on_behalf=True)

    assert event.provenance.office == "13"
    assert event.provenance.on_behalf
    assert isinstance(event, TallyFinalised)
    assert event.unit == b.CHIYODA


def test_votes_of_a_withdrawn_candidate_become_invalid(log: Log) -> None:
    log.given(b.tally(FIRST, final=False), b.withdraw(b.DISTRICT_1, b.B, day=b.EVE))

    log.refuses(CandidateNotStanding, b.tally(LAST, as_of=b.AT_23))
    log.post(b.tally(b.sheet({b.A: 1200}, invalid=930), as_of=b.AT_23))

    assert count_of(log).state == "final"


def test_a_sheet_says_against_which_ballot_it_was_filled_in(log: Log) -> None:
    digest = log.find(Contest, contest_stream(b.DISTRICT_1)).ballot_sha256

    log.post(b.tally(FIRST, final=False, ballot_sha256=digest))
    log.given(b.withdraw(b.DISTRICT_1, b.B, day=b.EVE))

    assert log.find(Contest, contest_stream(b.DISTRICT_1)).ballot_sha256 != digest


def test_what_a_candidate_is_called_is_not_in_the_digest_of_the_ballot() -> None:
    """Composed or not, 髙 or 高: a sheet fits a ballot by its ids."""
    decomposed, composed = (
        b.log_of(*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A, name=name))
        for name in ("か\u3099 髙﨑", "が 高崎")
    )
    before, now = (
        log.find(Contest, contest_stream(b.DISTRICT_1)).ballot_sha256
        for log in (decomposed, composed)
    )
    assert before == now

    composed.given(b.particulars(b.DISTRICT_1, {"option": b.A, "filed_name": "が 髙崎"}), b.OPEN)
    assert composed.find(Contest, contest_stream(b.DISTRICT_1)).ballot_sha256 == now


def test_reception_goes_on_after_a_pause_and_stops_for_good(log: Log) -> None:
    log.given(b.PAUSE, b.NOTE, b.RESUME)

    log.post(b.tally(LAST))
    log.given(b.tally(LAST, unit_code=b.CHUO), b.declare(b.DISTRICT_1, b.A), b.CLOSE)

    assert log.topics()[-1] == "election.closed"


def test_turnout_is_taken_during_a_pause_and_before_counting() -> None:
    log = b.log_of(*b.REGISTER, b.contest(b.DISTRICT_1))

    log.post(b.turnout(b.figures((10, 10), (1, 2)), final=False))
    log.given(b.candidates(b.DISTRICT_1, b.A, b.B), b.OPEN, b.PAUSE)
    log.post(b.turnout(b.figures((10, 10), (5, 5))))

    assert log.topics()[-1] == "turnout.finalised"


def test_an_event_of_no_kind_is_neither_interim_nor_final(log: Log) -> None:
    [event] = log.post(b.tally(LAST))
    assert isinstance(event, TallyFinalised)

    plain = TallyEvent(
        originator_id=event.originator_id,
        originator_version=event.originator_version,
        timestamp=event.timestamp,
        provenance=event.provenance,
        contest=event.contest,
        unit=event.unit,
        as_of=event.as_of,
        tally=event.tally,
        notices=(),
    )

    with pytest.raises(NotImplementedError):
        _ = plain.is_final
