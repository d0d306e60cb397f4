"""Sheets of the night that show less: votes alone, lists alone; members who have no votes."""

import msgspec
import pytest

from aggregates.counting.count import Count
from aggregates.election.identifiers import count_stream
from aggregates.election.tally import Tally
from aggregates.errors import BallotsExceedElectors, CandidateMissing
from aggregates.rules import FIRST_RULES
from infra.adapters.event_log.event_codec import canonical
from tests import builders as b

VOTES = {b.A: 500, b.B: 400}
ALONE = b.tally(b.votes_alone(b.sheet(VOTES)), final=False)
FIRST = ("ao", "ao-1", "ao-2", "aka", "aka-1", "aka-2")


def test_what_an_interim_sheet_does_not_show_is_unknown() -> None:
    log = b.log_of(*b.DISTRICT)

    log.post(ALONE)

    latest = log.find(Count, count_stream(b.DISTRICT_1, b.CHIYODA)).latest
    assert latest is not None
    assert latest.stated is None
    assert (latest.valid, latest.ballots_at_least) == (None, 900)


def test_the_full_sheet_follows_the_votes_alone() -> None:
    log = b.log_of(*b.DISTRICT, ALONE)

    log.post(b.tally(b.sheet(VOTES, invalid=10), as_of=b.AT_23))

    latest = log.find(Count, count_stream(b.DISTRICT_1, b.CHIYODA)).latest
    assert latest is not None
    assert latest.ballots == 910


def test_votes_alone_are_within_the_electors() -> None:
    log = b.log_of(*b.DISTRICT, b.turnout(b.figures((400, 499), (0, 0)), final=False))

    log.refuses(BallotsExceedElectors, ALONE)


def test_members_of_the_priority_frame_have_no_line_on_a_sheet() -> None:
    log = b.log_of(*b.UPPER_LIST, b.OPEN)

    log.post(b.tally(b.sheet(dict.fromkeys(FIRST, 1)), b.UPPER))
    log.refuses(CandidateMissing, b.tally(b.sheet(dict.fromkeys(FIRST[:-1], 1)), b.UPPER, b.CHUO))


def test_under_the_first_rules_they_have_one() -> None:
    log = b.log_of(*b.UPPER_LIST, b.OPEN, rules=FIRST_RULES)

    log.refuses(CandidateMissing, b.tally(b.sheet(dict.fromkeys(FIRST, 1)), b.UPPER))
    log.post(b.tally(b.sheet({**dict.fromkeys(FIRST, 1), "ao-first": 7}), b.UPPER))


@pytest.mark.parametrize("sheet", [b.sheet(VOTES), b.sheet(VOTES, invalid=3, cut=0, voters=903)])
def test_a_full_sheet_is_written_as_before(sheet: dict[str, object]) -> None:
    read = msgspec.convert(sheet, Tally)

    assert canonical(read) == canonical({k: v for k, v in sheet.items() if v or k == "invalid"})
