"""The digest that a live process leaves: compared with documents of the same format only."""

import pytest

from infra.adapters.event_log import Log
from infra.services.queries import shutdown_digest
from infra.services.queries.rebuild import rebuild
from infra.services.queries.shutdown_digest import leave_digest
from infra.services.reporting.issued_report import fold_to_position
from projections.documents.document_format import DOCUMENT_FORMAT, FIRST_FORMAT
from tests import builders as b
from tests.support.posting import record


def leave(log: Log) -> None:
    record(log, *b.DISTRICT)
    leave_digest(log, fold_to_position(log.reader, log.reader.last_position())[0])


def test_a_digest_names_the_format_and_is_compared(log: Log) -> None:
    leave(log)
    found = rebuild(log)
    assert found.format == found.live_format == DOCUMENT_FORMAT
    assert found.equal is True


def test_a_digest_of_documents_in_another_format_is_not_compared(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutdown_digest, "DOCUMENT_FORMAT", FIRST_FORMAT)
    leave(log)
    found = rebuild(log)
    assert (found.format, found.live_format) == (DOCUMENT_FORMAT, FIRST_FORMAT)
    assert found.equal is None
