"""The version of the format of documents: named everywhere, and never compared with another."""

import msgspec

from infra.services.auditing.sources.bundle_manifest import Manifest, read_manifest
from projections.documents.document_format import (
    DOCUMENT_FORMAT,
    FIRST_FORMAT,
    FORMAT_CHANGES,
    stated_format,
)
from projections.documents.render import render
from projections.feeds.layout import HEADS
from projections.feeds.pointer import pointer
from tests.unit.projections.test_golden_documents import small_election


def test_every_version_says_what_it_changed() -> None:
    assert list(FORMAT_CHANGES) == list(range(FIRST_FORMAT, DOCUMENT_FORMAT + 1))
    assert all(FORMAT_CHANGES.values())


def test_documents_and_pointers_name_the_version() -> None:
    night = small_election().night
    assert {stated_format(render(night, each)) for each in night.versions} == {DOCUMENT_FORMAT}
    for name in HEADS:
        told = msgspec.json.decode(pointer(night, None, name))
        assert told["format"] == DOCUMENT_FORMAT


def test_a_document_that_names_no_version_is_of_the_first() -> None:
    assert stated_format(b'{"head":{"document":"national"},"tiers":[]}') == FIRST_FORMAT


def test_manifests_without_a_version_keep_their_bytes() -> None:
    old = Manifest(election="e", environment="live", origin="o", size=1, root="00", files={})
    assert b"format" not in old.encode()
    assert read_manifest(old.encode()).document_format == FIRST_FORMAT
    new = msgspec.structs.replace(old, format=DOCUMENT_FORMAT)
    assert read_manifest(new.encode()).document_format == DOCUMENT_FORMAT
