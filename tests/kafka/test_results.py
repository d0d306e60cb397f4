"""The partner topic: what the feed has, read by a client that we did not write."""

import json
import shutil
import subprocess
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from kafka.errors import KafkaError

from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.services.streaming.results_publisher import ResultsPublisher
from infra.services.streaming.results_topic import Document, ResultsTopic
from projections.documents.render import render
from tests.kafka.nights import NAME, Script, folded
from tests.kafka.processes import publisher_of, started
from tests.kafka.running import publishing, reading, relaying
from tests.support.waiting import SECONDS_MAX, wait_until

HOW_TO_GET_KCAT = "needs kcat to read as a partner does: install the Debian package kcat"
Message = dict[str, str]


def partner(settings: KafkaSettings) -> list[Message]:
    """Everything on the topic, as kcat gives it to a partner."""
    if shutil.which("kcat") is None:
        pytest.skip(HOW_TO_GET_KCAT)
    command = ["kcat", "-C", "-b", settings.brokers, "-t", settings.results, "-e", "-q", "-J"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=240)
    return [json.loads(line) for line in done.stdout.splitlines()]


def reached(publisher: ResultsPublisher, position: int) -> bool:
    return publisher.published >= position


def position_of(message: Message) -> int:
    headers = message["headers"]
    return int(headers[headers.index("position") + 1])


def test_a_partner_reads_what_the_feed_has(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    third = len(night.submissions) // 3
    # given a night that is published, by one publisher after the other
    with relaying(log, settings), reading(settings) as node:
        for start in (0, third, 2 * third):
            with publishing(node, settings) as publisher:
                night.post(log, start, start + third + 2)
                last = log.reader.last_position()
                wait_until(partial(reached, publisher, last))
    single = folded(log)
    messages = partner(settings)
    # then the latest record of each key is the document, to the byte
    latest = {message["key"]: message for message in messages}
    assert latest.keys() == single.versions.keys()
    for key, version in single.versions.items():
        assert latest[key]["payload"].encode() == render(single, key)
        assert position_of(latest[key]) == version
    # and no document ever went back, nor came twice in one version
    assert messages == sorted(messages, key=lambda message: int(message["offset"]))
    assert versions_that_do_not_rise(messages) == []
    assert Counter(message["topic"] for message in messages).keys() == {settings.results}


def test_a_publisher_that_was_replaced_writes_nothing_more(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    # given a publisher that hangs, and the one that took its place
    with relaying(log, settings), reading(settings) as node:
        night.post(log)
        assert node.wait_for(log.reader.last_position(), SECONDS_MAX)
        hung, fresh = ResultsTopic(settings, NAME), ResultsTopic(settings, NAME)
        national = [Document("national", node.document("national"))]
        assert fresh.publish(national) == 1
        # when the hanging one wakes up, what it writes never becomes visible
        with pytest.raises(KafkaError):
            hung.publish(national)
        hung.close()
        fresh.close()
    assert [message["key"] for message in partner(settings)] == ["national"]


def test_two_publishers_that_are_killed_in_turn_take_no_document_back(
    log: Log, settings: KafkaSettings, night: Script, tmp_path: Path
) -> None:
    # given two publishers at once, each of which may shut the other out at any moment
    publishers = [publisher_of(settings, tmp_path / f"publisher{number}.log") for number in (1, 2)]
    size = len(night.submissions) // 4
    with relaying(log, settings, limit=50), started(publishers):
        night.post(log, stop=size)
        wait_until(lambda: any(service.healthy() for service in publishers))
        # when they are killed and started again while the night goes on
        for part in range(1, 4):
            publishers[part % 2].restart()
            night.post(log, part * size, (part + 1) * size + part // 3 * 4)
        single = folded(log)
        wait_until(lambda: latest_of(partner(settings)) == single.versions)
    # then a partner never sees a document go back to an older version, nor one version twice
    messages = partner(settings)
    assert versions_that_do_not_rise(messages) == []
    bodies = {message["key"]: message["payload"].encode() for message in messages}
    assert bodies == {key: render(single, key) for key in single.versions}


def latest_of(messages: list[Message]) -> dict[str, int]:
    """Version of each document by its last record."""
    return {message["key"]: position_of(message) for message in messages}


def versions_that_do_not_rise(messages: list[Message]) -> list[tuple[str, int, int]]:
    """Documents with a version that does not follow an older one: key, before, after."""
    versions: dict[str, int] = {}
    found = []
    for message in messages:
        key, version = message["key"], position_of(message)
        if version <= versions.get(key, 0):
            found.append((key, versions[key], version))
        versions[key] = version
    return found
