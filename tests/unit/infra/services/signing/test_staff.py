"""All offices in one process: who is brought in when, and the same bytes from the same seed."""

from collections import Counter

import pytest

from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.errors import SubmissionReused
from aggregates.reference.office_ids import MINISTRY_OFFICE, NATION_OFFICE
from infra.adapters.event_log import Log
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.protocols.signed_note.encoding import from_base64
from infra.services.rehearsal import RehearsalNight, national_night, play, rehearsal_night
from infra.services.rehearsal.submission_pipeline import Pipeline
from infra.services.signing.envelope import BODY_BYTES_MAX, encode_envelope
from infra.services.signing.simulated_offices import SimulatedOffices
from tests import builders as b
from tests.support import keys


def _played(seed: bytes, night: RehearsalNight) -> list[PendingSubmission]:
    sent: list[PendingSubmission] = []
    play(night, SimulatedOffices(seed, sent.append).post)
    return sent


@pytest.fixture(scope="module")
def sent() -> list[PendingSubmission]:
    """What all offices of a small night post."""
    return _played(bytes(32), national_night(scale=0.02))


def test_every_posting_is_signed_as_its_office_demands(sent: list[PendingSubmission]) -> None:
    by_office = {posting.submission.office: len(posting.signers) for posting in sent}

    two = {office for office, signed in by_office.items() if signed == 2}
    assert two == {NATION_OFFICE} | {office for office in by_office if office.startswith("pref-")}
    assert {by_office[office] for office in by_office.keys() - two} == {1}


def test_the_election_becomes_a_signed_one_with_two_founders(sent: list[PendingSubmission]) -> None:
    command = sent[0].submission.command

    assert isinstance(command, c.DefineElection)
    assert not command.election.unsigned
    assert [each.office.id for each in command.founders] == [NATION_OFFICE, MINISTRY_OFFICE]


def test_offices_are_there_before_anybody_else_posts(sent: list[PendingSubmission]) -> None:
    seen = {NATION_OFFICE, MINISTRY_OFFICE}
    for posting in sent:
        command = posting.submission.command
        assert posting.submission.office in seen
        if isinstance(command, o.ApproveKey):
            seen.add(command.office)


def test_nobody_vouches_for_a_key_it_brought_in(sent: list[PendingSubmission]) -> None:
    carriers: dict[str, str] = {}
    for posting in sent:
        match posting.submission.command:
            case o.EnrolKey() as command:
                carriers[command.key.keyid] = posting.submission.office
            case o.ApproveKey() as command:
                assert posting.submission.office not in (carriers[command.keyid], command.office)
            case _:
                pass


def test_tallies_name_the_ballot_they_were_filled_in_against(sent: list[PendingSubmission]) -> None:
    tallies = [p.submission.command for p in sent if p.submission.command.name == "post-tally"]

    assert tallies
    assert all(isinstance(t, c.PostTally) and t.ballot_sha256 is not None for t in tallies)


def test_every_office_numbers_its_postings_without_a_gap(sent: list[PendingSubmission]) -> None:
    last: Counter[str] = Counter()
    for posting in sent:
        last[posting.submission.office] += 1
        assert posting.submission.sequence == last[posting.submission.office]


def test_the_same_seed_signs_the_same_bytes_and_another_does_not() -> None:
    def bytes_of(sent: list[PendingSubmission]) -> list[bytes]:
        return [encode_envelope(each.envelope) for each in sent if each.envelope is not None]

    night = rehearsal_night("prefecture")
    sent = bytes_of(_played(bytes(32), night))

    assert sent
    assert bytes_of(_played(bytes(32), night)) == sent
    assert not set(bytes_of(_played(bytes([1]) * 32, night))) & set(sent)


def test_no_body_is_too_large_for_the_public_log(sent: list[PendingSubmission]) -> None:
    sizes = [len(from_base64(p.envelope.payload)) for p in sent if p.envelope is not None]

    assert max(sizes) <= BODY_BYTES_MAX


class TestPipeline:
    def test_what_is_gathered_is_recorded_in_order(self, log: Log) -> None:
        with Pipeline(log.writer, 4, at_once=3) as pipeline:
            staff = SimulatedOffices(bytes(32), pipeline.take)
            for number, command in enumerate(b.DISTRICT):
                sent = keys.submission(command, submission_id=f"given-{number:06d}")
                staff.post(sent)

        topics = [row.topic for row in log.reader.rows()]
        assert topics[0] == "election.defined"
        assert topics[-3:] == ["election.counting-opened", "count.opened", "count.opened"]

    def test_a_refusal_comes_out_at_the_end_at_the_latest(self, log: Log) -> None:
        pipeline = Pipeline(log.writer, 100, at_once=50)
        for name in ("house50", "house51"):
            staff = SimulatedOffices(bytes(32), pipeline.take)
            command = b.election(id=name)
            staff.post(keys.submission(command, submission_id="define-0001", election=name))

        with pytest.raises(SubmissionReused):
            pipeline.drain()
