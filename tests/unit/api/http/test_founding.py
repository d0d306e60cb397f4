"""A live log is begun by whoever its operator named or told a code; a rehearsal by anybody."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from aggregates.decisions.office_chain import Link
from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from api.http.limits.founding_guard import CODE_HEADER, FoundingGuard
from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from infra.services.outbox.forwarding import Forwarded, Forwarder
from infra.services.outbox.outbox_queue import Outbox
from infra.services.outbox.server_connection import HttpConnection
from infra.services.signing.chain_builder import link_submission, sign_submission
from infra.services.signing.envelope import encode_envelope
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.support.gwt import Command
from tests.support.ports import free_port
from tests.support.posting import empty
from tests.unit.api.reading import require_problem

DOOR = "/v1/elections/house50/submissions"
FOUNDERS = ("nation-a", "second-a")


def founding(environment: str = "live") -> Command:
    """The definition of an election by two offices with a key each."""
    named = ((o.NATION, "nation-a"), (o.SECOND, "second-a"))
    founders = [
        {
            "office": o.facts(office, "nation"),
            "keys": [keys.new_key(name, office, environment=environment)],
        }
        for office, name in named
    ]
    election = b.election(environment=environment, unsigned=False)
    return {**election, "founders": founders}


def envelope(environment: str = "live") -> bytes:
    sent = keys.submission(founding(environment), environment=environment)
    made, _ = sign_submission(link_submission(sent, Link()), [keys.key("nation-a")])
    return encode_envelope(made)


@pytest.fixture
def services(conninfo: str) -> Iterator[AppState]:
    """The server of a live log that nobody has begun."""
    empty(conninfo)
    with Log(conninfo, LogName("house50", "live")) as log, open_app_state(log) as opened:
        yield opened


@pytest.fixture
def address(services: AppState) -> Iterator[str]:
    with serve_in_background(services, settings_with(None, port=free_port())) as served:
        yield served


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    transport = httpx.HTTPTransport(retries=20)
    with httpx.Client(base_url=address, transport=transport) as opened:
        yield opened


def found_by(client: httpx.Client, code: str | None, environment: str = "live") -> httpx.Response:
    headers = {"content-type": "application/vnd.dsse+json"}
    return client.post(
        DOOR,
        content=envelope(environment),
        headers=headers if code is None else {**headers, CODE_HEADER: code},
    )


@pytest.mark.parametrize("code", [None, "", "0123456789abcdef"])
def test_a_stranger_does_not_found_a_live_election(
    client: httpx.Client, services: AppState, code: str | None
) -> None:
    answer = found_by(client, code)

    require_problem(answer, 403)
    assert answer.json()["type"] == "urn:kaihyo:refusal:founders-unpinned"
    assert services.log.reader.last_position() == 0


def test_a_rehearsal_cannot_begin_a_live_log(client: httpx.Client, services: AppState) -> None:
    answer = found_by(client, services.founding.code, "rehearsal")

    assert answer.json()["type"] == "urn:kaihyo:refusal:wrong-environment"
    assert services.log.reader.last_position() == 0


def test_who_has_the_code_founds_it_and_the_code_is_not_recorded(
    client: httpx.Client, services: AppState
) -> None:
    assert found_by(client, services.founding.code).status_code == 201

    recorded = b"".join(row.state for row in services.log.reader.rows())
    assert services.founding.code.encode() not in recorded


def test_founders_whose_keys_the_settings_name_need_no_code(
    client: httpx.Client, services: AppState
) -> None:
    services.founding = FoundingGuard(frozenset(map(keys.keyid, FOUNDERS)))

    assert found_by(client, None).status_code == 201


def test_one_key_that_the_settings_do_not_name_is_enough_to_refuse(
    client: httpx.Client, services: AppState
) -> None:
    services.founding = FoundingGuard(frozenset({keys.keyid("nation-a")}))

    require_problem(found_by(client, services.founding.code), 403)
    assert services.log.reader.last_position() == 0


def test_the_command_brings_the_code(services: AppState, address: str, tmp_path: Path) -> None:
    box = Outbox(tmp_path / "outbox")
    box.add(keys.submission(founding(), environment="live"))
    told: list[Forwarded] = []

    line = HttpConnection(address, services.founding.code)
    while not told or told[-1].state == "waiting":
        Forwarder(box, line, [keys.key("nation-a")]).forward(told.append)

    assert told[-1].state == "recorded"


def test_settings_name_keys_by_their_whole_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIHYO_FOUNDER_KEYS", ",".join(map(keys.keyid, FOUNDERS)))
    assert FoundingGuard.from_settings(settings_with(None)).code == ""
    monkeypatch.setenv("KAIHYO_FOUNDER_KEYS", "abc")
    with pytest.raises(ValueError, match="founder_keys"):
        settings_with(None)
