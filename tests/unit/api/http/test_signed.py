"""The signed door over HTTP: envelopes, sessions for those who show a key, the end of a chain."""

import hashlib
import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest

from api.cli.common.server import open_app_state
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from infra.adapters.event_log.event_codec import canonical
from infra.services.signing.envelope import ENVELOPE_BYTES_MAX
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.unit.api.http.test_uploads import ROWS, lane
from tests.unit.infra.services.signing.signed_log import FINAL, body, prepared, sealed

ELECTION = "/v1/elections/house50"
DOOR = f"{ELECTION}/submissions"
DSSE = {"content-type": "application/vnd.dsse+json"}


@pytest.fixture
def services(log: Log) -> Iterator[AppState]:
    prepared(log)
    with open_app_state(log) as opened:
        yield opened


def test_an_envelope_is_answered_with_a_receipt(client: httpx.Client, services: AppState) -> None:
    answer = client.post(DOOR, content=sealed(body(), "centre-a"), headers=DSSE)

    assert answer.status_code == 201
    assert answer.json()["position"] == services.log.reader.last_position()
    entry = client.get(answer.headers["location"]).json()
    signature = entry["event"]["provenance"]["envelope"]["signatures"][0]
    assert signature["keyid"] == keys.keyid("centre-a")


def test_an_envelope_may_come_as_plain_json(client: httpx.Client) -> None:
    json = {"content-type": "application/json"}
    assert client.post(DOOR, content=sealed(body(), "centre-a"), headers=json).status_code == 201


def test_unsigned_json_is_refused(client: httpx.Client, services: AppState) -> None:
    recorded = services.log.reader.last_position()
    sent = msgspec.to_builtins(keys.submission(FINAL, office=o.CENTRE))

    answer = client.post(DOOR, json=sent)

    assert (answer.status_code, answer.json()["type"]) == (
        403,
        "urn:kaihyo:refusal:signature-required",
    )
    assert services.log.reader.last_position() == recorded


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (lambda: sealed(body(), "stranger"), 403, "signer-unknown"),
        (lambda: sealed(body(), "nation-a"), 403, "signer-of-another-office"),
        (lambda: sealed(body(), "centre-a", kind="declare"), 422, "payload-type-wrong"),
        (lambda: sealed(body() + b" ", "centre-a"), 422, "body-not-canonical"),
        (lambda: sealed(body(), "centre-a")[:100], 422, "envelope-malformed"),
        (lambda: b" " * (ENVELOPE_BYTES_MAX + 1), 422, "envelope-too-large"),
        (lambda: sealed(body(sequence=7), "centre-a"), 409, "sequence-wrong"),
        (lambda: sealed(body(environment="live"), "centre-a"), 403, "wrong-environment"),
    ],
)
def test_bad_envelopes_are_problems(
    client: httpx.Client, services: AppState, content: object, status: int, code: str
) -> None:
    recorded = services.log.reader.last_position()
    assert callable(content)

    answer = client.post(DOOR, content=content(), headers=DSSE)

    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:kaihyo:refusal:{code}")
    assert services.log.reader.last_position() == recorded


def test_refused_signatures_are_counted_for_the_alarm(client: httpx.Client) -> None:
    assert _refused(client) == {"signature-wrong": 0, "signer-unknown": 0}

    signed = msgspec.json.decode(sealed(body(), "centre-a"))
    other = msgspec.json.decode(sealed(body(sequence=2), "centre-a"))
    forged = msgspec.json.encode({**signed, "signatures": other["signatures"]})
    for content in (forged, sealed(body(), "stranger"), sealed(body(), "stranger")):
        assert client.post(DOOR, content=content, headers=DSSE).status_code == 403

    assert _refused(client) == {"signature-wrong": 1, "signer-unknown": 2}


def _refused(client: httpx.Client) -> dict[str, int]:
    told = re.findall(r'signatures_refused_total\{code="(.+)"\} (\d+)', client.get("/metrics").text)
    counts = {code: int(count) for code, count in told}
    return {code: counts[code] for code in ("signature-wrong", "signer-unknown")}


def test_where_the_chain_of_an_office_stands(client: httpx.Client) -> None:
    address = f"{ELECTION}/offices/{o.CENTRE}/chain"
    assert client.get(address).json() == {"office": o.CENTRE, "sequence": 0, "sha256": None}

    client.post(DOOR, content=sealed(body(), "centre-a"), headers=DSSE)

    digest = hashlib.sha256(body()).hexdigest()
    assert client.get(address).json() == {"office": o.CENTRE, "sequence": 1, "sha256": digest}


