"""Any document at any position or time, from rows and from a bundle alike, and what differs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from infra.services.auditing.document_history import (
    NoSuchMoment,
    SourceHistory,
    parse_moment,
    render_at,
    state_at,
)
from infra.services.auditing.recorded_changes import RecordedChange, changes
from infra.services.auditing.sources.folder_source import BundleSource
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from tests.unit.infra.services.auditing.published import Published


def test_rows_and_bundle_tell_the_same_at_every_position(
    published: Published, bundle: Path
) -> None:
    history = SourceHistory(BundleSource(bundle))
    straight = ElectionProjection()
    for position, event in published.log.reader.events():
        straight.apply(event, position)
        if position in (20, 100, 256, 257):
            for source in (history, published.log.reader):
                night = state_at(source, position)
                assert night.position == position
                for document in straight.versions:
                    assert render_at(night, document) == render(straight, document)


def test_a_time_means_everything_recorded_up_to_it(published: Published) -> None:
    events = list(published.log.reader.events())
    at = events[99][1].timestamp
    found = state_at(published.log.reader, at).position
    assert found == max(position for position, event in events if event.timestamp <= at)
    assert state_at(published.log.reader, at - timedelta(days=400)).position == 0
    assert state_at(published.log.reader, None).position == len(events)


def test_a_fold_goes_on_from_an_earlier_moment(published: Published, bundle: Path) -> None:
    history = SourceHistory(BundleSource(bundle))
    night = state_at(history, 150)
    assert render(state_at(history, 270, night), "national") == render(
        state_at(published.log.reader, 270), "national"
    )


def test_moments_are_positions_or_times() -> None:
    assert parse_moment("81200") == 81200
    assert parse_moment("2026-02-08T22:15:00+09:00") == datetime(2026, 2, 8, 13, 15, tzinfo=UTC)
    assert parse_moment("2026-02-08T22:15:00") == parse_moment("2026-02-08T22:15:00+09:00")
    for text in ("", "yesterday", "-5", "１２"):
        with pytest.raises(NoSuchMoment):
            parse_moment(text)


def test_what_the_log_does_not_have_is_said(published: Published) -> None:
    with pytest.raises(NoSuchMoment, match="位置 9999 はありません"):
        state_at(published.log.reader, 9999)
    with pytest.raises(NoSuchMoment, match="文書はありません"):
        render_at(state_at(published.log.reader, 20), "nowhere")
    with pytest.raises(NoSuchMoment, match="形式は付けずに national と"):
        render_at(state_at(published.log.reader, 20), "national.json")


def compared(before: object, after: object) -> list[RecordedChange]:
    return changes(msgspec.json.encode(before), msgspec.json.encode(after))


def test_differences_are_named_by_field_and_by_what_names_a_row() -> None:
    before = {"head": {"position": 1}, "rows": [{"id": "a", "n": 1}, {"id": "b", "n": 2}]}
    after = {"head": {"position": 2}, "rows": [{"id": "b", "n": 3}, {"id": "c", "n": 4}]}
    assert compared(before, after) == [
        RecordedChange("head.position", "1", "2"),
        RecordedChange("rows[a]", '{"id":"a","n":1}', ""),
        RecordedChange("rows[b].n", "2", "3"),
        RecordedChange("rows[c]", "", '{"id":"c","n":4}'),
    ]
    assert compared([1, 2], [1, 3, 4]) == [
        RecordedChange("[1]", "2", "3"),
        RecordedChange("[2]", "", "4"),
    ]
    assert compared(before, before) == []
    assert compared({"a": None}, {"a": [1]}) == [RecordedChange("a", "null", "[1]")]
