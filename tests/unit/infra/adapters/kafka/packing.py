"""Records made row by row, as the format describes them: the other route to what is relayed."""

from collections.abc import Iterable
from typing import cast

from aggregates.election.election_events import UnitsRegistered
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.log_reader import LogRow
from infra.adapters.kafka.kafka_records import NATIONAL_KEY, Record
from projections.feeds.public_entry import entry_bytes


def prefectures_of(rows: Iterable[LogRow]) -> dict[str, str]:
    """Unit -> prefecture, as registered in these rows."""
    registers = (row for row in rows if row.topic == UnitsRegistered.TOPIC)
    events = (cast("UnitsRegistered", decode(row.topic, row.state)) for row in registers)
    return {unit.code: unit.prefecture for event in events for unit in event.units}


def key_of(row: LogRow, prefectures: dict[str, str]) -> str:
    """The key of a row's record."""
    if row.stream.startswith(("count/", "turnout/")):
        return prefectures[row.stream.rpartition("/")[2]]
    return NATIONAL_KEY


def packed_rows(rows: Iterable[LogRow], prefectures: dict[str, str]) -> list[Record]:
    """One record for each key, in the order of first positions."""
    groups: dict[str, list[LogRow]] = {}
    for row in rows:
        groups.setdefault(key_of(row, prefectures), []).append(row)
    return [
        Record(
            key,
            group[0].position,
            group[-1].position,
            len(group),
            b"\n".join(entry_bytes(row.position, row.topic, row.state) for row in group),
        )
        for key, group in groups.items()
    ]
