"""Given a tally posted over HTTP, then docs/architecture.md names what was handed it."""

import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

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
from tests.unit.infra.services.signing.signed_log import body, prepared, sealed

ROOT = Path(__file__).parents[4]
PACKAGES = ("aggregates", "projections", "infra", "api")
SECTION = re.compile(r"^## The life of a tally\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
MODULE = re.compile(r"`([\w/]+\.py)`")
WITHOUT_LOOKING = "infra/adapters/event_log/writer_session.py"
FORMS = (
    Request, Envelope, Submission, PendingSubmission, CommandBase, Tally, TallyEvent, StoredEvent,
)  # fmt: skip
"""What a tally is on its way, beside bytes."""


class Handed:
    """Modules of ours with a function that is given a tally in any of its forms."""

    def __init__(self) -> None:
        self.on = False
        self.modules: set[str] = set()
        self.sent = b""

    def watch(self, frame: FrameType, event: str, _: object) -> None:
        if not self.on or event != "call":
            return
        # Who follows the log reads the event after it is recorded.
        if threading.current_thread().name.startswith(("live-night", "past")):
            return
        path = Path(frame.f_code.co_filename)
        if not path.is_relative_to(ROOT) or path.relative_to(ROOT).parts[0] not in PACKAGES:
            return
        code = frame.f_code
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if any(self.is_tally(frame.f_locals.get(name)) for name in names):
            self.modules.add(path.relative_to(ROOT).as_posix())

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
    watching = Handed()
    threading.setprofile(watching.watch)
    sys.setprofile(watching.watch)
    yield watching
    sys.setprofile(None)
    threading.setprofile(None)


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
