"""What goes wrong between machines: a cut network, a full disk, a power cut. Seen, and overcome."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.cli.services.process_health import relay_status
from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.services.streaming.read_node import KafkaReadModel, NodeBehind
from tests.kafka.broker import Cluster
from tests.kafka.nights import Script, digest_of
from tests.kafka.running import background, copies_in_sync, digest_at, reading, relaying
from tests.kafka.watching import Samples, shown_by
from tests.support.waiting import wait_until


def test_a_cut_between_relay_and_brokers_is_seen_and_overcome(
    log: Log,
    cluster: Cluster,
    safe_settings: KafkaSettings,
    night: Script,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("infra.services.streaming.consumer.SILENCE_SECONDS_MAX", 3.0)
    monkeypatch.setattr("api.cli.services.process_health.SILENCE_SECONDS_MAX", 3.0)
    by_proxy = safe_settings.model_copy(
        update={"brokers": cluster.cuttable, "timeout_seconds": 1.0, "delivery_seconds": 3.0}
    )
    half = len(night.submissions) // 2
    with relaying(log, by_proxy) as relay, reading(safe_settings) as node, sampling(node, log):
        night.post(log, stop=half)
        before = log.reader.last_position()
        shown = digest_at(node, before)
        assert shown == digest_of(log)
        wait_until(lambda: node.fault() is None)
        # when nothing passes between the relay and the brokers, in the middle of the night
        for proxy in cluster.proxies:
            proxy.cut()
        night.post(log, start=half)
        last = log.reader.last_position()
        # then the lag is visible at both ends, and what is shown stands still
        wait_until(lambda: isinstance(node.fault(), NodeBehind))
        wait_until(lambda: relay_status(relay).fault != "")
        assert relay.lag() == relay_status(relay).figures["lag"] == last - before
        assert node.position == before
        assert digest_at(node, before) == shown
        # and when it passes again, everything follows, once
        for proxy in cluster.proxies:
            proxy.mend()
        assert digest_at(node, last) == digest_of(log)
        wait_until(lambda: relay.lag() == 0 and relay_status(relay).fault == "")
        wait_until(lambda: node.fault() is None)


def test_a_broker_with_a_full_disk_is_left_out_and_comes_back(
    log: Log,
    cluster: Cluster,
    small_disk: Path | None,
    safe_settings: KafkaSettings,
    night: Script,
) -> None:
    if small_disk is None:
        pytest.skip("needs the right to mount a small file system")
    third = cluster.nodes[2]
    ballast = small_disk / "ballast"
    with (
        relaying(log, safe_settings, limit=100) as relay,
        reading(safe_settings) as node,
        sampling(node, log),
    ):
        # given a disk that fills up in the middle of the night
        night.post(log, stop=len(night.submissions) // 3)
        _fill(ballast)
        # when the night goes on
        night.post(log, start=len(night.submissions) // 3)
        last = log.reader.last_position()
        # then the broker stops by itself, the other two carry on, and the missing copy is seen
        assert digest_at(node, last) == digest_of(log)
        wait_until(lambda: not third.alive)
        wait_until(lambda: copies_in_sync(safe_settings) == 2)
        wait_until(lambda: relay.lag() == 0 and relay_status(relay).fault == "")
        # and with room on its disk it starts again and catches up
        ballast.unlink()
        third.start()
        cluster.wait()
        wait_until(lambda: copies_in_sync(safe_settings) == 3)


def test_after_an_unclean_restart_of_all_brokers_nothing_is_missing(
    log: Log, cluster: Cluster, safe_settings: KafkaSettings, night: Script
) -> None:
    post = threading.Thread(target=night.post, args=(log,))
    with (
        relaying(log, safe_settings, limit=50) as relay,
        reading(safe_settings) as node,
        sampling(node, log),
    ):
        # given a power cut of the whole room while the night is being relayed
        post.start()
        wait_until(lambda: relay.progress.acknowledged > 500)
        for broker in cluster.nodes:
            broker.kill()
        post.join()
        # then the log goes on, and the relay says how far it is behind
        behind = relay_status(relay).figures
        assert behind["lag"] == log.reader.last_position() - behind["acknowledged"] > 0
        # when the brokers start again on what they had written
        for broker in cluster.nodes:
            broker.start()
        cluster.wait()
        # then every entry arrives, once
        last = log.reader.last_position()
        assert digest_at(node, last) == digest_of(log)
        assert list(node.received.reader.rows()) == list(log.reader.rows())
    # and a node that reads it all for the first time finds the same
    with reading(safe_settings) as late:
        assert digest_at(late, last) == digest_of(log)


@contextmanager
def sampling(node: KafkaReadModel, log: Log) -> Iterator[None]:
    """Readers ask all the time; whatever they are shown is true, and never older than before."""
    samples = Samples(shown_by(node))
    with background(samples.run, samples.stop):
        yield
    assert len(samples.shown) > 1
    assert samples.went_back == []
    samples.require_true(log)


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as output, contextlib.suppress(OSError):
        while output.write(bytes(1024)):
            pass
