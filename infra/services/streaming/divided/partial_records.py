"""Frames as records on `kaihyo.partials`."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from infra.services.streaming.divided.partial_results import DOCUMENT, SHARD, Frame

Headers = list[tuple[str, bytes]]

# Not sorted: the order of fields in a correction is the order in which documents show them.
_encode = msgspec.json.Encoder().encode


class PartialRecord(NamedTuple):
    """One record of a frame."""

    key: str
    value: bytes
    headers: Headers


def frame_records(frame: Frame) -> Iterator[PartialRecord]:
    """The records of a frame in the order in which they are sent; the shard's is the last."""
    cut, partition = frame.shard.cut, frame.shard.partition
    for key, count in frame.counts.items():
        yield PartialRecord(key, _encode(count), _headers(partition, cut))
    for key, document in frame.documents.items():
        headers = _headers(partition, document.version)
        yield PartialRecord(DOCUMENT + key, document.body, headers)
    shard = f"{SHARD}{partition}"
    yield PartialRecord(shard, _encode(frame.shard), _headers(partition, cut))


def _headers(partition: int, position: int) -> Headers:
    numbers = (("partition", partition), ("position", position))
    return [(name, str(number).encode()) for name, number in numbers]
