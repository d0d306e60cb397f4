"""A read node beside the main server: every address gives the same bytes."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import httpx
import msgspec
import pytest
from starlette.routing import Route

from api.app import create_app
from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from api.http.problems import PROBLEM_TYPE
from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.postgres.schemas import LogName
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION
from infra.services.streaming.consumer import RecordOfAnotherLog
from infra.services.streaming.read_node import KafkaReadModel, NodeBehind
from tests.kafka.nights import Script
from tests.kafka.running import reading, relaying
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.waiting import SECONDS_MAX, wait_until

OTHER = LogName("house50", "live")
BASE = f"/v1/elections/{ELECTION}"


@contextmanager
def asked(services: AppState) -> Iterator[httpx.Client]:
    """A client of this server."""
    port = free_port()
    with (
        serve_in_background(services, settings_with(None, port=port)) as address,
        client_of(address) as client,
    ):
        yield client


def addresses(main: httpx.Client, last: int) -> list[str]:
    """The pointer, every document in two formats, one in the past, entries, changes, pages."""
    head = main.get(f"{BASE}/head.json").json()
    documents = head["documents"]
    found = [f"{BASE}/head.json", f"{BASE}/changes?after=100", "/"]
    found += [f"{BASE}/{document}.json" for document in documents]
    found += [f"{BASE}/{document}.csv" for document in documents]
    found += [f"{BASE}/national@{position}.json" for position in (last // 2, last)]
    found += [f"{BASE}/log/{position}" for position in (1, last // 2, last)]
    return found


_SAMPLES = {
    "election": ELECTION,
    "position": "5",
    "path": "0/000",
    "kind": "house-district",
    "slug": "13-01",
    "code": "13",
    "document": "national",
    "office": "nation",
    "form": "json",
}


def every_address(services: AppState) -> list[str]:
    """Each address that can be asked for, with something plausible in its place holders."""

    def filled(path: str) -> str:
        return re.sub(r"\{(\w+)(:path)?\}", lambda found: _SAMPLES.get(found[1], "x"), path)

    routes = routes_of(create_app(services).routes)
    return sorted({filled(route.path) for route in routes if "GET" in (route.methods or ())})


def routes_of(found: Iterable[object]) -> Iterator[Route]:
    """Routes, and those of included routers."""
    for route in found:
        if isinstance(route, Route):
            yield route
        elif (router := getattr(route, "original_router", None)) is not None:
            yield from routes_of(router.routes)


def failures(client: httpx.Client, addresses: list[str]) -> dict[str, int]:
    """Addresses that fail without saying how."""
    found = {}
    for address in addresses:
        with client.stream("GET", address) as answer:
            honest = answer.headers.get("content-type", "") == PROBLEM_TYPE
            if answer.status_code >= 500 and not (answer.status_code == 503 and honest):
                found[address] = answer.status_code
    return found


def test_every_address_gives_the_same_bytes(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    with relaying(log, settings), reading(settings) as node:
        night.post(log)
        last = log.reader.last_position()
        assert node.wait_for(last, SECONDS_MAX)
        with (
            open_app_state(log) as services,
            asked(services) as main,
            asked(AppState(node.log, node)) as far,
        ):
            compared = addresses(main, last)
            for address in compared:
                here, there = main.get(address), far.get(address)
                assert (here.status_code, here.content) == (there.status_code, there.content)
                assert here.headers.get("etag") == there.headers.get("etag")
            assert len(compared) > 100
            # and nothing can be posted there
            posting = msgspec.json.encode(night.submissions[-1])
            kind = {"Content-Type": "application/json"}
            refused = far.post(f"{BASE}/submissions", content=posting, headers=kind)
            assert refused.status_code == 503
            # and what only the main server can answer is said so: no address fails
            asked_for = every_address(services)
            assert len(asked_for) > 40
            assert failures(far, asked_for) == {}
            chain = far.get(f"{BASE}/offices/nation/chain")
            assert (chain.status_code, chain.json()["type"]) == (503, "urn:kaihyo:log-unavailable")
            assert "read node" in chain.json()["facts"]["cause"]
            assert far.get(f"{BASE}/log/checkpoint").headers["content-type"] == PROBLEM_TYPE
            wait_until(lambda: far.get("/health").status_code == 200)


def test_a_node_that_is_behind_leaves_the_health_check(
    log: Log, settings: KafkaSettings, night: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    with relaying(log, settings), reading(settings) as node:
        night.post(log, stop=60)
        assert node.wait_for(log.reader.last_position(), SECONDS_MAX)
        with asked(AppState(node.log, node)) as far:
            wait_until(lambda: far.get("/health").status_code == 200)
            # when the relay has been silent for longer than a node may stand by
            monkeypatch.setattr("infra.services.streaming.consumer.SILENCE_SECONDS_MAX", -1.0)
            answer = far.get("/health")
    assert answer.status_code == 503
    assert answer.json()["fault"] == "nothing is heard from the relay"
    assert isinstance(node.fault(), NodeBehind)


# Its thread ends with that error, as it should.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_node_refuses_another_election(log: Log, settings: KafkaSettings, night: Script) -> None:
    with relaying(log, settings):
        night.post(log, stop=60)
        node = KafkaReadModel(settings, OTHER)
        node.start()
        try:
            wait_until(lambda: isinstance(node.fault(), RecordOfAnotherLog))
            assert node.position == 0
        finally:
            node.stop()
