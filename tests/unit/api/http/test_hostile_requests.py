"""Requests made to break something: answered with a problem, and nothing is recorded."""

import contextlib
import socket
from collections.abc import Iterator
from datetime import timedelta

import httpx
import msgspec
import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http import request_bodies
from api.http.app_state import AppState
from api.http.limits.held_bytes import HeldBytes
from infra.adapters.event_log import Log
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.unit.api.http.test_submissions import DOOR, body
from tests.unit.api.reading import require_problem, tally

JSON = {"content-type": "application/json"}
ENVELOPE = {"content-type": "application/vnd.dsse+json"}
DEEP = b'{"a":' * 20_000 + b"1" + b"}" * 20_000
DIGITS = b"9" * 4400
NOTE = msgspec.json.encode(body({"command": "note-change", "note": "甲"}))
HOSTILE = {
    "opened objects": DEEP,
    "opened lists": b"[" * 400_000,
    "nested in a member that is known": NOTE.replace(b'"house50"', DEEP),
    "nested in the command": NOTE.replace(b'"note-change"', DEEP),
    "nested in an envelope": b'{"payload":"","payloadType":"x","signatures":' + b"[" * 9_000 + b"}",
    "digits without end": NOTE[:-1] + b',"sequence":' + DIGITS + b"}",
    "digits below zero": NOTE[:-1] + b',"sequence":-' + DIGITS + b"}",
    "an exponent without measure": NOTE[:-1] + b',"sequence":1e999999999}',
    "digits in a member that is unknown": b'{"x":' + DIGITS + b"}",
    "a member twice": NOTE[:-1] + b',"office":"pref-13"}',
    "the note twice": NOTE.replace(b'"note":', b'"note":"\\u4e59","note":'),
    "a payload twice": b'{"payload":"e30=","payload":"e30=","payloadType":"x","signatures":[]}',
    "half a character": NOTE.replace(b'"note":"', b'"note":"\xe7\x94'),
    "half a pair": NOTE.replace(b'"note":"', b'"note":"\\ud800'),
    "nothing": b"",
}


def begun(client: httpx.Client) -> tuple[str, int]:
    """Where a server listens that has begun to answer."""
    client.get("/health")
    return client.base_url.host, client.base_url.port or 0


