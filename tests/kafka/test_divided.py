"""The divided projection on a real broker: workers come and go, the whole stays the single fold."""

from infra.kafka.settings import KafkaSettings
from infra.log import Log
from tests.kafka.nights import Script, digest_of
from tests.kafka.running import merging, relaying, wait_until, working


def test_workers_of_one_group_make_the_single_fold(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    third = len(night.submissions) // 3
    with (
        relaying(log, settings, limit=200),
        merging(settings) as merged,
        working(settings) as one,
    ):
        # given two workers and a part of the night
        with working(settings) as two:
            night.post(log, stop=third)
            wait_until(lambda: len(one.cuts) == len(two.cuts) == 2)
            night.post(log, third, 2 * third)
            assert merged.wait_for(log.reader.last_position(), 60)
            assert merged.digest() == digest_of(log)
        # when one of them goes, in the middle of a burst
        night.post(log, 2 * third)
        last = log.reader.last_position()
        # then the other one takes over, and nothing is missing
        assert merged.wait_for(last, 60), (merged.position, merged.known, one.cuts)
        assert merged.digest() == digest_of(log)
    # and a national worker that starts afterwards finds the same
    with merging(settings) as late:
        assert late.wait_for(last, 60)
        assert late.digest() == digest_of(log)
