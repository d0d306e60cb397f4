"""Earlier elections: shown as they were published, or not at all; and this night against them."""

import hashlib
import shutil
from pathlib import Path

import httpx
import msgspec
import pytest

from api.http.app_state import AppState
from infra.services.archive.previous_elections import Archive, ArchiveUnreadableError
from infra.services.auditing.sources.bundle_manifest import Manifest, document_path
from tests import builders as b
from tests.support import earlier
from tests.support.posting import happen


@pytest.fixture(scope="module")
def published(conninfo: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An earlier election of the same kind, as `kaihyo publish` left it."""
    return earlier.publish(conninfo, tmp_path_factory.mktemp("archive") / "house49")


@pytest.fixture(autouse=True)
def archive(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of earlier elections that the server is given."""
    folder = tmp_path / "archive"
    shutil.copytree(published, folder / "house49", copy_function=shutil.copy)
    monkeypatch.setenv("KAIHYO_ARCHIVE", str(folder))
    return folder


def bundle_of(tree: Path, to: Path) -> Path:
    """The documents of a published tree as a bundle."""
    base = tree / "v1" / "elections" / "house49"
    pointer = msgspec.json.decode((base / "head.json").read_bytes())
    names = [name for name in pointer["documents"] if (base / f"{name}.json").is_file()]
    for name in names:
        path = to / document_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(base / f"{name}.json", path)
    files = {
        document_path(name): hashlib.sha256((to / document_path(name)).read_bytes()).hexdigest()
        for name in names
    }
    manifest = Manifest(
        election="house49", environment="rehearsal", origin="kaihyo.example/log/house49",
        size=pointer["size"], root=pointer["root"], files=files,
    )  # fmt: skip
    (to / "manifest.json").write_bytes(manifest.encode())
    return to


def test_an_earlier_election_is_listed_with_its_day_kinds_position_and_root(
    client: httpx.Client, archive: Path
) -> None:
    base = archive / "house49" / "v1" / "elections" / "house49"
    pointer = msgspec.json.decode((base / "head.json").read_bytes())

    page = client.get("/archive").text

    for text in ("第49回衆議院議員総選挙", "2021-10-31", "小選挙区", f"{pointer['position']:,}"):
        assert text in page
    assert pointer["root"] in page
    assert 'href="/archive/rehearsal/house49"' in page


def test_its_nation_and_prefectures_can_be_read(client: httpx.Client) -> None:
    nation = client.get("/archive/rehearsal/house49").text
    prefecture = client.get("/archive/rehearsal/house49/prefectures/13").text

    assert "第49回衆議院議員総選挙" in nation
    assert "訓練データです" in nation
    assert "350" in prefecture
    assert "過去の選挙" in prefecture
    assert client.get("/en/archive/rehearsal/house49").status_code == 200


def test_its_documents_are_the_published_bytes(client: httpx.Client, archive: Path) -> None:
    document = archive / "house49" / "v1" / "elections" / "house49" / "national.json"

    answer = client.get("/archive/rehearsal/house49/files/national.json")

    assert answer.content == document.read_bytes()
    assert answer.headers["access-control-allow-origin"] == "*"


NOWHERE = [
    "/archive/rehearsal/house48",
    "/archive/live/house49",
    "/archive/unreal/house49",
    "/archive/rehearsal/house49/prefectures/47",
    "/archive/rehearsal/house49/files/..%2f..%2f..%2findex.json",
    "/archive/rehearsal/house49/files/none.json",
]


def test_what_is_not_there_is_a_page_with_a_search(client: httpx.Client) -> None:
    for path in NOWHERE:
        answer = client.get(path, headers={"accept": "text/html"})

        assert answer.status_code == 404, path
        assert 'name="q"' in answer.text, path


def test_an_empty_archive_says_so(
    client: httpx.Client, services: AppState, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(services, "archive", Archive(None))

        assert "まだ保存されていません" in client.get("/archive").text
        assert "前回の数は示しません" in client.get("/savings").text
        assert "前回の数は示しません" in client.get("/savings?at=5").text

    # What is put there later is shown, though nothing of the log has changed.
    assert "まだ保存されていません" not in client.get("/archive").text
    assert "前回の数は示しません" not in client.get("/savings").text
    assert "前回の数は示しません" not in client.get("/savings?at=5").text


def test_a_folder_that_is_no_election_is_named(client: httpx.Client, archive: Path) -> None:
    (archive / "misplaced").mkdir()

    assert "misplaced" in client.get("/archive").text


def test_a_bundle_is_shown_and_an_exchanged_document_of_it_is_not(
    client: httpx.Client, archive: Path
) -> None:
    bundle = bundle_of(archive / "house49", archive / "bundle")
    shutil.rmtree(archive / "house49")
    assert client.get("/archive/rehearsal/house49").status_code == 200

    document = bundle / "documents" / "prefectures" / "13.json"
    document.write_bytes(document.read_bytes().replace(b"350", b"950"))

    answer = client.get("/archive/rehearsal/house49/prefectures/13")
    assert answer.status_code == 502
    assert "一致しません" in answer.text
    (found,) = Archive(archive).elections()[0]
    with pytest.raises(ArchiveUnreadableError):
        found.read("prefectures/13")


def test_of_two_folders_of_one_election_the_longer_log_counts(archive: Path) -> None:
    bundle_of(archive / "house49", archive / "bundle")

    (found,) = Archive(archive).elections()[0]

    assert found.form == "tree"


def test_a_replay_of_the_last_election_had_no_night_to_be_put_beside(
    client: httpx.Client, archive: Path
) -> None:
    national = archive / "house49" / "v1" / "elections" / "house49" / "national.json"
    document = msgspec.json.decode(national.read_bytes())
    document["head"]["replay"] = True
    national.unlink()
    national.write_bytes(msgspec.json.encode(document))

    assert "house49" in client.get("/archive").text
    assert "前回の数は示しません" in client.get("/savings").text


def test_the_night_is_put_beside_the_last_one(client: httpx.Client, services: AppState) -> None:
    happen(
        services,
        b.tally(b.sheet({b.A: 350, b.B: 240}, invalid=10), as_of="2024-10-27T23:30:00+09:00"),
    )

    page = client.get("/savings").text

    assert "前回：" in page
    assert "第49回衆議院議員総選挙" in page
    # 01:00 then, 23:30 now.
    assert "5 時間 0 分" in page
    assert "3 時間 30 分" in page
    assert "−90 分" in page
