"""A submission id belongs to the office that uses it."""

import msgspec
import pytest

from infra.adapters.event_log import Log
from tests import builders as b
from tests.support import offices as o
from tests.support.posting import posting, record
from tests.unit.infra.services.signing.signed_log import FINAL, prepared, with_ballot

INTERIM = b.tally(b.sheet({b.A: 6, b.B: 4}), final=False)


@pytest.fixture
def counting(log: Log) -> Log:
    """A log in which counting is open."""
    record(log, *b.DISTRICT)
    return log


def test_the_id_of_another_office_is_another_id(log: Log) -> None:
    # Given a foreign office that has guessed an id and taken it first
    signed, taken = prepared(log), "centre-000001"
    signed.post(
        {"command": "note-change", "note": "先取り"}, o.NATION, "nation-a", submission_id=taken
    )

    # When the office whose id it is posts its count under it
    receipt = signed.post(with_ballot(FINAL), o.CENTRE, "centre-a", submission_id=taken)

    # Then the count is recorded
    assert not receipt.repeated
    assert dict(log.reader.events())[receipt.position].provenance.office == o.CENTRE


def test_both_are_told_apart_within_one_group(counting: Log) -> None:
    note = {"command": "note-change", "note": "確認"}
    sent = [posting("same-00001", note, office=office) for office in (o.NATION, o.SECOND)]
    waiting = [counting.writer.submit(*each) for each in (*sent, *sent)]
    answers = [each.result() for each in waiting]
    assert answers[2] == msgspec.structs.replace(answers[0], repeated=True)
    assert answers[3] == msgspec.structs.replace(answers[1], repeated=True)
    assert answers[1] != answers[2]
