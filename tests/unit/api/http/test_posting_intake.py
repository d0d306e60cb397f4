"""The short way of postings: the same answers as the route, whoever else sends at the same time."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import msgspec
import pytest

from api.cli.common.server import open_app_state
from api.http import posting_intake
from api.http.app_state import AppState
from api.http.request_bodies import TYPES
from infra.adapters.event_log import Log, log_writer, write_batch
from infra.adapters.event_log.log_errors import LogUnavailable
from infra.adapters.event_log.submission_receipt import Receipt
from infra.services.signing.admission_lane import Answer, Arrival, KeyNotReadYet, Outgoing
from infra.services.signing.envelope import ENVELOPE_BYTES_MAX
from tests.support import keys
from tests.support import offices as o
from tests.support.lines import PLAIN
from tests.unit.infra.services.signing.signed_log import FINAL, body, prepared, sealed

DOOR = "/v1/elections/house50/submissions"
DSSE = "application/vnd.dsse+json"
JSON = "application/json"


@pytest.fixture
def services(log: Log) -> Iterator[AppState]:
    prepared(log)
    with open_app_state(log) as opened:
        yield opened


def unsigned() -> bytes:
    return msgspec.json.encode(keys.submission(FINAL, office=o.CENTRE))


def spaced() -> bytes:
    """An envelope as another program may write it: other order, other spaces."""
    made = msgspec.json.decode(sealed(body(), "centre-a"))
    return msgspec.json.format(msgspec.json.encode(dict(reversed(made.items()))), indent=2)


REFUSED: list[tuple[str, Callable[[], bytes]]] = [
    (DSSE, lambda: sealed(body(), "stranger")),
    (DSSE, lambda: sealed(body(), "nation-a")),
    (DSSE, lambda: sealed(body(), "centre-a", kind="declare")),
    (DSSE, lambda: sealed(body() + b" ", "centre-a")),
    (DSSE, lambda: sealed(body().replace(b'"office"', b'"offize"'), "centre-a")),
    (DSSE, lambda: sealed(body()[:-1] + b',"office":"x"}', "centre-a")),
    (DSSE, lambda: sealed(body(), "centre-a")[:100]),
    (DSSE, lambda: sealed(body(), "centre-a").replace(b'{"', b'{"payload":"",', 1)),
    (DSSE, lambda: sealed(body(), "centre-a", "centre-a")),
    (DSSE, lambda: b" " * (ENVELOPE_BYTES_MAX + 1)),
    (DSSE, lambda: sealed(body(sequence=7), "centre-a")),
    (DSSE, lambda: sealed(body(election="house51"), "centre-a")),
    (DSSE, lambda: sealed(body(environment="live"), "centre-a")),
    (DSSE, lambda: b""),
    (JSON, unsigned),
    (JSON, lambda: unsigned()[:-1] + b',"office":"nation"}'),
    (JSON, lambda: b"[" * 50_000),
    (JSON, lambda: b"x" * 1_000_001),
    ("text/plain", unsigned),
    ("text/plain and application/json", unsigned),
    ("", unsigned),
]


def test_every_refusal_is_that_of_the_route(
    client: httpx.Client, services: AppState, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = services.log.reader.last_position()

    def refusals() -> list[tuple[int, object, dict[str, str]]]:
        found = []
        for media_type, content in REFUSED:
            types = [("content-type", each) for each in media_type.split(" and ")]
            answer = client.post(DOOR, content=content(), headers=types)
            headers = dict(answer.headers)
            headers.pop("date")
            found.append((answer.status_code, answer.json(), headers))
        return found

    short = refusals()
    monkeypatch.setattr(posting_intake, "TYPES", ())

    assert short == refusals()
    assert all(status >= 400 for status, _, _ in short)
    assert services.log.reader.last_position() == recorded


def test_receipts_are_those_of_the_route(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.post(DOOR, content=spaced(), headers={"content-type": DSSE})
    again = client.post(
        DOOR, content=sealed(body(), "centre-a"), headers={"content-type": f"{JSON}; charset=utf-8"}
    )
    monkeypatch.setattr(posting_intake, "TYPES", ())
    route = client.post(DOOR, content=sealed(body(), "centre-a"), headers={"content-type": DSSE})

    assert (first.status_code, again.status_code, route.status_code) == (201, 201, 201)
    assert again.json() == route.json() == {**first.json(), "repeated": True}
    for name in ("location", "link", "content-type"):
        assert first.headers[name] == route.headers[name]


def test_all_who_send_at_once_get_their_own_answer(client: httpx.Client) -> None:
    def send(number: int) -> httpx.Response:
        # Every other one is of a place in the chain that nobody has reached.
        sequence = 1 if number % 2 == 0 else number + 10
        content = sealed(body(f"centre-{sequence}", sequence=sequence), "centre-a")
        return PLAIN.post(
            client.base_url.join(DOOR), content=content, headers={"content-type": DSSE}
        )

    with ThreadPoolExecutor(8) as senders:
        found = list(senders.map(send, range(16)))

    receipts = [answer.json() for answer in found[::2]]
    assert {receipt["position"] for receipt in receipts} == {receipts[0]["position"]}
    assert sorted(receipt["repeated"] for receipt in receipts) == [False, *[True] * 7]
    stated = [answer.json()["facts"]["stated"] for answer in found[1::2]]
    assert stated == list(range(11, 27, 2))


@pytest.mark.parametrize("types", [TYPES, ()])
def test_a_mistake_in_a_rule_is_answered_whatever_it_raises(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, types: tuple[str, ...]
) -> None:
    """A loop's future takes no `StopIteration`: nobody would be answered."""

    def decide(*_: object) -> None:
        next(iter(()))

    monkeypatch.setattr(posting_intake, "TYPES", types)
    monkeypatch.setattr(write_batch, "decide", decide)

    answer = client.post(DOOR, content=sealed(body(), "centre-a"), headers={"content-type": DSSE})

    assert answer.status_code == 500


