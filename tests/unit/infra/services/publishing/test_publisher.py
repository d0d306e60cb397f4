"""The tree of files: what the server serves, and nothing a reader could find half done."""

import hashlib
import threading
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import msgspec
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from infra.adapters.event_log import Log
from infra.services.publishing.publisher import PublishedElsewhere, Publisher
from projections.documents import document_parts
from projections.documents.document_format import DOCUMENT_FORMAT, stated_format
from projections.feeds import pointer
from projections.feeds.layout import HEADS
from tests import builders as b
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record

BASE = "v1/elections/house50"


def files(folder: Path) -> dict[str, bytes]:
    """Every file by its address."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_tree_is_what_the_server_serves(log: Log, tmp_path: Path) -> None:
    record(log, *b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40})))
    publisher = Publisher(log, tmp_path)
    publisher.publish()
    record(log, b.correction(b.sheet({b.A: 61, b.B: 39})))
    publisher.publish()

    tree = files(tmp_path)
    plain = {a: body for a, body in tree.items() if not a.endswith((".br", ".gz", ".sha256"))}
    with (
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as client,
    ):
        for path, body in plain.items():
            answer = client.get(f"/{path}", headers={"accept-encoding": "identity"})
            assert answer.content == body, path
        every = services.live.read(lambda night: dict(night.versions))
    assert {f"{BASE}/{document}.json" for document in every} <= plain.keys()
    assert {f"{BASE}/{document}@{at}.json" for document, at in every.items()} <= plain.keys()


def test_compressed_forms_and_checksums_stand_beside(log: Log, tmp_path: Path) -> None:
    record(log, *b.DISTRICT)
    Publisher(log, tmp_path).publish()
    tree = files(tmp_path)

    assert f"{BASE}/national.json.br" in tree
    for path, body in tree.items():
        if path.endswith(".br"):
            assert brotli.decompress(body) == tree[path.removesuffix(".br")]
        if path.endswith(".sha256"):
            original = path.removesuffix(".sha256")
            digest = hashlib.sha256(tree[original]).hexdigest()
            assert body.decode() == f"{digest}  {Path(original).name}\n"
    assert not [path for path in tree if Path(path).name.startswith(".")]


def test_it_goes_on_where_it_was_and_keeps_old_versions(log: Log, tmp_path: Path) -> None:
    record(log, *b.DISTRICT)
    Publisher(log, tmp_path).publish()
    before = files(tmp_path)
    record(log, b.tally(b.sheet({b.A: 60, b.B: 40})))

    again = Publisher(log, tmp_path)
    again.publish()

    after = files(tmp_path)
    versions = {path for path in before if "@" in path}
    assert {path: before[path] for path in versions} == {path: after[path] for path in versions}
    assert again.files < len(versions)
    head = msgspec.json.decode(after[f"{BASE}/head.json"])
    assert head["position"] == log.reader.last_position()


def test_addresses_of_the_past_keep_the_bytes_of_an_earlier_format(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(log, *b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40})))
    Publisher(log, tmp_path).publish()
    before = files(tmp_path)
    monkeypatch.setattr(document_parts, "DOCUMENT_FORMAT", DOCUMENT_FORMAT + 1)
    monkeypatch.setattr(pointer, "DOCUMENT_FORMAT", DOCUMENT_FORMAT + 1)

    # Nothing new is recorded; then something is; and then a pointer has to be made again.
    for step in ("same", "more", "again"):
        if step == "more":
            record(log, b.correction(b.sheet({b.A: 61, b.B: 39})))
        if step == "again":
            (tmp_path / BASE / "head.json").write_bytes(b"")
        Publisher(log, tmp_path).publish()
        after = files(tmp_path)
        assert {
            path for path, body in before.items() if "@" in path and after[path] != body
        } == set()

    documents = {p for p in after if "@" in p and p.endswith(".json") and ".nist" not in p}
    found = {path: stated_format(after[path]) for path in documents}
    assert {form for path, form in found.items() if path not in before} == {DOCUMENT_FORMAT + 1}
    assert {form for path, form in found.items() if path in before} == {DOCUMENT_FORMAT}
    latest = stated_format(after[f"{BASE}/contests/{b.DISTRICT_1}.json"])
    assert latest == DOCUMENT_FORMAT + 1


@pytest.mark.parametrize("name", ["head.json", "head.json.gz", "parts-head.json"])
def test_a_pointer_that_a_power_cut_left_empty_is_written_again(
    log: Log, tmp_path: Path, name: str
) -> None:
    record(log, *b.HOUSE)
    Publisher(log, tmp_path).publish()
    before = files(tmp_path)
    (tmp_path / BASE / name).write_bytes(b"")

    again = Publisher(log, tmp_path)
    again.publish()

    assert files(tmp_path) == before
    assert again.files == 0


def test_a_folder_without_a_pointer_that_can_be_read_is_left_alone(
    log: Log, tmp_path: Path
) -> None:
    record(log, *b.HOUSE)
    Publisher(log, tmp_path).publish()
    for name in HEADS:
        (tmp_path / BASE / name).write_bytes(b"")

    with pytest.raises(PublishedElsewhere, match=r"districts-head\.json"):
        Publisher(log, tmp_path).publish()


def test_a_shorter_log_is_refused(log: Log, tmp_path: Path) -> None:
    record(log, *b.DISTRICT)
    Publisher(log, tmp_path).publish()
    path = tmp_path / BASE / "head.json"
    head = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode({**head, "position": head["position"] + 1}))

    with pytest.raises(PublishedElsewhere, match="後戻り"):
        Publisher(log, tmp_path).publish()


def test_another_course_of_the_log_is_refused(log: Log, tmp_path: Path) -> None:
    record(log, *b.DISTRICT)
    Publisher(log, tmp_path).publish()
    path = tmp_path / BASE / "head.json"
    head = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode({**head, "root": "00" * 32}))

    with pytest.raises(PublishedElsewhere, match="食い違"):
        Publisher(log, tmp_path).publish()


def test_a_reader_of_the_folder_never_finds_a_name_without_a_file(log: Log, tmp_path: Path) -> None:
    # Given a folder that is published as postings come in
    record(log, *b.DISTRICT)
    publisher = Publisher(log, tmp_path)
    publisher.publish()
    watching = threading.Thread(target=publisher.watch)
    watching.start()

    # When somebody reads it all the time
    seen: list[int] = []
    last = 0

    def post() -> None:
        """Enough, however quick the log is, that the reader meets the pointer on its way."""
        while len(set(seen)) <= 2:
            record(log, b.NOTE)

    poster = threading.Thread(target=post)
    poster.start()
    while poster.is_alive() or last < log.reader.last_position():
        head = msgspec.json.decode((tmp_path / BASE / "head.json").read_bytes())
        last = head["position"]
        seen.append(last)
        for document, version in head["documents"].items():
            body = (tmp_path / BASE / f"{document}@{version}.json").read_bytes()
            assert msgspec.json.decode(body)["head"]["position"] == version
    publisher.stop()
    watching.join()

    # Then the pointer never went back
    assert seen == sorted(seen)
    assert len(set(seen)) > 2