def test_the_register_tells_keys_and_from_where_they_are_valid(client: httpx.Client) -> None:
    offices = {
        each["id"]: each for each in client.get(f"{ELECTION}/offices.json").json()["offices"]
    }

    (key,) = offices[o.CENTRE]["keys"]
    assert key["keyid"] == keys.keyid("centre-a")
    assert key["state"] == "active"
    assert key["approved_at"] > key["enrolled_at"]
    assert key["approved_by"] == o.SECOND
    assert offices[o.NATION]["founder"]


def _session(client: httpx.Client, *names: str, **changes: str) -> httpx.Response:
    challenge = client.post(f"{ELECTION}/challenges").json()
    usual = {"election": "house50", "environment": "rehearsal", "office": o.CENTRE}
    answer = canonical({**usual, "nonce": challenge["nonce"], **changes})
    content = sealed(answer, *names, kind="session")
    return client.post(f"{ELECTION}/sessions", content=content, headers=DSSE)


def test_a_signed_challenge_gives_a_session(client: httpx.Client) -> None:
    opened = _session(client, "centre-a")
    assert opened.status_code == 201
    assert opened.headers["cache-control"] == "no-store"
    shown = {"authorization": f"Bearer {opened.json()['token']}"}

    current = client.get(f"{ELECTION}/sessions/current", headers=shown)
    assert (current.json()["office"], current.json()["role"]) == (o.CENTRE, "centre")

    assert client.delete(f"{ELECTION}/sessions/current", headers=shown).status_code == 204
    assert client.get(f"{ELECTION}/sessions/current", headers=shown).status_code == 403


def test_who_has_shown_a_key_uploads_by_person_and_not_by_address(
    client: httpx.Client, services: AppState
) -> None:
    services.uploads.strangers, services.uploads.offices = lane(at_once=1), lane(at_once=1)
    tokens = [_session(client, "centre-a").json()["token"] for _ in range(2)]
    first, second = ({"authorization": f"Bearer {token}"} for token in tokens)

    answers = [
        client.post(ROWS, content="a,1\n", headers=headers).status_code
        for headers in ({}, first, {}, first, second)
    ]

    # One of the address, one of the person however many sessions; then both have had theirs.
    assert answers == [200, 200, 429, 429, 429]


def test_who_shows_no_key_gets_no_session(client: httpx.Client) -> None:
    assert _session(client, "stranger").json()["type"] == "urn:kaihyo:refusal:signer-unknown"
    assert (
        _session(client, "centre-a", nonce="made-up").json()["type"].endswith("challenge-unknown")
    )
    for shown in ({}, {"authorization": "Bearer nothing"}, {"authorization": "Basic eDp5"}):
        answer = client.get(f"{ELECTION}/sessions/current", headers=shown)
        assert answer.json()["type"] == "urn:kaihyo:refusal:session-unknown"


def test_another_election_is_not_here(client: httpx.Client) -> None:
    elsewhere = "/v1/elections/house51"
    assert client.post(f"{elsewhere}/challenges").status_code == 404
    assert client.get(f"{elsewhere}/offices/{o.CENTRE}/chain").status_code == 404
    answer = client.post(
        f"{elsewhere}/submissions", content=sealed(body(), "centre-a"), headers=DSSE
    )
    assert answer.json()["type"] == "urn:kaihyo:refusal:election-unknown"


def test_a_burst_of_one_office_keeps_its_chain(client: httpx.Client, services: AppState) -> None:
    """Sent one after the other over one connection, decided in groups with everybody else's."""
    previous = None
    for number in range(1, 11):
        payload = body(
            f"burst-{number:05d}",
            sequence=number,
            previous_sha256=previous,
            command={
                **b.tally(b.sheet({b.A: number, b.B: number}), final=False),
                "ballot_sha256": hashlib.sha256(
                    f"{b.DISTRICT_1}\n{b.A}\n{b.B}".encode()
                ).hexdigest(),
            },
        )
        answer = client.post(DOOR, content=sealed(payload, "centre-a"), headers=DSSE)
        assert answer.status_code == 201
        previous = hashlib.sha256(payload).hexdigest()

    assert services.log.reader.chain(o.CENTRE) == (10, previous)
