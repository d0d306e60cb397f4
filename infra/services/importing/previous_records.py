"""The last election as the records that are sent: each small enough for an entry of the log."""

from collections.abc import Iterator
from typing import Final

import msgspec

from aggregates.election.particulars import PreviousContest, PreviousElection
from infra.adapters.event_log.event_codec import canonical

TOGETHER_BYTES_MAX: Final = 12_000
"""So much goes into one record: an entry holds it twice, once in base64."""


def previous_records(previous: PreviousElection) -> Iterator[PreviousElection]:
    """What is recorded of the whole, and then contests, as many together as fit."""
    whole = msgspec.structs.replace(previous, contests=())
    if whole != PreviousElection():
        yield whole
    packed: list[PreviousContest] = []
    size = 0
    for contest in previous.contests:
        own = len(canonical(contest))
        if packed and size + own > TOGETHER_BYTES_MAX:
            yield PreviousElection(contests=tuple(packed))
            packed, size = [], 0
        packed.append(contest)
        size += own
    if packed:
        yield PreviousElection(contests=tuple(packed))