@pytest.fixture
def settled(services: AppState) -> Iterator[None]:
    """Nothing may be recorded meanwhile, and the server is well afterwards."""
    before = services.log.reader.last_position()
    yield
    assert services.log.reader.last_position() == before, "something was recorded"


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("headers", [JSON, ENVELOPE], ids=["json", "envelope"])
@pytest.mark.parametrize("path", [DOOR, "/v1/elections/house50/sessions"], ids=["post", "session"])
def test_hostile_json_is_refused_with_a_problem(
    client: httpx.Client, headers: dict[str, str], path: str
) -> None:
    for content in HOSTILE.values():
        answer = client.post(path, content=content, headers=headers)
        assert 400 <= answer.status_code < 500, answer.text
        require_problem(answer, answer.status_code)
    assert client.get("/health").json()["status"] == "following"


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "path", [DOOR, "/v1/elections/house50/sessions", "/centre/data/rows"]
)  # fmt: skip
def test_a_request_that_is_cut_off_is_no_failure(
    client: httpx.Client, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    host, port = begun(client)
    for _ in range(3):
        with socket.create_connection((host, port)) as line:
            line.sendall(
                f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                f'Content-Length: 1000\r\n\r\n{{"election":'.encode()
            )

    assert client.get("/health").json()["status"] == "following"
    said = capfd.readouterr()
    assert "Traceback" not in said.err + said.out
    assert "http.failed" not in said.err + said.out


@pytest.mark.usefixtures("settled")
def test_a_request_that_stands_still_is_given_up(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_bodies, "BODY_SECONDS_MAX", 0.2)
    with socket.create_connection(begun(client)) as line:
        line.sendall(
            f"POST {DOOR} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            f'Content-Length: 1000\r\n\r\n{{"election":'.encode()
        )
        line.settimeout(10)
        answer = line.recv(4096)

    assert answer.startswith(b"HTTP/1.1 408 ")


@pytest.mark.usefixtures("settled")
def test_unfinished_bodies_have_a_bound_in_memory(client: httpx.Client, services: AppState) -> None:
    services.bodies = HeldBytes(bytes_max=1000)
    answer = client.post(DOOR, content=b"x" * 2000, headers=JSON)
    require_problem(answer, 503)
    assert answer.headers["retry-after"] == "5"

    services.bodies = HeldBytes()
    assert client.post(DOOR, content=b"x" * 2000, headers=JSON).status_code == 422


@contextlib.contextmanager
def full_disk(log: Log) -> Iterator[None]:
    """A database that answers every insertion as one with a full disk does."""
    table = SQL("{}.stored_events").format(Identifier(log.name.schema))
    refuse = SQL(
        "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device'"
        " USING ERRCODE = 'disk_full'; END $$"
    )
    trigger = SQL(
        "CREATE TRIGGER no_space BEFORE INSERT ON {} EXECUTE FUNCTION public.refuse()"
    ).format(table)
    with psycopg.connect(log.conninfo, autocommit=True) as connection:
        connection.execute(refuse)
        connection.execute(trigger)
        try:
            yield
        finally:
            connection.execute("DROP FUNCTION public.refuse() CASCADE")


def test_a_full_disk_is_said_and_nothing_is_recorded(
    client: httpx.Client, services: AppState
) -> None:
    before = services.log.reader.last_position()
    posting = body(tally(10, 5))
    with full_disk(services.log):
        answer = client.post(DOOR, json=posting)
        health = client.get("/health")

    require_problem(answer, 507)
    assert answer.headers["retry-after"] == "60"
    assert services.log.reader.last_position() == before
    assert (health.status_code, health.json()["status"]) == (200, "following")
    assert "DiskFull" in health.json()["write_fault"]
    assert "記録できません" in health.json()["reason"]

    # When there is room again, the same posting is recorded, and the server says that it is well
    assert client.post(DOOR, json=posting).status_code == 201
    assert client.get("/health").json()["write_fault"] == ""


def test_a_clock_that_jumped_is_said_and_records_nothing(
    client: httpx.Client, services: AppState, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = services.log.reader.last_position()
    guard = services.log._guard
    with monkeypatch.context() as patch:
        patch.setattr(guard, "_began_at", guard._began_at - timedelta(days=400))
        answer = client.post(DOOR, json=body(tally(11, 5)))
        health = client.get("/health").json()
        metrics = client.get("/metrics").text

    require_problem(answer, 503)
    assert answer.json()["type"] == "urn:kaihyo:clock-refused"
    assert services.log.reader.last_position() == before
    assert "moved by 400.0 days" in health["write_fault"]
    assert "kaihyo_write_fault{" in metrics
    assert client.get("/health").json()["write_fault"] == ""


def test_redirects_do_not_believe_the_host_of_a_request(client: httpx.Client) -> None:
    for path in ("/centre", "/surveys", "/en/centre", "/health/", "//evil.example/..//health/"):
        answer = client.get(path, headers={"host": "evil.example"}, follow_redirects=False)
        if answer.is_redirect:
            assert answer.headers["location"].startswith("/")
            assert not answer.headers["location"].startswith("//")
            assert "evil.example" not in httpx.URL(answer.headers["location"]).host
    slashed = client.get("/health/", headers={"host": "evil.example"}, follow_redirects=False)
    assert slashed.headers["location"] == "/health"


@pytest.mark.parametrize(
    "path", ["/reports/{}/", "/reports/{}/report.pdf", "/audit/entry?position={}"]
)
def test_a_position_of_digits_without_end_is_no_address(client: httpx.Client, path: str) -> None:
    assert client.get(path.format("9" * 4400)).status_code == 404


def test_before_the_election_every_page_waits_for_it(log: Log) -> None:
    with (
        open_app_state(log) as opened,
        serve_in_background(opened, settings_with(None, port=free_port())) as address,
        client_of(address) as reader,
    ):
        page = reader.get("/parties/ao")
        board = reader.get("/control/data/decisions.json")

    assert page.status_code == 200
    assert (board.status_code, board.headers["retry-after"]) == (503, "5")
