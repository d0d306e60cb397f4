"""A rehearsal night as records on partitions, without a broker."""

from datetime import timedelta

from msgspec.structs import replace

from aggregates.base import Event
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.event_log.log_reader import LogRow
from infra.services.rehearsal import national_night
from infra.services.streaming.divided.partial_records import frame_records
from infra.services.streaming.divided.partial_results import Frame, Gathering
from tests.unit.infra.services.rehearsal.recording import Recording

PARTITIONS = 4


def recorded_rows(scale: float = 0.02, reports: int | None = 2) -> list[LogRow]:
    """Every event of a small national night as a row, each at a moment of its own."""
    recording = Recording()
    night = national_night(seed=1, scale=scale, reports=reports)
    for submission in night.definitions():
        recording.submit(submission)
    for moment in night.timeline():
        recording.submit(moment.submission)
    return [_row(position, event) for position, event in enumerate(recording.events, start=1)]


def _row(position: int, event: Event) -> LogRow:
    at = event.timestamp + timedelta(milliseconds=position)
    state = canonical(replace(event, timestamp=at))
    return LogRow(position, event.TOPIC, state, event.originator_id, event.originator_version)


def carried(frame: Frame) -> Frame:
    """A frame as it comes out of the records that it was sent as."""
    gathering = Gathering()
    found = [gathering.take(*record) for record in frame_records(frame)]
    whole = found[-1]
    assert found[:-1] == [None] * (len(found) - 1)
    assert whole is not None
    return whole
