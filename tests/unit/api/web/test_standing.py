"""Figures that stand still and signatures that stop are said on every page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from api.http.app_state import AppState
from api.web.staleness import LATE_SECONDS, FreshnessMonitor
from infra.adapters.event_log import Log
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.sequencing.log_location import STATUS
from infra.services.sequencing.sequencing_status import Status
from infra.services.sequencing.witness_client import WitnessQuorum
from tests import builders as b
from tests.support.lines import client_of
from tests.support.posting import record
from tests.support.waiting import wait_until

NOW = datetime(2024, 10, 27, 14, 0, tzinfo=UTC)


class Still:
    """A clock that stands at NOW."""

    def now(self) -> datetime:
        return NOW


class Stopwatch:
    """Seconds that go on when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def publish_status(folder: Path, *, age: float = 1.0, **facts: object) -> Path:
    usual = {
        "origin": "kaihyo.example/log/house50", "state": "running", "degraded": False, "size": 9,
        "published_at": NOW - timedelta(seconds=age), "quorum": WitnessQuorum(),
    }  # fmt: skip
    (folder / STATUS).write_bytes(Status(**{**usual, **facts}).encode())  # type: ignore[arg-type]
    return folder


def test_entries_that_are_not_shown_for_seconds_make_the_figures_late(log: Log) -> None:
    record(log, *b.DISTRICT)
    live, watch = LiveReadModel(log), Stopwatch()
    looking = FreshnessMonitor(live, lambda: None, seconds=watch)
    assert looking.standing().figures == "fresh"

    watch.seconds += LATE_SECONDS + 1
    late = looking.standing()

    assert (late.figures, late.behind) == ("late", log.reader.last_position())
    assert late.token
    live.start()
    watch.seconds += 2
    assert looking.standing().figures == "fresh"
    live.stop()


def test_one_reader_a_second_looks_again_and_the_others_do_not_wait(log: Log) -> None:
    record(log, *b.DISTRICT)
    watch = Stopwatch()
    looking = FreshnessMonitor(LiveReadModel(log), lambda: None, seconds=watch)
    assert [looking.known_token() for _ in range(2)] == [None, None]

    looking.standing()
    assert not looking.known_token()
    watch.seconds += 1.5
    assert [looking.known_token() for _ in range(3)] == [None, "", ""]
    watch.seconds += 0.5
    # Who went has not come back: nobody believes it any longer.
    assert [looking.known_token() for _ in range(2)] == [None, None]

    looking.standing()
    watch.seconds += 1
    assert [looking.known_token() for _ in range(2)] == [None, ""]


def test_a_moment_behind_is_not_late(log: Log) -> None:
    record(log, *b.DISTRICT)
    watch = Stopwatch()
    looking = FreshnessMonitor(LiveReadModel(log), lambda: None, seconds=watch)

    looking.standing()
    watch.seconds += LATE_SECONDS - 1

    assert looking.standing().figures == "fresh"


@pytest.mark.parametrize(
    ("facts", "age", "expected"),
    [
        ({}, 1, "running"),
        ({}, 3600, "stopped"),
        ({"state": "failed"}, 1, "stopped"),
        ({"quorum": WitnessQuorum(state="missing", missing={"w": "no answer"})}, 1, "unwitnessed"),
    ],
)
def test_signing_is_told_by_what_the_log_publishes(
    log: Log, tmp_path: Path, facts: dict[str, object], age: float, expected: str
) -> None:
    public = publish_status(tmp_path, age=age, **facts)

    found = FreshnessMonitor(LiveReadModel(log), lambda: public, Still()).standing()

    assert found.signing == expected
    assert bool(found.token) == (expected != "running")


def test_every_page_says_that_signing_has_stopped_and_since_when(
    client: httpx.Client, services: AppState, tmp_path: Path
) -> None:
    tag = client.get("/").headers["etag"]

    services.public = publish_status(tmp_path, age=0)
    moved = client_of(str(client.base_url))
    with moved:
        # Asked at most once a second: the first answer after that has it.
        wait_until(lambda: "署名が止まっています" in moved.get("/turnout").text)
        page = moved.get("/turnout").text

    assert "2024-10-27 23:00:00" in page
    assert client.get("/").headers["etag"] != tag
    audit = client.get("/audit").text
    assert "止まっています" in audit
    assert "証人は置かれていません" in audit
