"""A server without an election: who founds one there, and what takes its place."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from aggregates.decisions.office_chain import Link
from api.http.founding.log_switch import LogSwitch
from api.http.limits.founding_guard import CODE_HEADER, FoundingGuard
from infra.adapters.postgres.schemas import LogName, log_names
from infra.services.signing.chain_builder import link_submission, sign_submission
from infra.services.signing.envelope import encode_envelope
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.support.first_run import FirstRunPlace, serve_first_run
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.support.posting import posting_body
from tests.support.waiting import wait_until
from tests.unit.api.reading import require_problem

DOOR = "/v1/elections/house50/submissions"


def founding(environment: str, election: str = "house50") -> Command:
    """The definition of an election by two offices with a key each."""
    named = ((o.NATION, "nation-a"), (o.SECOND, "second-a"))
    founders = [
        {
            "office": o.facts(office, "nation"),
            "keys": [keys.new_key(name, office, election=election, environment=environment)],
        }
        for office, name in named
    ]
    facts = b.election(id=election, environment=environment, unsigned=False)
    return {**facts, "founders": founders}


def signed_founding(environment: str, election: str = "house50", **changed: object) -> bytes:
    """The definition, signed by the first of its founders."""
    command = {**founding(environment, election), **changed}
    sent = keys.submission(command, election=election, environment=environment)
    made, _ = sign_submission(link_submission(sent, Link()), [keys.key("nation-a")])
    return encode_envelope(made)


def post_founding(
    client: httpx.Client,
    code: str,
    environment: str = "rehearsal",
    election: str = "house50",
    **changed: object,
) -> httpx.Response:
    """Post a signed definition with a code."""
    content = signed_founding(environment, election, **changed)
    headers = {"content-type": "application/vnd.dsse+json", CODE_HEADER: code}
    door = DOOR.replace("house50", election)
    return client.post(door, content=content, headers=headers)


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
    refused = post_founding(client, "0123456789abcdef")
    require_problem(refused, 403)
    assert place.switch.refused["founders-unpinned"] == 1
    assert refused.json()["type"] == "urn:kaihyo:refusal:founders-unpinned"
    # What an empty log would refuse leaves no log behind.
    malformed = post_founding(client, place.code, founders=[])
    require_problem(malformed, 403)
    assert malformed.json()["type"] == "urn:kaihyo:refusal:signer-unknown"
    assert log_names(conninfo) == []

    first = place.code
    assert post_founding(client, first).status_code == 201
    wait_until(lambda: client.get("/v1/elections/house50/head.json").status_code == 200)
    assert client.get("/v1/elections/house50/head.json").json()["position"] > 0
    assert place.switch.offer().environments == ("live",)

    require_problem(post_founding(client, first, "live"), 403)
    # With two elections in one database the next start would have to be told which one is meant.
    other = post_founding(client, place.code, "live", "house51")
    assert other.json()["type"] == "urn:kaihyo:refusal:election-unknown"
    assert place.switch.offer().election == "house50"
    assert post_founding(client, place.code, "live").status_code == 201
    wait_until(lambda: client.get("/health").json().get("environment") == "live")
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


def test_what_follows_the_definition_with_its_code_goes_to_the_log_that_it_began(
    client: httpx.Client, place: FirstRunPlace
) -> None:
    """Who imports an election sends the code with every posting, here on one connection."""
    code = place.code
    founded = post_founding(client, code)
    assert founded.status_code == 201
    following = keys.submission(b.parties("ao"), submission_id="submission-000002")
    chained = link_submission(following, Link(1, founded.json()["body_sha256"]))
    made, _ = sign_submission(chained, [keys.key("nation-a")])
    headers = {"content-type": "application/vnd.dsse+json", CODE_HEADER: code}

    answer = client.post(DOOR, content=encode_envelope(made), headers=headers)

    assert answer.status_code == 201, answer.text
    # What cannot be read is refused by that log as well, as what it is.
    unread = client.post(DOOR, content=b"{", headers=headers)
    assert unread.json()["type"] == "urn:kaihyo:refusal:envelope-malformed"


def test_an_import_without_signatures_founds_an_election_and_registers_all_of_it(
    client: httpx.Client, place: FirstRunPlace
) -> None:
    headers = {CODE_HEADER: place.code}

    answers = [
        client.post(DOOR, json=posting_body(f"nation-{number:06d}", command), headers=headers)
        for number, command in enumerate(b.REGISTER)
    ]

    assert [each.status_code for each in answers] == [201] * len(b.REGISTER), answers[-1].text
    assert client.get("/health").json()["environment"] == "rehearsal"


@pytest.mark.parametrize("doubled", [CODE_HEADER, "Content-Type"])
def test_a_header_that_is_given_twice_founds_nothing(
    client: httpx.Client, place: FirstRunPlace, doubled: str, conninfo: str
) -> None:
    given = {CODE_HEADER: place.code, "Content-Type": "application/vnd.dsse+json"}
    headers = [*given.items(), (doubled, given[doubled])]

    answer = client.post(DOOR, content=signed_founding("rehearsal"), headers=headers)

    require_problem(answer, 400)
    assert log_names(conninfo) == []


def test_what_stands_before_every_rule_is_answered_as_at_the_ordinary_door(
    client: httpx.Client, place: FirstRunPlace
) -> None:
    headers = {"content-type": "application/json", CODE_HEADER: place.code}

    answer = client.post(DOOR, content=b" " * 1_100_000, headers=headers)

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert "大きすぎます" in answer.json()["detail"]


def test_a_server_that_was_told_no_election_keeps_a_snapshot_and_says_that_none_is_there(
    conninfo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve_first_run(conninfo, tmp_path, sequence=False) as place:
        said = " ".join(capsys.readouterr().err.split())
        with client_of(place.address) as client:
            assert post_founding(client, place.code).status_code == 201
        # Entries are in the folder of snapshots, not in memory or among temporary files.
        assert (tmp_path / "snapshots").is_dir()
    assert said.startswith("選挙がありません。")
    assert str(tmp_path.resolve()) in said.replace(" ", "")
    assert said.index("--data") < said.index("設立コード")


def test_one_code_founds_one_election_and_the_log_before_ends_last() -> None:
    guard = FoundingGuard(frozenset(), asks_always=True)
    code = guard.code
    done: list[str] = []
    begun = asyncio.Event()

    async def first(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise AssertionError("nothing is passed on to it")

    async def founded(_scope: Scope, _receive: Receive, send: Send) -> None:
        begun.set()
        done.append("recorded")
        await asyncio.sleep(0.05)  # the other posting comes meanwhile, or after it: the same
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body"})

    def leave() -> None:
        # Whoever asks meanwhile is answered by the new log.
        assert switch.offer().environments == ("live",)
        done.append("left")

    switch = LogSwitch(guard, lambda _name, _switch: founded, leave, lambda _name: guard.renew())
    switch.serve(first, None)

    async def post() -> list[int]:
        transport = httpx.ASGITransport(switch)
        headers = {"content-type": "application/vnd.dsse+json", CODE_HEADER: code}
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            rehearsal = asyncio.create_task(
                client.post(DOOR, content=signed_founding("rehearsal"), headers=headers)
            )
            await begun.wait()  # the code of the rehearsal has not served yet
            live = await client.post(DOOR, content=signed_founding("live"), headers=headers)
            return [(await rehearsal).status_code, live.status_code]

    assert asyncio.run(post()) == [201, 403]
    assert done == ["recorded", "left"]
