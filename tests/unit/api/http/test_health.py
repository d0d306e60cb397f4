"""Whether to read here, and what vouches for it."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from api.cli.common.server import open_app_state
from api.http.app_state import AppState
from api.http.health import health_status
from infra.adapters.event_log import Log
from infra.protocols.tlog.policy import Policy
from infra.services.sequencing.sequencing_service import Sequencing
from infra.services.sequencing.sequencing_status import read_status
from tests.support.ports import free_port
from tests.support.posting import happen
from tests.unit.api.reading import tally
from tests.unit.infra.services.sequencing.logs import place_of, witness_signer


def test_health_and_metrics_tell_position_lag_and_root(
    client: httpx.Client, services: AppState
) -> None:
    position = happen(services, tally(10, 5))

    health, metrics = client.get("/health").json(), client.get("/metrics").text

    assert (health["position"], health["lag"], health["status"]) == (position, 0, "following")
    assert health["root"] == services.live.root(position)
    assert client.head("/health").status_code == 200
    labels = '{election="house50",environment="rehearsal"}'
    assert f"kaihyo_position{labels} {float(position)}" in metrics
    assert f"kaihyo_lag{labels} 0.0" in metrics
    assert f"kaihyo_database_standby_wanted{labels} 0.0" in metrics
    assert f"kaihyo_database_standbys{labels} 0.0" in metrics
    assert f"kaihyo_database_held_bytes{labels} 0.0" in metrics


def test_who_falls_behind_is_not_well_and_says_so(log: Log, services: AppState) -> None:
    # Given a process that stands still while the log goes on
    with open_app_state(log) as stuck:
        stuck.live._follower.stop()
        stuck.live._thread.join()
        last = happen(services, tally(10, 5))

        # When a moment has passed, it is no reason to leave; a minute is
        fresh, old = health_status(stuck), health_status(stuck, In(60))

    assert (fresh.status, fresh.lag, fresh.reason) == ("following", 1, "")
    assert (old.status, old.lag, old.recorded, old.position) == ("behind", 1, last, last - 1)
    assert "別のサーバ" in old.reason
    assert health_status(services, In(60)).status == "following"


def test_who_cannot_reach_the_log_cannot_tell(services: AppState, client: httpx.Client) -> None:
    services.log.reader._conninfo = "host=127.0.0.1 port=1 connect_timeout=1"
    services.log.reader.close()

    answer = client.get("/health")

    assert answer.status_code == 503
    assert (answer.json()["status"], answer.json()["recorded"]) == ("unknown", None)
    assert "分かりません" in answer.json()["reason"]
    metrics = client.get("/metrics").text
    assert "kaihyo_following" in metrics
    assert "kaihyo_database" not in metrics


def test_a_follower_that_ended_is_not_well(services: AppState, client: httpx.Client) -> None:
    services.live.failure = RuntimeError("the fold broke")
    answer = client.get("/health")
    services.live.failure = None

    assert answer.status_code == 503
    assert (answer.json()["status"], answer.json()["fault"]) == ("stopped", "the fold broke")
    assert "別のサーバ" in answer.json()["reason"]


# --- what vouches for the log ------------------------------------------------------------------


@pytest.fixture
def sequencing(services: AppState, tmp_path: Path) -> Iterator[Sequencing]:
    """A sequencer that steps when the test says so, with a witness that cannot be reached."""
    place = place_of(services.log, tmp_path)
    witness = witness_signer(1).verifier
    policy = Policy.parse(
        f"witness w1 {witness} http://127.0.0.1:{free_port()}\ngroup all all w1\nquorum all\n"
    )
    found = Sequencing(services.log, place, policy=policy)
    services.public = place.public
    yield found
    found.close()


def test_health_tells_what_vouches_for_the_log(
    services: AppState, client: httpx.Client, sequencing: Sequencing
) -> None:
    size = sequencing.catch_up().size
    position = happen(services, tally(10, 5))

    health = client.get("/health")

    # Readers may read: the figures are right, less vouches for them
    assert health.status_code == 200
    found = health.json()["transparency"]
    assert (found["size"], found["lag"], found["root"]) == (size, 1, services.live.root(size))
    assert position == size + 1
    assert (found["state"], found["degraded"], found["quorum"]) == ("running", True, "missing")
    assert (found["witnesses"], set(found["missing"])) == (0, {"w1"})
    assert "証人" in found["reason"]
    assert found["age_seconds"] < 20
    metrics = client.get("/metrics").text
    labels = '{election="house50",environment="rehearsal"}'
    assert f"kaihyo_checkpoint_size{labels} {float(size)}" in metrics
    assert f"kaihyo_checkpoint_degraded{labels} 1.0" in metrics
    assert f"kaihyo_checkpoint_age_seconds{labels}" in metrics


def test_two_roots_of_one_size_take_a_server_out_of_service(
    client: httpx.Client, sequencing: Sequencing
) -> None:
    """What it read of the log is not what the checkpoint covers: nobody knows which is right."""
    sequencing.catch_up()
    path = sequencing._place.public / "checkpoint"
    origin, size, _, *signatures = path.read_text().split("\n")
    other = base64.b64encode(bytes(32)).decode()
    path.write_text("\n".join([origin, size, other, *signatures]))

    answer = client.get("/health")

    assert answer.status_code == 503
    found = answer.json()
    assert found["status"] == "forked"
    assert (found["transparency"]["degraded"], found["transparency"]["roots_differ"]) == (
        True,
        True,
    )
    assert "食い違" in found["transparency"]["reason"]
    labels = '{election="house50",environment="rehearsal"}'
    assert f"kaihyo_roots_differ{labels} 1.0" in client.get("/metrics").text


def test_a_log_that_fell_silent_has_failed_whatever_it_said_last(
    services: AppState, client: httpx.Client, sequencing: Sequencing
) -> None:
    sequencing.catch_up()
    public = services.public
    assert public is not None
    status = read_status(public)
    assert status is not None
    long_ago = msgspec.structs.replace(status, published_at=In(-60).now(), degraded=False)
    (public / "status.json").write_bytes(long_ago.encode())

    told = client.get("/v1/elections/house50/log/status.json").json()
    found = client.get("/health").json()["transparency"]

    assert (told["state"], told["degraded"]) == ("failed", True)
    assert "kaihyo sequence" in told["failure"]
    assert told["failure"] == found["reason"]
    assert found["age_seconds"] >= 60


class In:
    """A clock so many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._seconds)
