"""A server without an election: who founds one there, and what takes its place."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from aggregates.decisions.office_chain import Link
from api.http.limits.founding_guard import CODE_HEADER
from infra.adapters.postgres.schemas import LogName, log_names
from infra.services.signing.chain_builder import link_submission, sign_submission
from infra.services.signing.envelope import encode_envelope
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.support.first_run import FirstRunPlace, serve_first_run
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.unit.api.reading import require_problem

DOOR = "/v1/elections/house50/submissions"


def founding(environment: str) -> Command:
    """The definition of an election by two offices with a key each."""
    named = ((o.NATION, "nation-a"), (o.SECOND, "second-a"))
    founders = [
        {
            "office": o.facts(office, "nation"),
            "keys": [keys.new_key(name, office, environment=environment)],
        }
        for office, name in named
    ]
    return {**b.election(environment=environment, unsigned=False), "founders": founders}


def found_by(
    client: httpx.Client, code: str, environment: str = "rehearsal", **changed: object
) -> httpx.Response:
    """Post a signed definition with a code."""
    sent = keys.submission({**founding(environment), **changed}, environment=environment)
    made, _ = sign_submission(link_submission(sent, Link()), [keys.key("nation-a")])
    headers = {"content-type": "application/vnd.dsse+json", CODE_HEADER: code}
    return client.post(DOOR, content=encode_envelope(made), headers=headers)


@pytest.fixture
def place(conninfo: str, tmp_path: Path) -> Iterator[FirstRunPlace]:
    with serve_first_run(conninfo, tmp_path, sequence=False) as served:
        yield served


@pytest.fixture
def client(place: FirstRunPlace) -> Iterator[httpx.Client]:
    with client_of(place.address) as opened:
        yield opened


def test_before_an_election_every_page_leads_to_the_one_that_founds_it(
    client: httpx.Client,
) -> None:
    assert client.get("/control").headers["location"] == "/setup"
    assert client.get("/en/").headers["location"] == "/en/setup"
    assert client.get("/setup").status_code == 200
    require_problem(client.get("/health"), 503)
    require_problem(client.get("/v1/elections/house50/head.json"), 503)


def test_a_rehearsal_and_the_live_election_after_it_take_a_code_each(
    client: httpx.Client, place: FirstRunPlace, conninfo: str
) -> None:
    refused = found_by(client, "0123456789abcdef")
    require_problem(refused, 403)
    assert refused.json()["type"] == "urn:kaihyo:refusal:founders-unpinned"
    # What an empty log would refuse leaves no log behind.
    malformed = found_by(client, place.code, founders=[])
    assert malformed.status_code in {403, 409, 422}
    assert log_names(conninfo) == []

    first = place.code
    assert found_by(client, first).status_code == 201
    assert client.get("/v1/elections/house50/head.json").json()["position"] > 0
    assert place.switch.offer().environments == ("live",)

    require_problem(found_by(client, first, "live"), 403)
    assert found_by(client, place.code, "live").status_code == 201
    assert client.get("/health").json()["environment"] == "live"
    assert place.switch.offer().environments == ()
    assert log_names(conninfo) == [
        LogName("house50", "live"),
        LogName("house50", "rehearsal"),
    ]


def test_another_command_begins_nothing(
    client: httpx.Client, place: FirstRunPlace, conninfo: str
) -> None:
    body = {
        "election": "house50",
        "environment": "rehearsal",
        "office": "nation",
        "submission_id": "nation-0001",
        "command": b.OPEN,
    }

    answer = client.post(DOOR, json=body, headers={CODE_HEADER: place.code})

    assert answer.json()["type"] == "urn:kaihyo:refusal:election-not-defined"
    assert log_names(conninfo) == []
