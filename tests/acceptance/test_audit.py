"""An auditor's day: a night is taken away, checked without its server, and looked into."""

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.acceptance.conftest import PlayedDemo
from tests.acceptance.kaihyo import kaihyo
from tests.acceptance.served import get, running
from tests.independent import checker
from tests.support.lines import PLAIN
from tests.support.ports import free_port

ELECTION = "/v1/elections/rehearsal"


def key_of(demo: PlayedDemo) -> str:
    return (demo.bundle / "key").read_text().strip()


def test_a_demo_ends_with_a_bundle_without_a_difference(demo: PlayedDemo) -> None:
    assert "相違ありません" in demo.told


def test_the_bundle_verifies_with_the_key_from_elsewhere(demo: PlayedDemo) -> None:
    done = kaihyo("verify", demo.bundle, "--key", key_of(demo), "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["environment"] == "rehearsal"
    assert found["size"] > 6000
    assert found["documents"] > 150
    assert found["key_from"] == "given"


def test_one_file_says_the_same(demo: PlayedDemo, tmp_path: Path) -> None:
    out = tmp_path / "again.tar.gz"
    assert kaihyo("export", "--data", demo.data, "--out", out).returncode == 0
    done = kaihyo("verify", out, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["root"] == demo.verified["root"]
    with tarfile.open(out) as archive:
        assert "documents/national.json" in archive.getnames()


def test_the_first_difference_is_named(demo: PlayedDemo, tmp_path: Path) -> None:
    copy = tmp_path / "bundle"
    shutil.copytree(demo.bundle, copy)
    national = copy / "documents" / "national.json"
    national.write_bytes(national.read_bytes().replace(b'"final"', b'"fnial"', 1))
    done = kaihyo("verify", copy)
    assert done.returncode == 1
    assert "公開された文書" in done.stderr
    assert "national@" in done.stderr
    as_json = json.loads(kaihyo("verify", copy, "--json").stdout)
    assert as_json["verified"] is False
    assert as_json["difference"]["rule"] == "document"


@pytest.mark.skipif(bool(checker.missing()), reason=checker.missing() or "installed")
def test_software_that_nobody_here_wrote_accepts_the_night(
    demo: PlayedDemo, tmp_path: Path
) -> None:
    program = checker.build(tmp_path)
    size = demo.verified["size"]
    public = next(demo.data.glob("transparency/*/public"))
    for tree in (demo.bundle, public):
        code, said = checker.run(program, tree, key_of(demo))
        assert code == 0, said
        assert f"entries {size}\n" in said


def test_a_running_server_and_its_receipts_verify(demo: PlayedDemo, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running("serve", "--data", demo.data, "--port", str(port), url=f"{url}/health"):
        base = url + ELECTION
        done = kaihyo("verify", base, "--key", key_of(demo), "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["documents"] > 150
        status = json.loads(get(f"{base}/log/status.json"))
        assert (status["state"], status["degraded"]) == ("running", False)
        receipt = tmp_path / "4000.tlog-proof"
        receipt.write_bytes(get(f"{base}/receipts/4000"))
    done = kaihyo("verify", "--receipt", receipt, "--key", key_of(demo))
    assert done.returncode == 0, done.stderr
    assert "位置 4000" in done.stdout
    damaged = tmp_path / "damaged.tlog-proof"
    damaged.write_bytes(receipt.read_bytes().replace(b"index 3999", b"index 3998"))
    assert kaihyo("verify", "--receipt", damaged, "--key", key_of(demo)).returncode == 1
    kept = kaihyo("verify", demo.bundle, "--kept", receipt, "--json")
    assert json.loads(kept.stdout)["kept"] == 1


def test_any_document_at_any_position_or_time(demo: PlayedDemo) -> None:
    data, bundle = demo.data, demo.bundle
    end = kaihyo("show", "national", "--data", bundle).stdout
    assert end == (bundle / "documents/national.json").read_text() + "\n"
    early = kaihyo("show", "national", "--data", data, "--as-of", "3000").stdout
    assert early == kaihyo("show", "national", "--data", bundle, "--as-of", "3000").stdout
    assert json.loads(early)["head"]["position"] <= 3000
    as_of = json.loads(early)["head"]["updated_at"]
    by_time = json.loads(kaihyo("show", "national", "--data", data, "--as-of", as_of).stdout)
    assert by_time["head"]["position"] >= json.loads(early)["head"]["position"]


def test_what_lies_between_two_moments(demo: PlayedDemo) -> None:
    bundle = demo.bundle
    some = kaihyo("show", "--data", bundle, "--diff", "3000", "3100", "--json")
    documents = [change["document"] for change in json.loads(some.stdout)["changes"]]
    assert documents
    assert len(set(documents)) == len(documents)
    one = kaihyo("show", documents[0], "--data", bundle, "--diff", "3000", "3100", "--json")
    changes = json.loads(one.stdout)["changes"]
    assert any(change["path"] == "head.position" for change in changes)
    nothing = kaihyo("show", documents[0], "--data", bundle, "--diff", "3000", "3000", "--json")
    assert json.loads(nothing.stdout)["changes"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify",),
        ("verify", "/nonexistent"),
        ("verify", "http://127.0.0.1:9/v1/elections/x"),
        ("verify", "--receipt", "README.md"),
        ("verify", "--receipt", "README.md", "--key", "not+a+key"),
        ("show", "--data", "/nonexistent.tar.gz", "national"),
    ],
)
def test_what_cannot_be_checked_is_said_in_a_sentence(arguments: tuple[str, ...]) -> None:
    done = kaihyo(*arguments)
    # 1 is for a difference that was found.
    assert done.returncode == (2 if arguments[0] == "verify" else 1)
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_restored_old_backup_is_refused_at_start(demo: PlayedDemo, tmp_path: Path) -> None:
    data = tmp_path / "data"
    backup = tmp_path / "backup"
    _copy(demo.data, data)
    _copy(data / "pgdata", backup)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running("serve", "--data", data, "--port", str(port), url=f"{url}/health"):
        _post_one(url)
    shutil.rmtree(data / "pgdata")
    _copy(backup, data / "pgdata")

    for command in (("serve", "--port", str(port)), ("sequence", "--once")):
        done = kaihyo(*command, "--data", data)
        assert done.returncode == 1
        assert "バックアップ" in done.stderr
        assert "Traceback" not in done.stderr


def _copy(source: Path, target: Path) -> None:
    """With owners, as a backup has them: the database runs as a user of its own."""
    subprocess.run(["cp", "-a", source, target], check=True)


def _post_one(url: str) -> None:
    """A posting that the log takes even after the night: a change that is noted."""
    body = {
        "election": "rehearsal",
        "environment": "rehearsal",
        "office": "nation",
        "submission_id": "after-the-backup",
        "command": {"command": "note-change", "note": "画面の更新"},
    }
    answer = PLAIN.post(f"{url}{ELECTION}/submissions", json=body)
    assert answer.status_code == 201, answer.text
