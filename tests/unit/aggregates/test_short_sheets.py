"""Sheets of the night that show less: votes alone, lists alone; members who have no votes."""

import msgspec
import pytest

from aggregates.counting.count import Count
from aggregates.election.identifiers import count_stream
from aggregates.election.tally import Tally
from aggregates.errors import (
    BallotsExceedElectors,
    BallotsUnstated,
    CandidateMissing,
    CommandMalformed,
    ContestMalformed,
    VotersMissing,
)
from aggregates.rules import FIRST_RULES, SECOND_RULES
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


def test_a_final_sheet_of_a_replay_leaves_out_what_nobody_published() -> None:
    unknown = {"voters": None}
    lists = (b.election(replay=True), *b.UPPER_LIST[1:], b.OPEN)
    alone = b.votes_alone(b.sheet(dict.fromkeys(FIRST, 1)))
    log = b.log_of(*lists)

    log.post(b.tally(alone | unknown, b.UPPER))

    latest = log.find(Count, count_stream(b.UPPER, b.CHIYODA)).latest
    assert latest is not None
    assert (latest.stated, latest.voters) == (None, None)
    b.log_of(*b.UPPER_LIST, b.OPEN).refuses(BallotsUnstated, b.tally(alone, b.UPPER))
    b.log_of(*lists, rules=SECOND_RULES).refuses(BallotsUnstated, b.tally(alone, b.UPPER))


def test_persons_need_their_valid_ballots_also_in_a_replay() -> None:
    """The statutory minimum follows from them (POEA 95(1)); voters are in no rule."""
    log = b.log_of(b.election(replay=True), *b.DISTRICT[1:])
    full = b.sheet(VOTES) | {"voters": None}

    log.refuses(BallotsUnstated, b.tally(b.votes_alone(b.sheet(VOTES))))
    log.post(b.tally(full))
    b.log_of(*b.DISTRICT).refuses(VotersMissing, b.tally(full))


_PLACES = [("00", "nation"), ("13", "nation"), ("00", "district")]


@pytest.mark.parametrize(("place", "kind"), _PLACES)
def test_the_nation_is_a_unit_in_a_replay_alone(place: str, kind: str) -> None:
    whole = b.unit("p00", place, kind)
    replay = b.log_of(b.election(replay=True), b.parties("ao"))

    b.log_of(*b.REGISTER).refuses(CommandMalformed, whole)
    if place == "00" and kind == "nation":
        replay.post(whole)
        mixed = b.contest(b.UPPER, ["p00"], prefectures=["00", "13"])
        replay.refuses(ContestMalformed, mixed)
        replay.post(b.contest(b.UPPER, ["p00"], prefectures=["00"]))
    else:
        replay.refuses(CommandMalformed, whole)
