"""The door for postings: receipts for what is right, a sentence for what is not."""

from collections.abc import Callable

import httpx
import msgspec
import pytest

from api.http.app_state import AppState
from api.http.request_bodies import BODY_BYTES_MAX
from tests import builders as b
from tests.support.gwt import Command
from tests.support.waiting import SECONDS_MAX

DOOR = "/v1/elections/house50/submissions"


SHEET = b.sheet({b.A: 350, b.B: 240}, invalid=10)
"""Six hundred ballots, as many as voted."""

INTERIM = b.tally({**SHEET, "voters": None}, final=False)


def body(
    command: Command, submission_id: str = "centre-13101-1", **more: object
) -> dict[str, object]:
    return {
        "election": "house50",
        "environment": "rehearsal",
        "office": "centre-13101",
        "submission_id": submission_id,
        "command": command,
        **more,
    }


def test_a_tally_is_answered_with_its_place_in_the_log(
    client: httpx.Client, services: AppState
) -> None:
    answer = client.post(DOOR, json=body(INTERIM))

    receipt = answer.json()
    assert answer.status_code == 201
    assert receipt["position"] == services.log.reader.last_position()
    assert receipt["submission_id"] == "centre-13101-1"
    assert answer.headers["location"] == f"/v1/elections/house50/log/{receipt['position']}"
    assert client.get(answer.headers["location"]).json()["position"] == receipt["position"]


def test_the_same_posting_again_gets_the_same_receipt(
    client: httpx.Client, services: AppState
) -> None:
    first = client.post(DOOR, json=body(INTERIM)).json()
    recorded = services.log.reader.last_position()

    # Another spacing and order of fields is still the same content.
    again = client.post(
        DOOR,
        content=msgspec.json.format(msgspec.json.encode(body(INTERIM), order="sorted")),
        headers={"content-type": "application/json"},
    ).json()

    assert again == first | {"repeated": True}
    assert services.log.reader.last_position() == recorded


def test_the_same_number_for_another_content_is_refused(
    client: httpx.Client, services: AppState
) -> None:
    client.post(DOOR, json=body(INTERIM))
    recorded = services.log.reader.last_position()

    answer = client.post(DOOR, json=body({**INTERIM, "as_of": b.AT_23}))

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:kaihyo:refusal:submission-reused"
    assert services.log.reader.last_position() == recorded


def changed(**figures: object) -> Command:
    """The usual tally with some figures of its sheet replaced."""
    return {**INTERIM, "tally": {**SHEET, "voters": None, **figures}}


def final_then(client: httpx.Client) -> None:
    assert client.post(DOOR, json=body(b.tally(SHEET), "centre-13101-f")).status_code == 201


REFUSED: list[tuple[str, Callable[[], dict[str, object]], int, str]] = [
    ("unbalanced", lambda: body(changed(valid=1)), 422, "sheet-unbalanced"),
    (
        "unknown candidate",
        lambda: body(changed(votes={b.A: 0, b.B: 0, "nobody-here": 0})),
        422,
        "candidate-unknown",
    ),
    (
        "wrong contest",
        lambda: body({**INTERIM, "contest": "house-district/99-99"}),
        404,
        "contest-unknown",
    ),
    (
        "negative votes",
        lambda: body(changed(votes={b.A: -1000, b.B: 1000}, valid=0, ballots=0)),
        422,
        "votes-negative",
    ),
    (
        "more votes than electors",
        lambda: body(changed(votes={b.A: 10**12, b.B: 0}, valid=10**9, invalid=0, ballots=10**9)),
        422,
        "ballots-exceed-electors",
    ),
    ("rehearsal", lambda: body(INTERIM, environment="live"), 403, "wrong-environment"),
    ("float", lambda: body(changed(valid=1.5)), 422, "command-malformed"),
    ("unknown field", lambda: body({**INTERIM, "vote": 1}), 422, "command-malformed"),
    ("unknown command", lambda: body({"command": "add-votes"}), 422, "command-malformed"),
]


