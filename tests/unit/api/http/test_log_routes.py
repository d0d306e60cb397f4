"""The transparency log over HTTP: the bytes of its public folder, and receipts that verify."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import serve_in_background
from api.http.app_state import AppState
from infra.protocols.signed_note.note import Verifier
from infra.protocols.tlog.tiles import tree_tiles
from infra.runtime.settings import Settings
from infra.services.auditing.receipt_audit import verify_receipt
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from tests import builders as b
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import happen

BASE = "/v1/elections/house50"


@pytest.fixture
def sequencing(services: AppState, tmp_path: Path) -> Iterator[Sequencing]:
    """A sequencer that steps when the test says so."""
    place = LogPlace.of(Settings(data=tmp_path), services.log.name)
    found = Sequencing(services.log, place)
    services.public = place.public
    yield found
    found.close()


@pytest.fixture
def client(services: AppState, sequencing: Sequencing) -> Iterator[httpx.Client]:
    assert sequencing.checkpoint.size == 0
    with (
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as opened,
    ):
        yield opened


def test_every_public_file_is_served_as_it_lies(
    client: httpx.Client, services: AppState, sequencing: Sequencing
) -> None:
    size = sequencing.catch_up().size
    public = services.public
    assert public is not None
    names = ["checkpoint", "checkpoints", "key", "status.json"]
    for name in (*names, *(tile.path for tile in tree_tiles(size))):
        answer = client.get(f"{BASE}/log/{name}")
        assert answer.content == (public / name).read_bytes(), name
        assert answer.headers["access-control-allow-origin"] == "*"
        cached = "immutable" if name.startswith("tile/") else "max-age=1"
        assert cached in answer.headers["cache-control"]
    assert client.get(f"{BASE}/log/checkpoint").headers["content-type"].startswith("text/plain")
    assert client.get(f"{BASE}/log/1").json()["position"] == 1


def test_a_receipt_verifies_without_the_server(
    client: httpx.Client, sequencing: Sequencing
) -> None:
    sequencing.catch_up()
    key = Verifier.parse(client.get(f"{BASE}/log/key").text.strip())
    found = verify_receipt("receipt", client.get(f"{BASE}/receipts/3").content, key, None)
    assert found.position == 3
    assert found.size == sequencing.checkpoint.size
    assert found.submission


def test_the_answer_to_a_posting_names_its_receipt(
    client: httpx.Client, sequencing: Sequencing
) -> None:
    body = {
        "election": "house50",
        "environment": "rehearsal",
        "office": "nation",
        "submission_id": "with-a-receipt",
        "command": b.tally(b.sheet({b.A: 1, b.B: 1}), final=False),
    }
    posted = client.post(f"{BASE}/submissions", json=body)
    assert posted.status_code == 201, posted.text
    link = posted.links["receipt"]["url"]
    early = client.get(link)
    assert early.status_code == 503
    assert early.headers["retry-after"] == "1"
    sequencing.catch_up()
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/receipts/9999",
        "/log/tile/0/999",
        "/log/tile/0/000.p/300",
        "/log/tile/..%2f..%2fprivate-key",
        "/log/tile/entries/..%2f..%2fkey",
        "/log/tile/99/000",
    ],
)
def test_what_is_not_there_is_not_found(
    client: httpx.Client, sequencing: Sequencing, path: str
) -> None:
    sequencing.catch_up()
    assert client.get(f"{BASE}{path}").status_code == 404


def test_another_election_and_a_house_without_a_log(
    client: httpx.Client, services: AppState, sequencing: Sequencing
) -> None:
    sequencing.catch_up()
    assert client.get("/v1/elections/house51/log/checkpoint").status_code == 404
    services.public = None
    assert client.get(f"{BASE}/log/checkpoint").status_code == 404


def test_the_log_grows_while_it_is_read(
    client: httpx.Client, services: AppState, sequencing: Sequencing
) -> None:
    before = client.get(f"{BASE}/log/checkpoint").text
    happen(services, b.tally(b.sheet({b.A: 2, b.B: 1}), final=False))
    sequencing.catch_up()
    time.sleep(0.05)
    assert client.get(f"{BASE}/log/checkpoint").text != before
