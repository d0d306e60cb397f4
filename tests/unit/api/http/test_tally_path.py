"""Given a tally posted over HTTP, then docs/architecture.md names what was handed it."""

import re
from collections.abc import Iterator

import httpx
import pytest
from eventsourcing.persistence import StoredEvent
from fastapi import Request

from aggregates.base import Envelope
from aggregates.commands.command import CommandBase
from aggregates.commands.election_commands import Submission
from aggregates.counting.count import Count
from aggregates.counting.count_events import TallyEvent
from aggregates.election.tally import Tally
from api.cli.common.server import open_app_state
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from infra.adapters.event_log.pending_submission import PendingSubmission
from tests.support.module_watch import ROOT, ModuleWatch, profiled
from tests.unit.infra.services.signing.signed_log import body, prepared, sealed

SECTION = re.compile(r"^## The life of a tally\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
MODULE = re.compile(r"`([\w/]+\.py)`")
WITHOUT_LOOKING = "infra/adapters/event_log/writer_session.py"
FORMS = (
    Request, Envelope, Submission, PendingSubmission, CommandBase, Tally, TallyEvent, StoredEvent,
)  # fmt: skip
"""What a tally is on its way, beside bytes."""


class Handed(ModuleWatch):
    """Modules of ours with a function that is given a tally in any of its forms."""

    def __init__(self) -> None:
        super().__init__(self.is_tally)
        self.sent = b""

    def is_tally(self, value: object) -> bool:
        if isinstance(value, bytes):
            return bool(value) and (value == self.sent or b"post-tally" in value)
        if isinstance(value, list | tuple):
            return any(map(self.is_tally, value))
        if isinstance(value, Count):
            return bool(value.pending_events)
        return isinstance(value, FORMS)


@pytest.fixture
def handed() -> Iterator[Handed]:
    watch = Handed()
    with profiled(watch):
        yield watch


@pytest.fixture
def services(handed: Handed, log: Log) -> Iterator[AppState]:
    assert handed.modules == set()
    prepared(log)
    with open_app_state(log) as opened:
        yield opened


def test_every_module_that_hands_a_tally_on_is_named(
    handed: Handed, services: AppState, client: httpx.Client
) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = SECTION.search(page)
    assert section is not None
    path, _, asked = section[1].partition("\n### ")
    handed.sent = sealed(body(), "centre-a")
    handed.on = True

    answer = client.post(
        f"/v1/elections/{services.election}/submissions",
        content=handed.sent,
        headers={"content-type": "application/vnd.dsse+json"},
    )

    handed.on = False
    assert answer.status_code == 201
    # Which rules are asked is for aggregates to say; the page names the main ones.
    unnamed = handed.modules - set(MODULE.findall(path + asked))
    assert {name for name in unnamed if not name.startswith("aggregates/")} == set()
    # The connection is handed the work of a whole group.
    assert set(MODULE.findall(path)) - handed.modules == {WITHOUT_LOOKING}
