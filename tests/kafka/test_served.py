"""A read node beside the main server: every address gives the same bytes."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import msgspec
import pytest

from api.commands.running import lived_in, served, settings_with
from api.house import House
from infra.kafka.intake import RecordOfAnotherLog
from infra.kafka.node import KafkaNight, NodeBehind
from infra.kafka.settings import KafkaSettings
from infra.log import Log
from infra.postgres.schemas import LogName
from infra.rehearsal.defining import ELECTION
from tests.kafka.broker import free_ports
from tests.kafka.nights import Script
from tests.kafka.running import reading, relaying, wait_until

OTHER = LogName("house50", "live")
BASE = f"/v1/elections/{ELECTION}"


@contextmanager
def asked(house: House) -> Iterator[httpx.Client]:
    """A client of a server of this house."""
    [port] = free_ports(1)
    with (
        served(house, settings_with(None, port=port)) as address,
        httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=20)) as client,
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


def test_every_address_gives_the_same_bytes(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    with relaying(log, settings), reading(settings) as node:
        night.post(log)
        last = log.reader.last_position()
        assert node.wait_for(last, 60)
        with (
            lived_in(log) as house,
            asked(house) as main,
            asked(House(node.log, node)) as far,
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
            wait_until(lambda: far.get("/health").status_code == 200)


def test_a_node_that_is_behind_leaves_the_health_check(
    log: Log, settings: KafkaSettings, night: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    with relaying(log, settings), reading(settings) as node:
        night.post(log, stop=60)
        assert node.wait_for(log.reader.last_position(), 30)
        with asked(House(node.log, node)) as far:
            wait_until(lambda: far.get("/health").status_code == 200)
            # when the relay has been silent for longer than a node may stand by
            monkeypatch.setattr("infra.kafka.intake.SILENCE_SECONDS_MAX", -1.0)
            answer = far.get("/health")
    assert answer.status_code == 503
    assert answer.json()["fault"] == "nothing is heard from the relay"
    assert isinstance(node.fault(), NodeBehind)


def test_a_node_refuses_another_election(log: Log, settings: KafkaSettings, night: Script) -> None:
    with relaying(log, settings):
        night.post(log, stop=60)
        node = KafkaNight(settings, OTHER)
        node.start()
        try:
            wait_until(lambda: node.fault() is not None)
            assert isinstance(node.fault(), RecordOfAnotherLog)
            assert node.position == 0
        finally:
            node.stop()
