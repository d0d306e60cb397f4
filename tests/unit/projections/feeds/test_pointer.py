"""Pointer, changes and stream events: nothing is left out, whatever the pages."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.election_projection import ElectionProjection
from projections.feeds.layout import HEAD, HEADS, head_address
from projections.feeds.pointer import Batch, Changes, Pointer, batch, changes, pointer
from tests import builders as b
from tests.support.budgets import examples
from tests.unit.projections.nights import Office, folded
from tests.unit.projections.streams import random_night

ROOT = "ab" * 32


def read_changes(night: ElectionProjection, after: int, limit: int) -> Changes:
    return msgspec.json.decode(changes(night, after, limit, ROOT), type=Changes)


def test_pointers_name_every_document_once() -> None:
    night = Office(*b.HOUSE, b.OPEN).night

    main = msgspec.json.decode(pointer(night, ROOT), type=Pointer)
    named = [
        document
        for name in HEADS
        for document in msgspec.json.decode(pointer(night, ROOT, name), type=Pointer).documents
    ]

    assert sorted(named) == sorted(night.versions)
    assert all(head_address(document) == HEAD for document in main.documents)
    assert (main.position, main.size, main.root) == (night.position, night.position, ROOT)
    assert main.progress["house-district"].units == 2


@settings(max_examples=examples(30), deadline=None)
@given(seed=st.integers(0, 50), after=st.integers(0, 40), limit=st.integers(1, 12))
def test_pages_of_changes_leave_nothing_out(seed: int, after: int, limit: int) -> None:
    night = random_night(b.HOUSE, seed).night
    expected = {d: v for d, v in night.versions.items() if v > after}

    told: dict[str, int] = {}
    position, pages = after, 0
    while True:
        page = read_changes(night, position, limit)
        versions = [change.position for change in page.changes]
        assert versions == sorted(versions)
        assert not told.keys() & {change.document for change in page.changes}
        told |= {change.document: change.position for change in page.changes}
        pages += 1
        if not page.is_truncated:
            break
        assert page.next > position
        position = page.next

    assert told == expected
    assert page.next == max(after, night.position)


def test_one_position_is_never_divided() -> None:
    # Given: the first event of an election changes seven documents at once
    night = folded(Office(*b.DISTRICT).events[:1])

    page = read_changes(night, 0, 1)

    assert len(page.changes) == len(night.versions) > 1
    assert not page.is_truncated


def test_a_reader_who_is_ahead_is_not_sent_back() -> None:
    night = Office(*b.DISTRICT).night

    page = read_changes(night, night.position + 10, 5)

    assert (page.changes, page.next) == ([], night.position + 10)


@pytest.mark.parametrize("after", [0, 3])
def test_an_event_of_the_stream_tells_all_since(after: int) -> None:
    night = Office(*b.DISTRICT).night

    lines = batch(night, after, ROOT).decode().split("\n")
    told = msgspec.json.decode(lines[2].removeprefix("data: "), type=Batch)

    assert lines[:2] == [f"id: {night.position}", "event: changes"]
    assert lines[3:] == ["", ""]
    assert told.documents == {d: v for d, v in night.versions.items() if v > after}
    assert (told.after, told.position) == (after, night.position)
