"""A night with surveys through a real log: signed like tallies, and the same when read again."""

import pytest

from aggregates.commands.election_commands import Submission
from aggregates.errors import OutsideScope, SignatureRequired, SignerOfAnotherOffice
from api.cli.common.server import open_app_state
from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from infra.services.queries.rebuild import rebuild
from infra.services.reporting.issued_report import fold_to_position
from infra.services.signing.submission_auth import admit_unsigned
from infra.services.surveys.earlier_answers import EarlierAnswers
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.support.gwt import Command
from tests.support.posting import posting, record
from tests.support.waiting import SECONDS_MAX
from tests.unit.infra.services.signing.signed_log import prepared


def test_an_answer_is_signed_as_a_tally_is(log: Log) -> None:
    office = prepared(log)
    office.post(b.survey(), o.NATION, "nation-a")

    receipt = office.post(b.answer(), o.CENTRE, "centre-a")

    night, _ = fold_to_position(log.reader, receipt.position)
    given = night.surveys["places"].answers[b.CHIYODA].given
    assert given is not None
    assert given.provenance.envelope is not None
    assert given.provenance.envelope.signatures[0].keyid == keys.keyid("centre-a")
    with pytest.raises(OutsideScope):
        office.post(b.answer(b.CHUO), o.CENTRE, "centre-a", on_behalf=True)
    with pytest.raises(SignerOfAnotherOffice):
        office.post(b.answer(b.CHUO), o.NATION, "centre-a", on_behalf=True)
    sent = admit_unsigned(keys.submission(b.answer(usual=1, early=4), office=o.CENTRE))
    with pytest.raises(SignatureRequired):
        log.writer.take(sent).result()


def test_a_survey_night_is_the_same_when_read_again(log: Log) -> None:
    record(log, *b.DISTRICT)
    with open_app_state(log) as services:
        record(log, b.survey(), b.answer(), b.return_answer(), b.remind(b.CHIYODA, b.CHUO))
        record(log, b.tally(b.sheet({b.A: 60, b.B: 40})), b.answer(places=6, usual=4))
        assert services.live.wait_for(log.reader.last_position(), SECONDS_MAX)
        shown = services.live.read(build_report)
        before = services.live.read(lambda night: night.versions.copy())

    again, _ = fold_to_position(log.reader, log.reader.last_position())

    assert build_report(again) == shown
    assert again.versions == before
    assert rebuild(log).equal is True


def test_the_answer_of_the_election_before_is_offered(conninfo: str, log: Log) -> None:
    def told(command: Command, number: int) -> tuple[Submission, bytes]:
        return posting(f"earlier-{number}", command, election="house49")

    earlier = (b.election(id="house49", polling_day="2021-10-31"), *b.REGISTER[1:])
    with Log(conninfo, LogName("house49", "rehearsal")) as before:
        for number, command in enumerate((*earlier, b.survey(), b.answer(closed="18:00"))):
            before.writer.post(*told(command, number))
    other = [{"id": "places", "title": "数"}, {"id": "closed", "title": "数", "unit": "箇所"}]
    record(log, *b.DISTRICT, b.survey(items=other, sums={}))
    questionnaire = fold_to_position(log.reader, log.reader.last_position())[0].surveys["places"]

    answers = EarlierAnswers(log)
    found = answers.find(questionnaire.questionnaire, b.CHIYODA)
    nobody = answers.find(questionnaire.questionnaire, b.CHUO)
    answers.close()

    assert found == {"places": 5}, "a time is no number"
    assert nobody == {}


def test_the_first_election_has_nothing_before_it(log: Log) -> None:
    record(log, *b.DISTRICT, b.survey())
    night, _ = fold_to_position(log.reader, log.reader.last_position())

    assert EarlierAnswers(log).find(night.surveys["places"].questionnaire, b.CHIYODA) == {}
