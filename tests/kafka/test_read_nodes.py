"""Log, relay, topic, read node: the same bytes at the far end."""

from infra.adapters.event_log import Log
from infra.adapters.kafka.end_marks import complete_up_to
from infra.adapters.kafka.kafka_settings import KafkaSettings
from projections.documents.render import render
from tests.kafka.nights import Script, digest_of, folded
from tests.kafka.running import digest_at, reading, relaying
from tests.support.waiting import SECONDS_MAX, wait_until


def test_a_read_node_serves_the_same_bytes_as_the_log(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    # given a night that is relayed while it is posted
    with relaying(log, settings), reading(settings) as node:
        night.post(log)
        # when the node has everything
        last = log.reader.last_position()
        found = digest_at(node, last)
        # then every document is the same to the byte, and so is every entry
        assert found == digest_of(log)
        single = folded(log)
        assert node.document("national").body == render(single, "national")
        assert list(node.received.reader.rows()) == list(log.reader.rows())
        wait_until(lambda: node.fault() is None)


def test_a_node_that_starts_late_reads_everything(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    with relaying(log, settings) as relay:
        night.post(log)
        last = log.reader.last_position()
        wait_until(lambda: relay.progress.acknowledged == last)
    with reading(settings) as node:
        assert node.position == last
        assert digest_at(node, last) == digest_of(log)


def test_a_relay_goes_on_where_the_last_one_was_and_two_do_no_harm(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    half = len(night.submissions) // 2
    with reading(settings) as node:
        # given a relay that carried a part and ended
        with relaying(log, settings):
            night.post(log, stop=half)
            assert node.wait_for(log.reader.last_position(), SECONDS_MAX)
        # when two others carry the rest at the same time, in batches of other sizes
        with relaying(log, settings, limit=37), relaying(log, settings, limit=211):
            night.post(log, start=half)
            last = log.reader.last_position()
            # then nothing is missing and nothing is there twice
            assert digest_at(node, last) == digest_of(log)
            assert node.received.reader.last_position() == last


def test_a_node_says_when_nothing_is_heard(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    with relaying(log, settings) as relay:
        night.post(log, stop=50)
        wait_until(lambda: relay.lag() == 0)
    with reading(settings) as node:
        heard = node.state()
        assert heard.fault() == ""
        later = heard._replace(heard_seconds=60.0)
        assert later.fault() == "nothing is heard from the relay"


def test_a_relay_that_ends_leaves_a_mark_at_its_last_entry(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    # given a relay that is told to end the moment everything is acknowledged
    night.post(log, stop=200)
    last = log.reader.last_position()
    with relaying(log, settings, limit=20) as relay:
        wait_until(lambda: relay.progress.acknowledged == last)
    # then the topic says by itself how far it is complete
    assert complete_up_to(settings, log.name) == last
