"""Records on the topic of partials: what is none of them is refused, never put together."""

import pytest

from infra.adapters.kafka.kafka_records import RecordUnreadable
from infra.services.streaming.divided.partial_results import COUNT, DOCUMENT, SHARD, Gathering

WHERE = [("partition", b"0"), ("position", b"7")]


@pytest.mark.parametrize("key", [f"{COUNT}13101", f"{DOCUMENT}national", f"{SHARD}0"])
def test_a_record_that_was_deleted_is_refused(key: str) -> None:
    with pytest.raises(RecordUnreadable, match="gone"):
        Gathering().take(key, None, WHERE)


@pytest.mark.parametrize(
    ("key", "value", "headers"),
    [
        ("elsewhere", b"{}", WHERE),
        ("", b"{}", WHERE),
        (f"{COUNT}13101", b"{", WHERE),
        (f"{SHARD}0", b"[]", WHERE),
        (f"{DOCUMENT}national", b"{}", []),
        (f"{DOCUMENT}national", b"{}", [("partition", b"0"), ("position", b"late")]),
    ],
)
def test_a_record_of_another_shape_is_refused(
    key: str, value: bytes, headers: list[tuple[str, bytes | None]]
) -> None:
    with pytest.raises(RecordUnreadable):
        Gathering().take(key, value, headers)