def test_who_sends_an_unknown_key_stops_nobody(services: AppState) -> None:
    told: list[Answer] = []
    arrival = Arrival(sealed(body(), "stranger"), True, "house50", told.append)

    services.admission.take(arrival)
    services.admission.close()

    assert [type(each) for each in told] == [KeyNotReadYet]


def test_a_sender_who_cannot_be_told_stops_nobody(services: AppState) -> None:
    told: list[Answer] = []

    def fail(_: Answer) -> None:
        raise RuntimeError("gone")

    for tell in (fail, told.append):
        services.admission.take(Arrival(sealed(body(), "centre-a"), True, "house50", tell))
    services.admission.close()
    services.log.writer.close()

    assert [type(each) for each in told] == [Receipt]


def test_postings_that_nobody_can_record_are_all_answered(
    services: AppState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_writer, "WAITING_MAX", 0)
    told: list[Answer] = []
    # Past the limit of the lane itself, which is the same one.
    lane = services.admission
    arrivals = [Arrival(sealed(body(), "centre-a"), True, "house50", told.append)] * 3

    lane._admit_all(arrivals)

    assert [type(each) for each in told] == [LogUnavailable] * 3


def test_a_loop_is_woken_once_for_all_that_is_ready() -> None:
    async def several() -> tuple[list[Answer], int]:
        wakes: list[Callable[[], None]] = []
        heard: list[Answer] = []
        outgoing = Outgoing(wakes.append)
        answers = [KeyNotReadYet(str(number)) for number in range(5)]
        for answer in answers:
            outgoing.put(heard.append, answer)
        wakes[0]()
        return heard, len(wakes)

    heard, wakes = asyncio.run(several())

    assert [str(each) for each in heard] == ["0", "1", "2", "3", "4"]
    assert wakes == 1
