"""Figures for the unit of another office: two persons vouch for what neither has counted."""

import pytest

from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream
from aggregates.errors import SubstituteAlone
from tests import builders as b
from tests.support import offices as o
from tests.support.gwt import Command, Log

SHEET = b.sheet({b.A: 6, b.B: 4})
POLLED = b.figures((60, 60), (5, 5))
ALONE = (o.keyid("nation-a"),)
BOTH = (o.keyid("nation-a"), o.keyid("nation-b"))


@pytest.fixture
def log() -> Log:
    """Counting; the nation's postings are signed by one person."""
    return b.log_of(o.founded(), *b.REGISTER[1:], *o.OFFICES, *b.DISTRICT[len(b.REGISTER) :])


def telephoned(log: Log, command: Command) -> Command:
    """The command, naming the ballot that the sheet belongs to."""
    digest = log.find(Contest, contest_stream(b.DISTRICT_1)).ballot_sha256
    return {**command, "ballot_sha256": digest, "typists": BOTH}


def test_two_persons_sign_for_another_although_one_signs_for_the_office(log: Log) -> None:
    tally = telephoned(log, b.tally(SHEET))

    refusal = log.refuses(SubstituteAlone, tally, on_behalf=True, signers=ALONE)
    assert refusal.facts == {"office": o.NATION, "signed": 1}

    [event] = log.post(tally, on_behalf=True, signers=BOTH)
    assert event.provenance.on_behalf


def test_corrections_and_turnout_for_another_are_no_exception(log: Log) -> None:
    for first in (b.tally(SHEET), b.turnout(POLLED)):
        log.post(first, on_behalf=True)
    corrected = telephoned(log, b.correction(b.sheet({b.A: 5, b.B: 5})))
    later = b.turnout_correction(b.figures((60, 60), (4, 6)))

    for command in (corrected, later):
        log.refuses(SubstituteAlone, command, on_behalf=True, signers=ALONE)
        assert log.post(command, on_behalf=True, signers=BOTH)


def test_what_is_ones_own_is_signed_as_the_office_signs(log: Log) -> None:
    log.given(o.enrol(o.CENTRE, "centre-a"))
    log.post(o.approve(o.CENTRE, "centre-a"), office=o.SECOND)

    own = {**telephoned(log, b.tally(SHEET)), "typists": []}
    assert log.post(own, office=o.CENTRE, signers=(o.keyid("centre-a"),))
    assert log.post(b.NOTE, signers=ALONE)


def test_an_unsigned_rehearsal_needs_no_keys(log: Log) -> None:
    assert log.post(b.tally(SHEET), on_behalf=True)