@pytest.mark.parametrize(
    ("make", "status", "code"),
    [pytest.param(make, status, code, id=name) for name, make, status, code in REFUSED],
)
def test_what_is_wrong_is_refused_with_a_sentence_and_not_recorded(
    client: httpx.Client,
    services: AppState,
    make: Callable[[], dict[str, object]],
    status: int,
    code: str,
) -> None:
    recorded = services.log.reader.last_position()

    answer = client.post(DOOR, json=make())

    problem = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"urn:kaihyo:refusal:{code}"
    assert problem["title"].endswith(".")
    assert problem["detail"].endswith("。")
    assert services.log.reader.last_position() == recorded


def test_a_final_count_is_not_posted_again(client: httpx.Client, services: AppState) -> None:
    final_then(client)
    recorded = services.log.reader.last_position()

    answer = client.post(DOOR, json=body(b.tally(SHEET, as_of=b.AT_01), "centre-13101-g"))

    assert answer.json()["type"] == "urn:kaihyo:refusal:count-already-final"
    assert services.log.reader.last_position() == recorded


def test_a_count_does_not_go_backwards(client: httpx.Client) -> None:
    client.post(DOOR, json=body(INTERIM, "centre-13101-a"))
    fewer = changed(votes={b.A: 0, b.B: 0}, valid=0, invalid=0, ballots=0)

    answer = client.post(DOOR, json=body({**fewer, "as_of": b.AT_23}, "centre-13101-b"))

    assert answer.json()["type"] == "urn:kaihyo:refusal:count-went-backwards"


def test_a_closed_election_takes_nothing(client: httpx.Client) -> None:
    sheet = b.sheet({b.A: 600, b.B: 400})
    decided = (*b.finals(b.DISTRICT_1, sheet, sheet), b.declare(b.DISTRICT_1, b.A), b.CLOSE)
    for number, command in enumerate(decided):
        client.post(DOOR, json=body(command, f"nation-close-{number}"))

    answer = client.post(DOOR, json=body(INTERIM))

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:kaihyo:refusal:election-closed"


@pytest.mark.parametrize("content", [b"", b"{", b'{"a":1}', b"\xff\xfe", b"[]", b"null"])
def test_what_is_no_posting_is_refused(client: httpx.Client, content: bytes) -> None:
    answer = client.post(DOOR, content=content, headers={"content-type": "application/json"})

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:kaihyo:refusal:command-malformed"


def test_another_media_type_is_refused(client: httpx.Client) -> None:
    answer = client.post(DOOR, content=b"{}", headers={"content-type": "text/plain"})

    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize("size", [BODY_BYTES_MAX + 1, 10_000_000])
def test_a_body_that_is_too_large_is_refused(
    client: httpx.Client, services: AppState, size: int
) -> None:
    recorded = services.log.reader.last_position()

    answer = client.post(DOOR, content=b" " * size, headers={"content-type": "application/json"})

    assert answer.status_code == 413
    assert services.log.reader.last_position() == recorded
    assert client.get("/health").json()["status"] == "following"


def test_another_election_is_not_here(client: httpx.Client) -> None:
    other = body(INTERIM) | {"election": "house51"}

    assert client.post(DOOR, json=other).status_code == 404
    assert client.post("/v1/elections/house51/submissions", json=other).status_code == 404


def test_the_posting_is_read_in_the_results(client: httpx.Client, services: AppState) -> None:
    receipt = client.post(DOOR, json=body(INTERIM)).json()
    assert services.live.wait_for(receipt["position"], SECONDS_MAX)

    contest = client.get(f"/v1/elections/house50/contests/{b.DISTRICT_1}.json").json()
    head = client.get("/v1/elections/house50/head.json").json()

    assert contest["head"]["position"] == receipt["position"]
    assert contest["progress"]["reporting"] == 1
    assert head["position"] >= receipt["position"]
    assert head["documents"]["national"] == receipt["position"]
